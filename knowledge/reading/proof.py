"""Evidence as a reader may see it."""

from django.utils.translation import gettext as _

from knowledge import rights
from knowledge.choices import EvidenceState
from knowledge.reading.values import partial_date
from regions.choices import Language


def pieces(evidence, user):
    """One value for each piece of evidence; what this person may not open has neither title nor address."""
    return [piece(one, user) for one in evidence]


def piece(evidence, user):
    is_open = rights.may_open(user, evidence)
    language = dict(Language.choices).get(evidence.language, "")
    state = EvidenceState.VERIFIED if evidence.accepted_at else EvidenceState.IN_REVIEW
    details = [evidence.issuer, partial_date(evidence.date), language if language != "English" else ""]
    return {
        "claim": evidence.claim or evidence.get_kind_display(),
        "title": evidence.title
        if is_open
        else _("%(kind)s, not public") % {"kind": evidence.get_kind_display()},
        "url": address(evidence) if is_open else "",
        "is_file": bool(evidence.document_id),
        "details": ", ".join(str(part) for part in details if part) if is_open else "",
        "state": state.value,
        "label": state.label,
    }


def address(evidence):
    """Where the evidence can be read: the file first."""
    return evidence.document.url if evidence.document_id else evidence.url
