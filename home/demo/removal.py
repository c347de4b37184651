"""Taking the examples away again: exactly what was loaded, as long as nobody made it their own."""

from django.db import transaction
from django.db.models import ProtectedError
from wagtail.models import Page, Revision

from events.models import LearningEventPage, Participant
from home.demo import accounts, examples, operator
from home.demo.pages import EXAMPLES
from knowledge.logged import log_deletions
from knowledge.models import Evidence, ImportedRecord, PolicyChange, SourceDocument, Validation
from network.models import Organisation, Project, User

EDITED = "somebody edited it"
SUFFIX = f"@{accounts.DOMAIN}"


@transaction.atomic
def remove_examples():
    """Remove all examples that are as they were loaded; a line for each one removed or kept."""
    lines = []
    records = list(ImportedRecord.objects.filter(import_set=EXAMPLES).select_related("page"))
    # Events speak of instruments and practices, changes of practices: what others hang on goes last.
    for record in sorted(records, key=lambda record: (not is_event(record), record.external_id)):
        page = record.page.specific
        lines.append(remove(page, page.title, why_page_stays(record, page), delete_page))
    Participant.objects.filter(email__endswith=SUFFIX, registrations=None).delete()
    for account in accounts.ACCOUNTS:
        for user in User.objects.filter(email=account.email):
            lines.append(remove(user, user.email, why_account_stays(user)))
    for organisation in Organisation.objects.filter(name__in=examples.ORGANISATIONS):
        lines.append(remove(organisation, organisation.name, why_organisation_stays(organisation)))
    for project in Project.objects.filter(acronym=examples.PROJECT):
        lines.append(remove(project, project.acronym, why_project_stays(project)))
    lines += operator.remove_operator()
    return lines or ["There are no examples to remove."]


def remove(thing, name, reason, delete=None):
    """Delete the thing unless there is a reason to keep it; says which."""
    if not reason:
        try:
            with transaction.atomic():
                if not isinstance(thing, Page):
                    log_deletions([thing], None)
                (delete or type(thing).delete)(thing)
        except ProtectedError:
            reason = "something else refers to it"
    return f"Kept “{name}”: {reason}." if reason else f"Removed “{name}”."


def is_event(record):
    return record.external_id.startswith("event-")


def why_page_stays(record, page):
    """Why an example page is no longer just an example, or an empty text."""
    if page.latest_revision_id != record.revision_id:
        return EDITED
    if page.evidence.exclude(added_by__email__endswith=SUFFIX).exists():
        return "somebody added evidence"
    if page.validations.exclude(by__email__endswith=SUFFIX).exists():
        return "somebody decided about it"
    if isinstance(page, LearningEventPage) and (
        page.registrations.exclude(participant__email__endswith=SUFFIX).exists()
    ):
        return "people registered for it"
    if PolicyChange.objects.filter(instrument=page.pk).exclude(title=examples.CHANGE).exists():
        return "somebody wrote of a change of it"
    return ""


def delete_page(page):
    """Delete the page with its changes, evidence and the files that proved nothing else."""
    changes = PolicyChange.objects.filter(instrument=page.pk)
    evidence = Evidence.objects.filter(page=page.pk) | Evidence.objects.filter(change__in=changes)
    documents = list(evidence.exclude(document=None).values_list("document", flat=True))
    evidence.delete()
    changes.delete()
    page.delete()
    for document in SourceDocument.objects.filter(pk__in=documents, evidence=None):
        log_deletions([document], None)
        document.delete()


def why_account_stays(user):
    if user.owned_pages.exists() or Revision.objects.filter(user=user).exists():
        return "it wrote pages that are still there"
    if Validation.objects.filter(by=user).exists():
        return "it decided about pages that are still there"
    if user.memberships.exclude(organisation__name__in=examples.ORGANISATIONS).exists():
        return "it belongs to another organisation"
    return ""


def why_organisation_stays(organisation):
    if organisation.memberships.exists():
        return "people belong to it"
    edited = organisation.name_original or organisation.acronym or organisation.city or organisation.website
    return EDITED if edited else ""


def why_project_stays(project):
    targets = dict(project.targets.values_list("indicator__key", "value"))
    return "" if targets == examples.TARGETS else EDITED
