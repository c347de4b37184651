"""Accounts to try every role with."""

import secrets
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from network.models import Membership, Organisation, User
from network.rights import ADMINISTRATORS, CONTRIBUTORS, EXPERTS, OFFICERS

# Known to everybody, therefore never used where PRODUCTION is set.
PASSWORD = "adit-demo-2026"  # noqa: S105
DOMAIN = "adit.example"
COUNCIL, AGENCY = "Example Regional Council", "Example Mining Region Agency"


@dataclass(frozen=True)
class Account:
    """One demo account: whose it is, what it may do, and what to try with it."""

    name: str
    first_name: str
    group: str
    purpose: str
    organisation: str = ""

    @property
    def email(self):
        return f"{self.name}@{DOMAIN}"


ACCOUNTS = (
    Account("contributor", "Aino", CONTRIBUTORS, f"writes practices for {COUNCIL}", COUNCIL),
    Account("colleague", "Eero", CONTRIBUTORS, f"edits what {COUNCIL} owns", COUNCIL),
    Account("officer", "Bruno", OFFICERS, "reviews, publishes, counts and validates"),
    Account("expert", "Dana", EXPERTS, "gives expert opinions"),
    Account("organiser", "Ivo", CONTRIBUTORS, f"runs the events of {AGENCY}", AGENCY),
    Account("administrator", "Maren", ADMINISTRATORS, "may do everything"),
)


def make_accounts():
    """Make the accounts that are missing and return the password of the new ones, or an empty text."""
    missing = [account for account in ACCOUNTS if not User.objects.filter(email=account.email).exists()]
    if not missing:
        return ""
    password = secrets.token_urlsafe(12) if settings.PRODUCTION else PASSWORD
    # One hash for all of them: hashing is slow on purpose.
    hashed = make_password(password)
    for account in missing:
        make_account(account, hashed)
    return password


def make_account(account, hashed_password):
    is_administrator = account.group == ADMINISTRATORS
    user = User.objects.create(
        email=account.email,
        password=hashed_password,
        first_name=account.first_name,
        last_name="Example",
        is_staff=is_administrator,
        is_superuser=is_administrator,
    )
    user.groups.add(Group.objects.get(name=account.group))
    EmailAddress.objects.update_or_create(
        user=user, email=account.email, defaults={"verified": True, "primary": True}
    )
    if account.organisation:
        organisation = Organisation.objects.get(name=account.organisation)
        Membership.objects.create(user=user, organisation=organisation)


def demo_user(name):
    """The demo account with this name."""
    return User.objects.get(email=f"{name}@{DOMAIN}")


def announcement(password=None):
    """Who can sign in, as lines to print; nothing when there is no demo account."""
    emails = [account.email for account in ACCOUNTS]
    present = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
    if not present:
        return ""
    if password is None and not settings.PRODUCTION:
        password = PASSWORD
    with_password = f", all with the password {password}" if password else ""
    lines = [f"  {account.email:<30} {account.purpose}" for account in ACCOUNTS if account.email in present]
    return "\n".join([f"Demo accounts{with_password}:", *lines, ""])
