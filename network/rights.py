"""Who a person is to this site: pure questions about groups and memberships, asked by every other room.

What is read is kept with the user object, so that asking again costs no query.
"""

from network.mailboxes import kept

OFFICERS = "Officers"
EXPERTS = "Experts"
AUDITORS = "Auditors"
ADMINISTRATORS = "Administrators"
CONTRIBUTORS = "Contributors"
GROUPS = (OFFICERS, EXPERTS, AUDITORS, ADMINISTRATORS, CONTRIBUTORS)


def group_names(user):
    """The names of the groups this person is in; none for a visitor or a closed account."""
    if user is None or not user.is_active or user.is_anonymous:
        return frozenset()
    if not hasattr(user, "_group_names"):
        user._group_names = frozenset(user.groups.values_list("name", flat=True))
    return user._group_names


def organisation_ids(user):
    """The ids of the organisations this person is a member of."""
    if user is None or not user.is_active or user.is_anonymous:
        return frozenset()
    if not hasattr(user, "_organisation_ids"):
        user._organisation_ids = frozenset(user.memberships.values_list("organisation_id", flat=True))
    return user._organisation_ids


def addresses_of(user):
    """The e-mail addresses, as they are kept, that this person has shown to be theirs."""
    if user is None or not user.is_active or user.is_anonymous:
        return frozenset()
    if not hasattr(user, "_addresses"):
        verified = user.emailaddress_set.filter(verified=True).values_list("email", flat=True)
        user._addresses = frozenset(map(kept, verified))
    return user._addresses


def is_administrator(user):
    """Whether this person keeps the site running: may do what officers may, and manage accounts."""
    return bool(user and user.is_active and user.is_superuser) or ADMINISTRATORS in group_names(user)


def is_officer(user):
    """Whether this person reviews, counts and validates what others wrote."""
    return OFFICERS in group_names(user) or is_administrator(user)


def is_expert(user):
    """Whether this person gives expert opinions. Running the site does not make an expert."""
    return EXPERTS in group_names(user)


def is_auditor(user):
    """Whether this person may read all evidence, and change nothing."""
    return AUDITORS in group_names(user)


def is_contributor(user):
    """Whether this person may write content of their own."""
    return CONTRIBUTORS in group_names(user)


def member_of(user, organisation):
    """Whether this person belongs to this organisation (given as object or id; none has no members)."""
    if organisation is None:
        return False
    return getattr(organisation, "pk", organisation) in organisation_ids(user)
