"""The editor of an event: times are those of the place, drafts may lack things, what is submitted may not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from events.editor import missing
from events.models import LearningEventPage
from knowledge.models import SectionPage, SourceDocument
from knowledge.refusal import Refused
from knowledge.review import submit
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


def test_hours_are_those_of_the_place_and_not_of_the_site(aino):
    never = add(aino, start="2027-03-28 03:30", end="2027-03-28 15:00")
    kept = add(aino, start="2027-03-28 02:30", end="2027-03-28 15:00")

    assert [*never.context["form"].errors] == ["start"]
    assert "never" in [error.code for error in never.context["form"].errors["start"].data]
    assert 'value="2027-03-28 03:30"' in never.content.decode()
    assert kept.status_code == 302
    assert LearningEventPage.objects.get().start == datetime(2027, 3, 28, 0, 30, tzinfo=UTC)


def test_an_event_can_end_in_the_second_of_two_equal_hours(aino):
    answer = add(aino, start="2027-10-31 03:30 EEST", end="2027-10-31 03:30 EET")

    event = LearningEventPage.objects.get()
    edit = aino.get(reverse("wagtailadmin_pages:edit", args=[event.pk])).content.decode()
    assert (answer.status_code, event.end - event.start) == (302, timedelta(hours=1))
    assert 'value="2027-10-31 03:30 EEST"' in edit
    assert 'value="2027-10-31 03:30 EET"' in edit


def test_a_draft_is_kept_with_a_title_alone_and_asked_for_its_dates_when_submitted(aino):
    kept = add(aino, start="", end="", summary="", description=rich_text(""))
    refused = add(aino, slug="second", start="", end="", **{"action-submit": "1"})

    event = LearningEventPage.objects.get()
    assert (kept.status_code, event.start, event.end) == (302, None, None)
    assert {name: [*refused.context["form"].errors[name]] for name in ("start", "end")} == {
        "start": ["Say on which day and at which hour it begins."],
        "end": ["Say on which day and at which hour it ends."],
    }


def test_an_event_without_dates_is_neither_submitted_nor_published_by_any_way(aino):
    add(aino, start="", end="")
    event = LearningEventPage.objects.get()

    with pytest.raises(Refused, match="Say on which day and at which hour it begins"):
        submit(event, event.owner)
    with pytest.raises(Refused, match="Say on which day and at which hour it begins"):
        event.get_latest_revision().publish()

    event.refresh_from_db()
    assert not event.live


@pytest.mark.parametrize("dates", [{}, {"start": "2027-07-10 09:30"}, {"end": "2027-07-11 15:00"}])
def test_a_draft_without_dates_is_shown_wherever_drafts_are(aino, dates):
    section = SectionPage.objects.get(slug="events")
    preview = reverse("wagtailadmin_pages:preview_on_add", args=["events", "learningeventpage", section.pk])
    draft = {"start": "", "end": ""} | dates

    aino.post(preview, typed(organisation=aino.organisation.pk, **draft))
    previewed = aino.get(preview).content.decode()
    add(aino, **draft)
    event = LearningEventPage.objects.get()
    pages = [
        "/my/",
        "/events/",
        "/events/calendar.ics",
        "/progress/",
        f"/events/{event.slug}/participants/",
        f"/events/{event.slug}/participants.csv",
        f"/events/{event.slug}/places/",
        f"/events/{event.slug}/organisers/",
        f"/events/{event.slug}/cancel/",
        reverse("wagtailadmin_explore", args=[section.pk]),
        reverse("wagtailadmin_pages:edit", args=[event.pk]),
        reverse("wagtailadmin_pages:history", args=[event.pk]),
        reverse("wagtailadmin_pages:view_draft", args=[event.pk]),
    ]

    assert {address: aino.get(address).status_code for address in pages} == dict.fromkeys(pages, 200)
    assert aino.get(f"/events/{event.slug}/event.ics").status_code == 404
    said = {"start": "10 July 2027", "end": "11 July 2027"}.get(next(iter(dates), ""), "Date not set yet")
    assert said in aino.get("/my/").content.decode()
    assert said.removesuffix(" 2027") in previewed
