"""What is done to pages in the admin: published, moved, hidden, shown, deleted."""

from django.contrib.auth.models import Group
from wagtail.models import Page

from events.models import LearningEventPage
from home.models import TextPage
from knowledge.models import GoodPracticePage, PolicyInstrumentPage, SectionPage
from network.rights import OFFICERS
from tests.crawl.stories import NOWHERE, post, story
from tests.factories import GoodPracticePageFactory, UserFactory


def again(page):
    """The page as it is in the database now."""
    return type(page).objects.get(pk=page.pk)


def edit(page, user=None, **values):
    """A new draft of the page that says this."""
    draft = again(page).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    return draft.save_revision(user=user)


def set_privacy(site, page, kind, **more):
    post(site.ada, "wagtailadmin_pages:set_privacy", page.pk, restriction_type=kind, **more)


@story("draft", "practices", "front")
def a_draft_is_published_and_taken_back(site):
    site.draft.get_latest_revision().publish()
    yield
    post(site.ada, "wagtailadmin_pages:unpublish", site.draft.pk)
    yield


@story("practice", "search", "region")
def a_later_revision_is_published(site):
    revision = edit(site.practice, title="Tailings reworked again", summary="Better than before.")
    yield NOWHERE
    revision.publish()
    yield
    edit(site.practice, title="Tailings reworked").publish()
    yield


@story("practice", "practices", "instrument", "event")
def a_practice_is_unpublished_and_published_again(site):
    again(site.practice).unpublish()
    yield
    again(site.practice).get_latest_revision().publish()
    yield


@story("instrument", "instruments", "front", "progress")
def an_instrument_is_unpublished_and_published_again(site):
    again(site.instrument).unpublish()
    yield
    again(site.instrument).get_latest_revision().publish()
    yield


@story("practices", "front", "country", "map")
def a_practice_is_made_and_deleted(site):
    page = GoodPracticePageFactory(title="Soon gone", regions=[site.elsewhere, site.region])
    yield
    post(site.ada, "wagtailadmin_pages:delete", page.pk)
    assert not Page.objects.filter(pk=page.pk).exists()
    yield


@story("events", "front", "past event")
def an_event_is_edited_and_published(site):
    edit(site.past, title="Day of the other mill", city="Luleå").publish()
    yield
    edit(site.event, title="Day of all tailings").publish()
    yield


@story("practice", "practices")
def a_practice_is_moved_away_and_back(site):
    sections = SectionPage.objects
    again(site.practice).move(sections.get(slug="policy-instruments"), pos="last-child")
    yield
    again(site.practice).move(sections.get(slug="good-practices"), pos="last-child")
    yield


@story("collected", "practices", "region")
def a_page_gets_another_address_and_the_old_one_back(site):
    for slug in ("collected-now", "collected"):
        edit(site.collected, slug=slug).publish()
        yield


@story("text", "front")
def a_text_page_gets_another_address_and_the_old_one_back(site):
    page = TextPage.objects.get(slug="about")
    for slug in ("about-us", "about"):
        edit(page, slug=slug).publish()
        yield


@story("practice", "practices", "front", "event", "instrument")
def a_page_becomes_private_in_each_way_and_public_again(site):
    officers = Group.objects.get(name=OFFICERS).pk
    ways = {"login": {}, "password": {"password": "tailings-1"}, "groups": {"groups": [officers]}}
    for kind, more in ways.items():
        set_privacy(site, site.practice, kind, **more)
        # From one way to the next the page stays as closed as it is; where it leads differs.
        yield NOWHERE if kind == "groups" else None
    set_privacy(site, site.practice, "none")
    yield


@story("practice", "collected", "practices")
def a_section_becomes_private_and_public_again(site):
    section = SectionPage.objects.get(slug="good-practices")
    for kind in ("login", "none"):
        set_privacy(site, section, kind)
        yield


@story("restricted", "practices")
def a_private_page_is_opened_and_closed_again(site):
    site.restriction.delete()
    yield
    site.restriction.pk = None
    site.restriction.save()
    yield


@story("text", "front")
def a_text_page_leaves_the_menu_and_comes_back(site):
    page = TextPage.objects.get(slug="evidence")
    for is_shown in (False, True):
        page.show_in_menus = is_shown
        page.save()
        yield
    edit(page, title="How we verify").publish()
    yield
    again(page).unpublish()
    yield
    again(page).get_latest_revision().publish()
    yield


@story("front")
def the_home_page_gets_another_headline(site):
    home = Page.objects.get(depth=2).specific
    edit(home, headline="See what worked elsewhere").publish()
    yield


@story("practice", "instrument")
def pages_are_written_by_hand_past_every_form(site):
    GoodPracticePage.objects.filter(pk=site.practice.pk).update(cost_amount=4711)
    yield
    PolicyInstrumentPage.objects.filter(pk=site.instrument.pk).update(legal_reference="Act 1")
    yield


@story("event", "events")
def an_event_is_written_by_hand(site):
    LearningEventPage.objects.filter(pk=site.event.pk).update(fee="Ten euro", city="Boden")
    yield


@story("practice")
def an_account_that_nobody_sees_is_made(site):
    UserFactory()
    yield NOWHERE
