"""Scheduled pages: one that cannot go live tells its editors and keeps none of the others from it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from home import going_live
from knowledge.models import GoodPracticePage
from network.models import Letter, Setback
from tests.factories import GoodPracticePageFactory, UserFactory

pytestmark = pytest.mark.django_db
DUE = timezone.now() - timedelta(minutes=5)


def scheduled(title, minutes=0, **about):
    """A draft that was to go live so many minutes after the first."""
    page = GoodPracticePageFactory(title=title, live=False, **about)
    page.go_live_at = DUE + timedelta(minutes=minutes)
    page.save_revision(user=about.get("owner"), approved_go_live_at=page.go_live_at)
    return page


def spoil(page, **values):
    """Have the page's draft say this, past every form."""
    revision = page.get_latest_revision()
    revision.content |= values
    revision.save()


def live_titles():
    return sorted(GoodPracticePage.objects.live().values_list("title", flat=True))


@pytest.mark.parametrize(
    "harm",
    [
        {"slug": "taken"},
        {"title": ""},
        {"summary": None},
    ],
    ids=lambda harm: next(iter(harm)),
)
def test_a_page_that_cannot_go_live_tells_its_owner_once_and_the_next_ones_go_live(harm):
    GoodPracticePageFactory(title="Already there", slug="taken")
    owner = UserFactory(email="aino@example.org")
    bad = scheduled("Bad", owner=owner)
    spoil(bad, **harm)
    scheduled("Good", minutes=1)

    going_live.publish_due()
    going_live.publish_due(timezone.now() + timedelta(hours=1))

    assert live_titles() == ["Already there", "Good"]
    setback = Setback.objects.get()
    assert (setback.kind, setback.what, setback.tries) == ("page", "Bad", 2)
    letter = Letter.objects.get()
    assert (letter.to, letter.subject, letter.about) == (
        "aino@example.org",
        "Could not go live: Bad",
        f"page:{bad.pk}",
    )
    assert setback.reason in letter.text


def test_a_page_that_was_given_another_text_is_no_longer_a_setback():
    GoodPracticePageFactory(slug="taken")
    page = scheduled("Bad")
    spoil(page, slug="taken")
    going_live.publish_due()
    assert Setback.objects.count() == 1

    page = Page.objects.get(pk=page.pk).specific
    page.save_revision(approved_go_live_at=DUE)
    going_live.publish_due()

    assert live_titles() == sorted(live_titles())
    assert Page.objects.get(pk=page.pk).live
    assert not Setback.objects.exists()


def test_what_is_past_its_day_is_taken_back():
    page = GoodPracticePageFactory(title="Over")
    Page.objects.filter(pk=page.pk).update(expire_at=DUE)

    going_live.publish_due()

    assert live_titles() == []


def test_what_is_given_up_does_not_go_live_by_itself():
    page = scheduled("Bad")
    key = f"revision:{page.get_latest_revision().pk}"

    going_live.give_up(key)
    going_live.publish_due()

    assert live_titles() == []
