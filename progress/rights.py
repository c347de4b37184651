"""Who may plan and lock: officers and administrators. Nobody may type a count."""

from network.rights import is_officer


def may_plan(user):
    """Whether this person may change names of indicators, targets and periods."""
    return is_officer(user)


def may_lock(user):
    """Whether this person may lock a period, so that its figures never change again."""
    return is_officer(user)
