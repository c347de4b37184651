"""What officers, experts and owners decide about practices, changes, evidence and periods."""

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from knowledge import claims, review
from knowledge.choices import ValidationKind
from knowledge.models import Evidence, PolicyChange, Validation
from progress.locking import lock_period
from progress.models import Indicator, Snapshot, Target
from tests.crawl.stories import NOWHERE, browser, fill, post, story
from tests.crawl.stories_of_pages import again, edit
from tests.factories import EvidenceFactory, complete_practice


@story("practices", "region", "front")
def a_practice_is_reviewed_and_approved(site):
    page = complete_practice(title="Water from the mine", regions=[site.region], **site.own)
    page.save_revision(user=site.aino)
    yield NOWHERE
    review.submit(page, site.aino)
    yield NOWHERE
    post(site.bruno, "knowledge_page_desk", page.pk, decision="approve", **{"approve-comment": "Good."})
    assert again(page).live
    yield


@story("progress", "records", "all records", "progress of one")
def a_practice_counts_and_enters_the_database(site):
    page = complete_practice(title="Counted now", live=True, **site.own)
    yield NOWHERE
    post(site.bruno, "knowledge_page_desk", page.pk, decision="count")
    assert page.validations.filter(kind=ValidationKind.COUNTED).exists()
    yield


@story("practice", "progress")
def a_practice_leaves_the_database_and_enters_it_again(site):
    Validation.objects.filter(page=site.practice, kind=ValidationKind.DATABASE).delete()
    yield
    post(
        site.ilse,
        "knowledge_page_desk",
        site.practice.pk,
        decision="admit",
        **{"admit-opinion": "It works in cold regions."},
    )
    assert site.practice.validations.filter(kind=ValidationKind.DATABASE).exists()
    yield


@story("collected", "practices")
def a_collected_practice_is_confirmed(site):
    site.collected.owner, site.collected.organisation = site.aino, site.council
    site.collected.save()
    yield
    review.confirm(site.collected, site.aino)
    yield


@story("instrument", "front", "progress", "practice")
def a_change_is_taken_up_validated_and_declined(site):
    claims.take_up(site.claim, site.bruno)
    yield
    post(site.bruno, "knowledge_change_desk", site.claim.pk, decision="validate")
    site.claim.refresh_from_db()
    yield
    claims.decline(site.claim, site.birgit, "The call was planned before.")
    yield


@story("instrument", "practice")
def a_change_is_claimed_and_edited(site):
    claims.claim(site.found, site.aino)
    yield
    claims.take_up(PolicyChange.objects.get(pk=site.found.pk), site.bruno)
    yield
    change = PolicyChange.objects.get(pk=site.found.pk)
    change.title = "A change that was edited"
    claims.claim(change, site.aino)
    yield


@story("practice", "practices")
def evidence_is_added_accepted_and_removed(site):
    fill(
        site.bruno,
        "wagtailsnippets_knowledge_evidence:add",
        page=site.practice.pk,
        kind="minutes",
        title="Minutes of the meeting",
        url="https://example.org/minutes",
        confidentiality="public",
    )
    added = Evidence.objects.latest("pk")
    yield
    post(site.bruno, "knowledge_evidence_desk", site.evidence.pk, decision="accept")
    site.evidence.refresh_from_db()
    yield
    claims.remove_evidence(added, site.bruno)
    yield


@story("practice")
def evidence_is_for_auditors_only_and_for_everybody_again(site):
    for readers in ("auditor", "public"):
        fill(
            site.bruno,
            "wagtailsnippets_knowledge_evidence:edit",
            site.evidence.pk,
            confidentiality=readers,
        )
        yield


@story("progress", "past event", "records")
def the_agenda_of_an_event_goes_and_comes_back(site):
    site.agenda.delete()
    yield
    site.agenda = EvidenceFactory(page=site.past, kind="agenda", title="The agenda")
    yield


@story("practice")
def a_file_is_replaced_and_hidden(site):
    new = SimpleUploadedFile("report-2.txt", b"A longer report on the tailings.", "text/plain")
    fill(site.bruno, "wagtaildocs:edit", site.document.pk, title="The new report", file=new)
    yield
    for readers in ("auditor", "public"):
        fill(site.bruno, "wagtaildocs:edit", site.document.pk, confidentiality=readers)
        yield


@story("event")
def a_file_of_an_event_is_replaced(site):
    material = site.event.materials.exclude(document=None).get()
    material.document.file = ContentFile(b"Other slides.", name="other.txt")
    material.document.save()
    yield


@story("practice")
def a_picture_is_described_otherwise_and_replaced(site):
    fill(site.ada, "wagtailimages:edit", site.picture.pk, description="A green heap", credit="Bruno")
    yield
    new = get_test_image_file(filename="green.png", colour="green")
    upload = SimpleUploadedFile("green.png", new.file.getvalue(), "image/png")
    fill(site.ada, "wagtailimages:edit", site.picture.pk, file=upload)
    yield


@story("practice")
def a_practice_loses_its_picture_and_gets_it_back(site):
    edit(site.practice, picture=None).publish()
    yield
    edit(site.practice, picture=site.picture).publish()
    yield


@story("progress", "progress of one", "records of a period")
def a_period_is_locked(site):
    for period in site.periods[:2]:
        lock_period(period, site.bruno)
        yield
    Snapshot.objects.filter(period=site.periods[1]).update(value=99)
    yield


@story("progress", "progress of one", "records")
def indicators_and_targets_are_changed(site):
    practices = Indicator.objects.get(key="GP")
    fill(site.ada, "indicator:edit", practices.pk, name="Practices shared", official_code="RCO1")
    yield
    target = Target.objects.get(indicator=practices, project=site.project)
    fill(site.ada, "target:edit", target.pk, value="20", planned="3, 5, 7")
    yield
    post(site.ada, "target:delete", target.pk)
    yield


@story("progress of one")
def a_period_is_made_and_deleted(site):
    year = site.periods[-1].end.year + 1
    fill(
        site.ada,
        "progress_periods:add",
        project=site.project.pk,
        number="9",
        start=f"{year}-01-01",
        end=f"{year}-06-30",
    )
    yield
    period = site.project.periods.get(number=9)
    browser(site.ada).post(reverse("progress_periods:delete", args=[period.pk]))
    assert not site.project.periods.filter(number=9).exists()
    yield
