"""The whole way: a practice is written, found, taught and taken up, and each step moves its counter."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import expect

from events.choices import EventMode
from events.models import EventOrganiser, Places, Registration
from knowledge.choices import ChangeType, EvidenceKind
from knowledge.models import Evidence, GoodPracticePage, Inspiration, PolicyChange
from network.letters import send_waiting
from network.rights import CONTRIBUTORS, OFFICERS
from progress.report import counters
from regions.models import RawMaterialName
from search.sync import synchronise
from tests.factories import (
    FocusAreaFactory,
    MembershipFactory,
    OrganisationFactory,
    PolicyInstrumentPageFactory,
    RawMaterialFactory,
    RegionFactory,
    UserFactory,
)
from tests.factories.events import LearningEventPageFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PROSE = {
    "challenge": "The pond leaked arsenic into the stream and nobody owned it.",
    "description": "A gravity plant washed the zinnwaldite out of the old sand.",
    "evidence_of_success": "The stream met its limit after two years.",
    "resources_needed": "One officer for two years.",
    "transfer_potential": "Wherever a pond has no owner and still carries value.",
}


def counted():
    return {counter.key: counter.value for counter in counters()}


def moved(before):
    """By how much each counter moved since, without those that stood still."""
    return {key: value - before[key] for key, value in counted().items() if value != before[key]}


def test_a_practice_goes_from_its_author_to_every_counter(open_as, site, settings):
    # The editor's own saving would race the click on "Save draft" on a busy machine.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    # given: two countries, an organisation with a contributor, an officer, an organiser
    sweden = RegionFactory(code="SE", name="Sweden")
    RegionFactory(code="PT", name="Portugal")
    region = RegionFactory(code="SE332", name="Norrbottens län", parent=sweden)
    tantalum = RawMaterialFactory(code="tantalum", name="Tantalum", symbol="Ta")
    RawMaterialName.objects.create(material=tantalum, language="en", name="coltan", kind="alias")
    FocusAreaFactory(code="mine-waste", name="Mine waste")
    office = OrganisationFactory(name="Example County Office", region=region)
    aino = MembershipFactory(
        organisation=office,
        user=UserFactory(email="aino@example.org", groups=Group.objects.filter(name=CONTRIBUTORS)),
    ).user
    bruno = UserFactory(email="bruno@example.org", groups=Group.objects.filter(name=OFFICERS))
    dora = UserFactory(email="dora@example.org")
    event = upcoming_event(dora)
    instrument = PolicyInstrumentPageFactory(title="Example regional plan", organisation=office)
    before = counted()

    write_and_submit(open_as(aino), office)
    practice = GoodPracticePage.objects.get()
    assert not practice.live
    approve(open_as(bruno), practice)

    for words in ("zinnwaldite", "Norrbottens", "coltan"):
        find(open_as(), words, practice.title)
    assert moved(before) == {}, "publishing alone counts nothing"

    decide(open_as(bruno), f"/admin/knowledge/desk/page/{practice.pk}/", "Let it count")
    assert moved(before) == {"GP": 1}

    register(open_as(), event, "Carla Example", "carla@example.org", "Example County Office", "SE")
    register(open_as(), event, "Edda Example", "edda@example.org", "Example institute", "PT")
    assert Registration.objects.filter(event=event, state="confirmed").count() == 2

    let_it_end(event)
    mark_attendance(open_as(dora), event)
    assert moved(before) == {"GP": 1}, "an event without its documents does not count"
    Evidence.objects.create(
        page=event, kind=EvidenceKind.AGENDA, title="Agenda", url="https://example.org/agenda"
    )
    assert moved(before) == {"GP": 1, "EV": 1}

    answer_survey(open_as(), event, "carla@example.org")
    assert moved(before) == {"GP": 1, "EV": 1, "ORG": 1, "PPL": 1}

    for number in (1, 2):
        change = claimed_change(instrument, practice, office, aino, number)
        decide(open_as(bruno), f"/admin/knowledge/desk/change/{change.pk}/", "Validate")
    assert moved(before) == {"GP": 1, "EV": 1, "ORG": 1, "PPL": 1, "PI": 1}, "one instrument counts once"

    visitor = open_as()
    visitor.goto("/progress/")
    visitor.get_by_role("link", name="Good practices", exact=False).first.wait_for()
    assert practice.title in records(visitor, "gp")


def upcoming_event(organiser):
    start = timezone.now() + timedelta(days=10)
    event = LearningEventPageFactory(
        title="Example workshop", start=start, end=start + timedelta(hours=3), mode=EventMode.ON_SITE
    )
    Places.objects.update_or_create(event=event, mode="on-site", defaults={"capacity": 10})
    EventOrganiser.objects.create(event=event, email=organiser.email)
    return event


def write_and_submit(page, office):
    """Fill in the form as its author does, save the draft, add evidence, submit."""
    page.goto("/my/submit-a-practice/")
    page.get_by_role("textbox", name="Title").first.fill("Zinnwaldite from an old pond")
    for name, words in PROSE.items():
        editor = page.locator(f'[data-contentpath="{name}"] [contenteditable="true"]')
        editor.click()
        editor.press_sequentially(words)
        # The editor hands its text to the form with a small delay.
        expect(page.locator(f"#id_{name}")).to_have_value(re.compile(re.escape(words)))
    page.locator("#id_summary").fill("The county let a firm wash an old pond. The stream is clean.")
    page.locator("#id_organisation").select_option(label=office.name)
    page.locator("#id_regions-more").fill("SE332")
    page.get_by_label("Tantalum").check()
    page.get_by_label("Mine waste").check()
    page.get_by_role("button", name="Add stage").click()
    page.locator("#id_stage_marks-0-stage").select_option("recycling")
    page.locator("#id_maturity").select_option("completed")
    page.locator("#id_practice_type").select_option("technical-pilot")
    page.locator("#id_start").fill("2022-05")
    page.locator("#id_relevance").select_option("made-for")
    page.locator("#id_public_role").select_option("public")
    page.get_by_role("button", name="Save draft").click()
    practice = saved(page)
    Evidence.objects.create(
        page=practice, kind=EvidenceKind.REPORT, title="Water report", url="https://example.org/water"
    )
    page.goto(f"/admin/pages/{practice.pk}/edit/")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Submit for review").click()
    page.get_by_text("is submitted for review").wait_for(timeout=60_000)


def saved(page):
    """The practice once its draft holds the last words typed."""
    for _ in range(80):
        practice = GoodPracticePage.objects.first()
        if (
            practice
            and PROSE["transfer_potential"] in practice.get_latest_revision_as_object().transfer_potential
        ):
            page.get_by_text("has been").first.wait_for()
            return practice
        page.wait_for_timeout(250)
    raise AssertionError("the draft was not saved within 20 seconds")


def approve(page, practice):
    """The officer reads it and approves it; that publishes. The worker tells Elasticsearch."""
    decide(page, f"/admin/knowledge/desk/page/{practice.pk}/", "Approve")
    synchronise()
    practice.refresh_from_db()
    assert practice.live


def decide(page, address, name):
    """Open the desk at this address and take the decision with this name."""
    page.goto(address)
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def find(page, words, title):
    page.goto("/")
    page.get_by_label("What are you working on?").fill(words)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name=title)).to_be_visible()


def register(page, event, name, email, organisation, country):
    page.goto(f"/events/{event.slug}/")
    page.get_by_role("link", name="Register", exact=True).click()
    page.get_by_label("On site").check()
    page.get_by_label("Full name").fill(name)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Organisation").fill(organisation)
    page.get_by_label("Country").select_option(country)
    page.get_by_role("button", name="Register").click()
    page.get_by_text(f"A letter to {email} is on its way").wait_for()
    token = Registration.objects.get(event=event, participant__email=email).token
    page.goto(f"/events/registration/{token}/")
    page.get_by_role("button", name="I take part").click()
    page.get_by_text("You have a place.").wait_for()


def let_it_end(event):
    """Time passes: the event was yesterday."""
    start = timezone.now() - timedelta(days=1)
    type(event).objects.filter(pk=event.pk).update(start=start, end=start + timedelta(hours=3))


def mark_attendance(page, event):
    page.goto(f"/events/{event.slug}/participants/")
    for option in page.get_by_label("Present").all():
        option.check()
    page.get_by_role("button", name="Save attendance").click()
    page.get_by_role("button", name="Attach the attendance list").click()
    page.wait_for_load_state()
    assert Evidence.objects.filter(page=event, kind=EvidenceKind.ATTENDANCE_LIST).exists()
    send_waiting()


def answer_survey(page, event, email):
    token = Registration.objects.get(event=event, participant__email=email).token
    page.goto(f"/events/registration/{token}/survey/")
    page.get_by_label("To a large degree", exact=True).check()
    page.get_by_label("Stakeholder").check()
    page.get_by_role("button", name="Send my answer").click()
    page.wait_for_load_state()


def claimed_change(instrument, practice, office, author, number):
    """A decided change with its document, as its author claims it."""
    change = PolicyChange.objects.create(
        instrument=instrument,
        title=f"Example change {number}",
        what_changed="Re-mining can be funded.",
        change_types=[ChangeType.STRATEGIC_FOCUS],
        decided_by=office,
        decision_date="2026-05-17",
        status="decided",
        attribution_note="It would have come later.",
        claimed_by=author,
    )
    Inspiration.objects.create(change=change, practice=practice, taken="The order of the permits.")
    Evidence.objects.create(
        change=change, kind=EvidenceKind.DECISION, title="Decision", url="https://example.org/decision"
    )
    return change


def records(page, key):
    """The text of the list behind a counter."""
    page.goto(f"/progress/{key}/")
    return page.locator("main").inner_text()
