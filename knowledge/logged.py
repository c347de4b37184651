"""How the history words our actions, and that it holds every deletion."""

from wagtail.log_actions import LogFormatter, log


def register(actions, action, label):
    """Let the log know an action: it is worded by its label, and the comment if there is one."""
    words = {"label": label, "format_message": _label_and_comment}
    actions.register_action(action)(type("Worded", (LogFormatter,), words))


def _label_and_comment(formatter, log_entry):
    comment = (log_entry.data or {}).get("comment")
    return f"{formatter.label}: {comment}" if comment else formatter.label


def log_deletions(things, user):
    """One entry with its name for each thing that was deleted together with others."""
    for thing in things:
        log(instance=thing, action="wagtail.delete", user=user, deleted=True)
