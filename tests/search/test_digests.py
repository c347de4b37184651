"""What is new in saved searches arrives by letter: once, in time, and only what everyone may read."""

import datetime as dt
import threading
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import connections
from django.http import QueryDict
from django.utils import timezone
from wagtail.models import PageViewRestriction

from network.letters import send_waiting
from network.models import Letter
from search import digests, queries, sync, unsubscribe
from search import saved as keeping
from search.forms import SearchForm
from search.letter_times import last_boundary
from search.models import Digest
from tests.factories import GoodPracticePageFactory, PolicyInstrumentPageFactory, UserFactory
from tests.search.letters import DAY, keep, later, sent, titles_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_engine")]

BRUSSELS = ZoneInfo("Europe/Brussels")


def test_what_was_published_since_is_told_once(aino, committed):
    with committed():
        GoodPracticePageFactory(title="Old tailings")
    keep(aino, "q=tailings")
    with committed():
        new = GoodPracticePageFactory(title="New tailings", stages={"recycling": "main"})
        GoodPracticePageFactory(title="Something else")

    first, second = sent(later()), sent(later(2))

    assert [letter.to for letter in first] == [["aino@example.org"]]
    assert first[0].subject == "1 new result: tailings"
    assert titles_in(first[0]) == ["New tailings"]
    assert f"http://localhost:8000/id/{new.permanent_id}/" in first[0].body
    assert second == []


def test_the_letter_says_what_where_and_why(aino, committed):
    saved = keep(aino, "q=tailings&stage=recycling", name="Tailings, recycled")
    with committed():
        page = GoodPracticePageFactory(
            title="New tailings & <sand>", place="Lapland", stages={"recycling": "main"}
        )

    (letter,) = sent(later())

    assert letter.body == (
        "Dear Aino Virtanen,\n\n"
        "There is something new in what you look for.\n\n"
        "Tailings, recycled (1 new)\n"
        "http://localhost:8000/search/?q=tailings&stage=recycling\n\n"
        "* New tailings & <sand>\n"
        "  good practice, Lapland\n"
        "  Fits: “tailings”, Recycling\n"
        f"  http://localhost:8000/id/{page.permanent_id}/\n\n"
        "No more letters about this search:\n"
        f"{unsubscribe.stop_url([saved])}\n\n"
        "All your saved searches:\n"
        "http://localhost:8000/my/searches/\n"
    )


def test_a_letter_tells_of_nothing_that_has_only_some_of_the_words(aino, committed):
    keep(aino, "q=tailings+register")
    with committed():
        GoodPracticePageFactory(title="Tailings dam")
        GoodPracticePageFactory(title="A register of quarries")

    nothing = sent(later())
    with committed():
        GoodPracticePageFactory(title="A register of tailings")

    assert queries.search(SearchForm(QueryDict("q=tailings+register"), address="/search/").query).total == 3
    assert nothing == []
    assert [titles_in(letter) for letter in sent(later(2))] == [["A register of tailings"]]


def test_all_searches_of_a_person_and_frequency_make_one_letter(aino, committed):
    bruno = UserFactory(email="bruno@example.org")
    keep(aino, "q=tailings", name="One")
    keep(aino, "q=water", name="Two")
    keep(aino, "q=gold", name="Three")
    keep(aino, "q=tailings&kind=practice", name="Four", frequency="never")
    keep(bruno, "q=water")
    with committed():
        GoodPracticePageFactory(title="Tailings and water")
        PolicyInstrumentPageFactory(title="Water plan")

    letters = {letter.to[0]: letter for letter in sent(later())}

    assert {to: letter.subject for to, letter in letters.items()} == {
        "aino@example.org": "3 new results in your saved searches",
        "bruno@example.org": "2 new results: water",
    }
    assert titles_in(letters["aino@example.org"]) == [
        "Tailings and water",
        "Water plan",
        "Tailings and water",
    ]


def test_nothing_new_is_no_letter(aino, committed):
    with committed():
        page = GoodPracticePageFactory(title="Old tailings")
    keep(aino, "q=tailings")
    with committed():
        page.title = "Old tailings, edited"
        page.save_revision().publish()

    assert sent(later()) == []


def test_what_comes_to_fit_a_search_later_is_new_to_it(aino, committed):
    with committed():
        page = GoodPracticePageFactory(title="A dam")
    keep(aino, "q=tailings")
    with committed():
        page.title = "A tailings dam"
        page.save_revision().publish()

    assert [titles_in(letter) for letter in sent(later())] == [["A tailings dam"]]


