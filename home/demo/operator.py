"""Who runs a site that is only tried out: made up, and marked as such on both pages that print it."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Site

from home.choices import Basis, Conformance, TestedBy
from home.demo.accounts import COUNCIL, DOMAIN
from home.models import Operator


def load_operator():
    """Name an example where nobody has said who runs the site."""
    site = Site.objects.get(is_default_site=True)
    if not Operator.of(site).name:
        Operator.objects.update_or_create(site=site, defaults=example(timezone.localdate()))


def example(today):
    """All that a body says of itself, a month after it looked."""
    day = today - timedelta(days=30)
    return {
        "is_example": True,
        "name": COUNCIL,
        "address": "1 Example Street\n00000 Example Town",
        "email": f"secretariat@{DOMAIN}",
        "protection_officer": "Example data protection officer",
        "protection_officer_email": f"data-protection@{DOMAIN}",
        "basis_accounts": Basis.PUBLIC_TASK,
        "basis_events": Basis.PUBLIC_TASK,
        "basis_security": Basis.INTERESTS,
        "basis_in_words": "Example Act on Regional Development, section 1\nThe security of this site",
        "recipients": "Example Hosting, which runs the servers",
        "logs_kept_days": 30,
        "backups_kept_days": 90,
        "supervisory_authority": "Example Data Protection Authority",
        "conformance": Conformance.PARTIAL,
        "tested_by": TestedBy.OURSELVES,
        "tested_on": day,
        "prepared_on": day,
        "enforcement_body": "Example Equality Office",
    }


def remove_operator():
    """Take the example away; a line that says so, or none where nobody is made up."""
    removed, _rows = Operator.objects.filter(is_example=True).delete()
    return [f"Removed “{COUNCIL}” as who runs the site."] if removed else []
