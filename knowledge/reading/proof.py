"""Evidence as a reader may see it."""

from django.utils.translation import gettext as _

from knowledge import rights
from knowledge.choices import EvidenceState
from knowledge.reading.values import not_stated, partial_date
from regions.choices import Language


def pieces(evidence, user, files=None):
    """One value for each piece of evidence; what this person may not open has neither title nor address.

    Who prints several lists asks once which of all their files are open, and passes them as `files`.
    """
    evidence = list(evidence)
    files = readable_files(evidence, user) if files is None else files
    return [piece(one, user, files) for one in evidence]


def readable_files(evidence, user):
    """The keys of the files behind this evidence that this person may read."""
    # Pages are read by their models, on which the rule about files rests.
    from knowledge.files import readable

    return readable(user, [one.document_id for one in evidence])


def piece(evidence, user, files):
    is_open = rights.may_open(user, evidence) and (not evidence.document_id or evidence.document_id in files)
    language = dict(Language.choices).get(evidence.language, "")
    state = EvidenceState.VERIFIED if evidence.accepted_at else EvidenceState.IN_REVIEW
    kind = "" if evidence.claim else evidence.get_kind_display()
    details = [kind, evidence.issuer, partial_date(evidence.date), language if language != "English" else ""]
    return {
        "claim": evidence.claim or not_stated(),
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
