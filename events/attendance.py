"""Who was there, what they say they learned, and the list that proves it."""

import csv
import io
import secrets
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log
from wagtail.models import Collection

from events import invitations
from events.choices import UNCONFIRMED, Presence, RegState
from events.models import Attendance, Registration, SurveyAnswer
from events.people import people_on_list
from knowledge.choices import Confidentiality, EvidenceKind
from knowledge.logged import log_deletions
from knowledge.models import Evidence, SourceDocument
from network.spreadsheets import csv_lines

COLUMNS = ["Name", "Organisation", "Country", "How", "State", "Attendance", "E-mail"]
PERSONAL = {"Name", "Organisation", "E-mail"}


class TooEarly(Exception):  # noqa: N818 - it is a refusal, not a fault
    """The event has not begun yet; the message says so."""


@transaction.atomic
def record(event, marks, *, by, now=None):
    """Keep who was present, absent or excused, given by registration id. Doing it twice changes nothing.

    Only people with a place can be marked; others in `marks` are left out. Returns how many marks changed.
    """
    now = now or timezone.now()
    if now < event.start:
        raise TooEarly(_("The event has not begun yet."))
    confirmed = Registration.objects.confirmed().filter(event=event).select_related("attendance")
    changed = 0
    for registration in confirmed.filter(pk__in=marks):
        presence = Presence(marks[registration.pk])
        before = getattr(registration, "attendance", None)
        if before is None or before.presence != presence:
            Attendance.objects.update_or_create(
                registration=registration,
                defaults={"presence": presence, "recorded_by": by, "recorded_at": now},
            )
            changed += 1
    if changed:
        log(instance=event, action="events.attendance", user=by, data={"marks": changed})
    return changed


def may_answer(registration, now=None):
    """Whether the survey is open to this person: present at an event that is over."""
    attendance = getattr(registration, "attendance", None)
    return (
        attendance is not None
        and attendance.presence == Presence.PRESENT
        and registration.event.end <= (now or timezone.now())
        and registration.erased_at is None
    )


@transaction.atomic
def answer(registration, values):
    """Keep a person's answer; a second one replaces the first."""
    SurveyAnswer.objects.update_or_create(
        registration=registration, defaults=values | {"answered_at": timezone.now()}
    )


@transaction.atomic
def ask_those_present(event, *, by, now=None):
    """Write once to everybody who was present and has not answered; returns how many letters."""
    now = now or timezone.now()
    if event.end > now:
        raise TooEarly(_("The event is not over yet."))
    # Locked, so that two clicks do not write two letters.
    people = list(
        Registration.objects.select_for_update(of=("self",))
        .attended()
        .filter(event=event, asked_at=None, erased_at=None, survey_answer=None)
        .select_related("event", "participant")
    )
    for registration in people:
        registration.asked_at = now
        registration.save(update_fields=["asked_at"])
        invitations.about_survey(registration)
    if people:
        log(instance=event, action="events.survey", user=by, data={"letters": len(people)})
    return len(people)


def cells(registration):
    """What the list says of a registration, in its columns."""
    participant = registration.participant
    attendance = getattr(registration, "attendance", None)
    known = registration.erased_at is None
    return [
        registration.name if known else "",
        registration.organisation_name if known else "",
        registration.country,
        registration.get_mode_display(),
        registration.get_state_display(),
        attendance.get_presence_display() if attendance else "",
        participant.email if known else "",
    ]


@transaction.atomic
def attach_list(event, *, by, now=None):
    """Attach the attendance list to the event as a piece of evidence that only auditors and officers open.

    It holds no e-mail addresses. Who attached it may read it too. A list attached before is replaced as long
    as no officer has accepted it.
    """
    now = now or timezone.now()
    if event.end > now:
        raise TooEarly(_("The event is not over yet."))
    if not Registration.objects.attended().filter(event=event).exists():
        raise TooEarly(_("Nobody has been marked as present yet."))
    for old in attached_lists(event).filter(accepted_at=None):
        document = old.document
        is_last = not document.evidence.exclude(pk=old.pk).exists()
        log_deletions([old, document] if is_last else [old], by)
        old.delete()
        if is_last:
            document.delete()
    with override("en"):
        rows = rows_for_list(event)
    title = list_title(event)
    document = SourceDocument(
        title=title,
        uploaded_by_user=by,
        organisation_id=event.organisation_id,
        confidentiality=Confidentiality.AUDITOR,
        collection=Collection.get_first_root_node(),
        file=list_file([row[:-1] for row in rows]),
    )
    document._set_document_file_metadata()
    document.save()
    evidence = Evidence.objects.create(
        page=event,
        kind=EvidenceKind.ATTENDANCE_LIST,
        title=title,
        document=document,
        date=event.last_day.isoformat(),
        confidentiality=Confidentiality.AUDITOR,
        added_by=by,
    )
    log(instance=event, action="events.attendance_list", user=by)
    return evidence


def attached_lists(event):
    """The attendance lists that were made here and attached to the event."""
    return Evidence.objects.filter(
        page=event, kind=EvidenceKind.ATTENDANCE_LIST, title=list_title(event)
    ).select_related("document")


def list_title(event):
    return f"Attendance list of {event.reference}"


def list_file(rows):
    """The rows as a file under a name that nobody can guess."""
    content = "".join(csv_lines(rows[0], rows[1:])).encode()
    return ContentFile(content, name=f"attendance-{secrets.token_hex(16)}.csv")


def rows_for_list(event):
    """What an attached list says, in the organiser's columns: everybody but those who never confirmed."""
    people = people_on_list(event).exclude(state__in=UNCONFIRMED)
    return [COLUMNS, *(cells(registration) for registration in people)]


@transaction.atomic
def erase_list(event):
    """Put lists without names in the place of those attached to the event; what was counted can still be.

    Doing it twice is harmless. The old files go once this is sure to stay; returns how many were replaced.
    """
    replaced = 0
    for evidence in attached_lists(event).exclude(document=None):
        document = evidence.document
        rows = rows_of(document)
        if rows is None:
            with override("en"):
                rows = rows_for_list(event)
        bare = without_names(rows)
        if bare == rows:
            continue
        old = document.file.name
        document.file = list_file(bare)
        document._set_document_file_metadata()
        document.save()
        transaction.on_commit(partial(document.file.storage.delete, old))
        replaced += 1
    return replaced


def rows_of(document):
    """What an attached list holds, or None when its file is gone or is no such list."""
    try:
        with document.file.open("rb") as file:
            rows = list(csv.reader(io.StringIO(file.read().decode("utf-8-sig"), newline="")))
    except (OSError, UnicodeDecodeError, csv.Error):
        return None
    return rows if rows and set(rows[0]) <= set(COLUMNS) else None


def without_names(rows):
    """The same rows with nothing that says who somebody is."""
    heads = rows[0]
    kept = [head not in PERSONAL for head in heads]
    return [heads] + [
        [cell if keep else "" for keep, cell in zip(kept, row, strict=False)] for row in rows[1:]
    ]


def proof(event):
    """What the event needs to count, as (kind in words, whether it is attached)."""
    attached = set(Evidence.objects.filter(page_id=event.pk).values_list("kind", flat=True))
    needed = [EvidenceKind.ATTENDANCE_LIST, EvidenceKind.AGENDA]
    return [(kind.label, kind in attached) for kind in needed]


def can_be_marked(registrations):
    """Those of the list who have a place, and so a line in the attendance form."""
    return [registration for registration in registrations if registration.state == RegState.CONFIRMED]
