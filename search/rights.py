"""Who may see how search is: pure questions about a person."""

from network.rights import is_officer


def may_watch(user):
    """Officers and administrators: those who can do something about it."""
    return is_officer(user)
