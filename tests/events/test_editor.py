"""The editor of an event: times are those of the place, drafts may lack things, what is submitted may not."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from events.editor import missing
from events.models import LearningEventPage
from knowledge.models import SectionPage, SourceDocument
from network.rights import CONTRIBUTORS
from tests.factories import FocusAreaFactory, LearningEventPageFactory, MembershipFactory

pytestmark = pytest.mark.django_db
EMPTY = {name: inline_formset([]) for name in ("agenda_items", "materials", "stage_marks", "comments")}


@pytest.fixture
def aino(signed_in):
    """The browser of a contributor who belongs to an organisation."""
    member = MembershipFactory(user__groups=[Group.objects.get(name=CONTRIBUTORS)])
    browser = signed_in(member.user)
    browser.organisation = member.organisation
    return browser


def typed(**changes):
    return nested_form_data(
        {
            "title": "Permits for re-mining",
            "slug": "permits",
            "summary": "Two days.",
            "source_language": "en",
            "scope": "national",
            "licence": "cc-by-4.0",
            "event_kind": "thematic-workshop",
            "timezone": "Europe/Athens",
            "start": "2027-07-10 09:30",
            "end": "2027-07-11 15:00",
            "mode": "on-site",
            "publish_participants": "nobody",
            "retention_weeks": "12",
            "description": rich_text("<p>Talks.</p>"),
            "objectives": rich_text(""),
        }
        | EMPTY
        | changes
    )


def add(browser, **changes):
    section = SectionPage.objects.get(slug="events")
    address = reverse("wagtailadmin_pages:add", args=["events", "learningeventpage", section.pk])
    return browser.post(address, typed(organisation=browser.organisation.pk, **changes))


def test_times_are_typed_and_shown_on_the_clocks_of_the_place(aino):
    answer = add(aino)

    event = LearningEventPage.objects.get()
    edit = aino.get(reverse("wagtailadmin_pages:edit", args=[event.pk]))
    latest = event.get_latest_revision_as_object()
    assert answer.status_code == 302
    assert (latest.start, latest.end) == (
        datetime(2027, 7, 10, 6, 30, tzinfo=UTC),
        datetime(2027, 7, 11, 12, 0, tzinfo=UTC),
    )
    assert 'value="2027-07-10 09:30' in edit.content.decode()
    assert not event.live


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"timezone": "CET+1"}, "timezone"),
        ({"timezone": "../etc/passwd"}, "timezone"),
        ({"end": "2027-07-09 09:30"}, "end"),
        ({"start": "soon"}, "start"),
        ({"retention_weeks": "0"}, "retention_weeks"),
        (
            {"registration_opens": "2027-06-02 09:00", "registration_closes": "2027-06-01 09:00"},
            "registration_closes",
        ),
        ({"registration_closes": "2028-06-01 09:00"}, "registration_closes"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(aino, changes, field):
    answer = add(aino, **changes)

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])


def test_a_draft_may_lack_what_a_submitted_event_must_have(aino):
    kept = add(aino, description=rich_text(""))
    refused = add(aino, slug="second", description=rich_text(""), **{"action-submit": "1"})

    assert (kept.status_code, refused.status_code) == (302, 200)
    assert {"description", "city", "focus_areas"} <= set(refused.context["form"].errors)


def test_an_event_that_says_all_lacks_nothing():
    event = LearningEventPageFactory(
        description="<p>Talks.</p>", city="Freiberg, Germany", focus_areas=[FocusAreaFactory()]
    )

    assert missing(event) == []


def test_an_event_can_be_previewed_before_it_is_saved(aino):
    section = SectionPage.objects.get(slug="events")
    address = reverse("wagtailadmin_pages:preview_on_add", args=["events", "learningeventpage", section.pk])

    aino.post(address, typed(organisation=aino.organisation.pk))
    page = aino.get(address)

    assert (page.status_code, "Permits for re-mining" in page.content.decode()) == (200, True)


def test_the_editor_leads_to_the_organisers_pages(aino):
    add(aino)
    event = LearningEventPage.objects.get()

    edit = aino.get(reverse("wagtailadmin_pages:edit", args=[event.pk])).content.decode()

    assert "/events/permits/participants/" in edit


def test_materials_take_no_file_of_others_and_do_not_tell_its_name(aino):
    theirs = SourceDocument.objects.create(title="Secret slides", file=ContentFile(b"-", name="slides.pdf"))
    row = {"title": "Slides", "document": theirs.pk, "url": "", "available_from": "", "note": ""}

    answer = add(aino, materials=inline_formset([row]))

    [form] = answer.context["form"].formsets["materials"].forms
    assert form.errors == {"document": ["You cannot choose this. Choose something of your own."]}
    assert "Secret slides" not in answer.content.decode()
    assert LearningEventPage.objects.count() == 0