def test_what_had_only_some_of_the_words_is_new_once_it_has_all(aino, committed):
    with committed():
        page = GoodPracticePageFactory(title="Tailings dam")
        GoodPracticePageFactory(title="A register of quarries")
    keep(aino, "q=tailings+register")

    with committed():
        page.title = "Tailings register"
        page.save_revision().publish()

    assert [titles_in(letter) for letter in sent(later())] == [["Tailings register"]]


def test_an_item_published_again_is_not_new_again(aino, committed):
    keep(aino, "q=tailings")
    with committed():
        page = GoodPracticePageFactory(title="New tailings")
    assert len(sent(later())) == 1

    with committed():
        page.unpublish()
    with committed():
        page.save_revision().publish()

    assert sent(later(2)) == []


def test_drafts_and_restricted_pages_are_never_told(aino, committed):
    keep(aino, "q=tailings")
    with committed():
        GoodPracticePageFactory(title="Tailings draft", live=False)
        secret = GoodPracticePageFactory(title="Secret tailings")
        PageViewRestriction.objects.create(page=secret, restriction_type="login")

    assert sent(later()) == []


def test_what_became_private_while_the_letter_waited_is_left_out(aino, committed):
    keep(aino, "q=tailings")
    with committed():
        GoodPracticePageFactory(title="Tailings for all")
        secret = GoodPracticePageFactory(title="Secret tailings")
    digests.write_due(later())
    with committed():
        restriction = PageViewRestriction.objects.create(page=secret, restriction_type="login")

    send_waiting()
    (letter,) = mail.outbox
    mail.outbox.clear()

    assert (titles_in(letter), letter.subject) == (["Tailings for all"], "1 new result: tailings")
    with committed():
        restriction.delete()
    assert [titles_in(letter) for letter in sent(later(2))] == [["Secret tailings"]]


def test_a_letter_with_nothing_left_to_say_does_not_leave(aino, committed):
    keep(aino, "q=tailings")
    with committed():
        page = GoodPracticePageFactory(title="Tailings")
    digests.write_due(later())
    with committed():
        page.unpublish()

    send_waiting()

    assert (mail.outbox, Letter.objects.count(), Digest.objects.count()) == ([], 0, 0)


def test_the_right_to_read_is_asked_of_the_page_and_not_of_the_index(aino, committed):
    keep(aino, "q=tailings")
    with committed():
        page = GoodPracticePageFactory(title="Tailings")
    # Nobody told search of this.
    type(page).objects.filter(pk=page.pk).update(live=False)

    assert sent(later()) == []


@pytest.mark.parametrize("waiting", [True, False])
def test_a_stopped_account_gets_no_letters(aino, committed, waiting):
    keep(aino, "q=tailings")
    with committed():
        GoodPracticePageFactory(title="Tailings")
    if waiting:
        digests.write_due(later())
    aino.is_active = False
    aino.save()

    assert sent(later()) == []


def test_with_the_account_its_waiting_letters_go(aino, committed):
    keep(aino, "q=tailings")
    with committed():
        GoodPracticePageFactory(title="Tailings")
    digests.write_due(later())
    assert Letter.objects.count() == 1

    aino.delete()

    assert sent(later(2)) == []
    assert Letter.objects.count() == 0


def test_a_crash_between_building_and_sending_sends_nothing_twice(aino, committed, settings):
    keep(aino, "q=tailings")
    with committed():
        GoodPracticePageFactory(title="Tailings")

    digests.write_due(later())
    digests.write_due(later())
    settings.EMAIL_BACKEND = "tests.search.test_digests.BrokenMail"
    send_waiting()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    digests.write_due(later(2))
    send_waiting(now=later(2))
    send_waiting(now=later(2))

    assert [titles_in(letter) for letter in mail.outbox] == [["Tailings"]]


class BrokenMail(BaseEmailBackend):
    """A mail server that goes away."""

    def send_messages(self, messages):
        raise ConnectionResetError("gone")


def test_a_crash_while_the_letter_is_written_leaves_everything_to_be_told(aino, committed, monkeypatch):
    keep(aino, "q=tailings")
    with committed():
        GoodPracticePageFactory(title="Tailings")
    monkeypatch.setattr(digests, "LETTER", "no/such/template.txt")
    assert digests.write_due(later()) == 0
    monkeypatch.undo()

    # At once it is not tried again, a minute later it is.
    assert sent(later()) == []
    assert [titles_in(letter) for letter in sent(later() + dt.timedelta(minutes=1))] == [["Tailings"]]


def test_what_reached_the_index_late_is_told_in_the_next_letter(aino, committed):
    keep(aino, "q=tailings")
    with committed():
        page = GoodPracticePageFactory(title="Tailings")
    sync.take_out([f"page:{page.pk}"])
    assert sent(later()) == []

    with committed():
        sync.mark_dirty([f"page:{page.pk}"])

    assert [titles_in(letter) for letter in sent(later(2))] == [["Tailings"]]


