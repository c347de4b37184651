"""States that follow from rows and are never stored: how well a page is proved, how far an instrument is."""

from django.db.models import Q

from knowledge.choices import ChangeStatus, EvidenceState, InstrumentState

# A claim that has been decided or is in force waits for an officer; others are still on their way.
CLAIMED = {ChangeStatus.DECIDED, ChangeStatus.IN_FORCE}
UNDER_WAY = {ChangeStatus.IDEA, ChangeStatus.ANNOUNCED}


def public_changes(path=""):
    """The condition for policy changes that everybody may read on the page of a published instrument: what an
    officer took up or validated, and what was collected from a public source. `path` leads to the change."""
    is_taken_up = Q(**{f"{path}taken_up__isnull": False})
    is_validated = Q(**{f"{path}status": ChangeStatus.VALIDATED})
    return is_taken_up | is_validated | Q(**{f"{path}collected_source__isnull": False})


def evidence_state(are_accepted):
    """Verified once one piece of evidence is accepted, in review while there is any, else self-reported.

    Takes for each piece whether an officer accepted it.
    """
    are_accepted = list(are_accepted)
    if any(are_accepted):
        return EvidenceState.VERIFIED
    return EvidenceState.IN_REVIEW if are_accepted else EvidenceState.SELF_REPORTED


def instrument_state(statuses):
    """How far an instrument has come, from the statuses of its policy changes."""
    statuses = set(statuses)
    if ChangeStatus.VALIDATED in statuses:
        return InstrumentState.VALIDATED
    if statuses & CLAIMED:
        return InstrumentState.CLAIMED
    return InstrumentState.IN_PROGRESS if statuses & UNDER_WAY else InstrumentState.ADDRESSED