def test_a_search_that_lost_all_choices_of_a_filter_does_not_write_about_everything(aino, committed):
    from tests.factories import RawMaterialFactory

    lithium = RawMaterialFactory(code="lithium")
    keep(aino, "material=lithium")
    lithium.delete()
    with committed():
        GoodPracticePageFactory(title="Gold")

    assert sent(later()) == []


def test_a_long_letter_lists_the_first_and_says_how_many_more(aino, committed):
    keep(aino, "q=tailings")
    with committed():
        for number in range(23):
            GoodPracticePageFactory(title=f"Tailings {number}")

    (letter,) = sent(later())

    assert letter.subject == "23 new results: tailings"
    assert len(titles_in(letter)) == 20
    assert "and 3 more, at the address above" in letter.body


def test_writing_to_five_people_costs_no_more_queries_each(aino, committed, django_assert_max_num_queries):
    for number in range(5):
        keep(UserFactory(), "q=tailings", name=f"Search {number}")
    with committed():
        GoodPracticePageFactory(title="Tailings")

    with django_assert_max_num_queries(5 * 40):
        assert digests.write_due(later()) == 5


# When


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("frequency", "now", "boundary"),
    [
        ("daily", "2026-11-18T06:00", "2026-11-18T06:00"),
        ("daily", "2026-11-18T05:59", "2026-11-17T06:00"),
        ("weekly", "2026-11-16T06:00", "2026-11-16T06:00"),
        ("weekly", "2026-11-16T05:59", "2026-11-09T06:00"),
        ("weekly", "2026-11-22T23:59", "2026-11-16T06:00"),
        ("monthly", "2026-12-01T06:00", "2026-12-01T06:00"),
        ("monthly", "2026-12-01T05:59", "2026-11-01T06:00"),
        ("monthly", "2027-01-01T00:30", "2026-12-01T06:00"),
        # The clocks go back in the night before, and forward.
        ("daily", "2026-10-25T06:30", "2026-10-25T06:00"),
        ("daily", "2027-03-28T06:30", "2027-03-28T06:00"),
    ],
)
def test_letters_are_due_at_six_in_the_morning_of_the_site(frequency, now, boundary):
    here = at(now)

    assert last_boundary(frequency, here) == at(boundary)
    assert last_boundary(frequency, here.astimezone(dt.UTC)) == at(boundary)


@pytest.mark.parametrize(
    ("frequency", "saved", "too_early", "due"),
    [
        ("daily", "2026-11-18T09:00", "2026-11-19T05:59", "2026-11-19T06:00"),
        ("weekly", "2026-11-18T09:00", "2026-11-23T05:59", "2026-11-23T06:00"),
        ("monthly", "2026-11-18T09:00", "2026-12-01T05:59", "2026-12-01T06:00"),
    ],
)
def test_a_search_writes_at_its_next_turn_and_not_before(aino, committed, frequency, saved, too_early, due):
    keep(aino, "q=tailings", frequency=frequency, now=at(saved))
    with committed():
        GoodPracticePageFactory(title="Tailings")

    assert sent(at(too_early)) == []
    assert len(sent(at(due))) == 1
    assert sent(at(due)) == []


def test_a_search_that_wakes_up_after_a_missed_letter_tells_of_what_comes_from_now_on(aino, committed):
    saved = keep(aino, "q=tailings", "never")
    with committed():
        GoodPracticePageFactory(title="While it slept")
    keeping.change(saved, name="", frequency="daily", now=later(3))
    with committed():
        GoodPracticePageFactory(title="Tailings afterwards")

    assert [titles_in(letter) for letter in sent(later(5))] == [["Tailings afterwards"]]


def test_the_command_and_the_worker_write_and_send(aino, committed, capsys):
    keep(aino, "q=tailings", now=timezone.now() - 2 * DAY)
    with committed():
        GoodPracticePageFactory(title="Tailings")

    call_command("search_send_alerts")
    call_command("search_send_alerts")

    assert capsys.readouterr().out == "1 letters written, 1 sent.\n0 letters written, 0 sent.\n"
    assert [titles_in(letter) for letter in mail.outbox] == [["Tailings"]]


# Stopping


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_one_letter():
    aino = UserFactory(email="aino@example.org")
    keep(aino, "q=tailings")
    GoodPracticePageFactory(title="Tailings")
    sync.synchronise()
    now, start, written = later(), threading.Barrier(2), []

    def work():
        start.wait()
        try:
            written.append(digests.write_due(now))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(written) == [0, 1]
    assert Letter.objects.count() == 1
