"""Every kind of change, and every kind of page: what is kept is what would be drawn afresh."""

import itertools
import logging
import random
import time

import pytest
from django.db import connection, transaction
from django.utils import timezone

from config.database import watching
from config.database.unseen import UNSEEN
from home.kept_pages import kept_pages
from knowledge.models import Evidence
from search import sync
from tests.crawl import walking_rows
from tests.crawl.clocks import SECOND, Clock, Moments, go_live_and_expire
from tests.crawl.comparing import Comparison
from tests.crawl.exchange import NEVER_KEPT, Exchange
from tests.crawl.other_reader import another_process
from tests.crawl.stories import NOWHERE
from tests.crawl.stories_in_order import stories

pytestmark = pytest.mark.django_db(transaction=True)

SEED = 20261127
# A sample compares so many pages after each change: those the change shows on, others in turn.
PAGES = 2
# Which share of the time that a sample may take what people do has, and what is written into tables.
ACTIONS, ROWS = 0.7, 0.1
# So far is the beginning of one day's sample from that of the day before.
STRIDE = 17


class Walk:
    """What is compared how long: all of it, or a sample that begins each day where another began."""

    def __init__(self, site, comparison, seconds):
        self.site, self.comparison, self.seconds = site, comparison, seconds
        self.is_full = seconds == float("inf")
        self.others = itertools.cycle(site.addresses)
        site.read = lambda: comparison.warm(list(site.addresses))

    def pages(self, watched=()):
        """The names of the pages to compare, those watched first; warm under the present number."""
        names = list(self.site.addresses)
        if not self.is_full:
            names = list(dict.fromkeys([*watched, *self.some()]))[:PAGES]
        self.comparison.warm(names)
        return names

    def some(self):
        """The names of the next few pages in turn."""
        return [next(self.others) for _number in range(PAGES)]

    def in_turn(self, things, share):
        """These things in a fixed order from another one each day, as long as there is time."""
        things = list(things)
        random.Random(SEED).shuffle(things)
        first = timezone.localdate().toordinal() * STRIDE % len(things)
        ends = time.monotonic() + self.seconds * share
        for number, thing in enumerate(things[first:] + things[:first]):
            if time.monotonic() > ends:
                self.comparison.count["left for another day"] += len(things) - number
                return
            yield thing


@pytest.fixture(autouse=True)
def silence():
    """Each record of the log keeps its request: of so many, they would fill the memory."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def site(tmp_path):
    # In one go: otherwise the index of search follows each row of it.
    with transaction.atomic():
        return Exchange(tmp_path)


@pytest.fixture
def comparison(settings, site):
    return Comparison(settings, site.addresses)


def test_what_is_kept_is_what_would_be_drawn_afresh(site, comparison, seconds, settings, monkeypatch, capsys):
    walk = Walk(site, comparison, seconds)
    moments = Moments(site)
    not_kept = pages_not_kept(comparison)

    began = time.monotonic()
    try:
        walk_stories(walk, has_elasticsearch=bool(settings.ELASTICSEARCH_URL))
        walk_rows(walk)
        with monkeypatch.context() as patched:
            walk_clocks(walk, moments, Clock(patched))
    finally:
        with capsys.disabled():
            print(f"\nkept as fresh: {comparison.told()} in {time.monotonic() - began:.0f} seconds")
            for kind, found in comparison.result().items():
                for one in found:
                    print(f"- {kind}: {one}")
    assert not_kept == list(NEVER_KEPT)
    assert [found for found in comparison.result().values() if found] == []


def pages_not_kept(comparison):
    """Which pages nobody gets from memory: to compare them would say nothing."""
    names = list(comparison.addresses)
    # The first round makes sizes of pictures and the index, which are changes.
    comparison.warm(names)
    comparison.warm(names)
    found = []
    for name in names:
        hits = kept_pages.hits
        comparison.ask(name)
        if kept_pages.hits == hits:
            found.append(name)
    return found


def walk_stories(walk, *, has_elasticsearch):
    """What people do."""
    chosen = [story for story in stories if walk.is_full or not story.is_long]
    for story in chosen if walk.is_full else walk.in_turn(chosen, ACTIONS):
        names = walk.pages(story.watched)
        for number, step in enumerate(story.tell(walk.site), start=1):
            what, must_show = f"{story.name}, step {number}", step != NOWHERE
            if has_elasticsearch:
                if walk.is_full:
                    walk.comparison.compare(what, names, must_show=False)
                sync.synchronise()
            walk.comparison.compare(what, names, must_show=must_show)


def walk_rows(walk):
    """What is written into tables."""
    comparison = walk.comparison
    names = list(walk.site.addresses)
    comparison.warm(names)
    before = comparison.numbers()
    walking_rows.write_unseen_columns()
    comparison.note_needless("columns that no page shows", before)
    if walk.is_full:
        comparison.compare("columns that no page shows updated", names, must_show=False)
        for model in walking_rows.other_models():
            walking_rows.walk(model, comparison, names, names)
    else:
        walking_rows.walk_together(walking_rows.other_models(), comparison, names)
    walking_rows.write_each(walking_rows.models_of_pages(), comparison)
    for model in walk.in_turn(walking_rows.models_of_pages(), ROWS):
        some = walk.some()
        walking_rows.walk(model, comparison, names if walk.is_full else some, some)


def walk_clocks(walk, moments, clock):
    """What the clock changes by itself, just before and just after it does."""
    comparison = walk.comparison
    clock.set(moments.begin)
    for what, moment, watched in moments.in_order():
        clock.set(moment - SECOND)
        moments.prepare(what, moment)
        names = walk.pages(watched)
        clock.set(moment + SECOND)
        comparison.compare(what, names)
    names = walk.pages(("events", "front"))
    clock.set(moments.begin)
    comparison.compare("the clock is set back", names)
    names = walk.pages(("practices", "draft"))
    for what, must_show in go_live_and_expire(walk.site, clock, moments.begin):
        comparison.compare(what, names, must_show=must_show)


def test_a_change_in_one_process_is_seen_by_another_at_its_next_request(site, settings):
    names = ("practice", "front", "practices", "progress", "event", "text")
    with another_process(settings, connection) as ask:
        addresses = [site.addresses[name] for name in names]
        first = {at: [ask("kept", at), ask("kept", at), ask("kept", at)][-1] for at in addresses}
        page = site.practice.get_latest_revision_as_object()
        page.title = "Tailings told of by another process"
        page.save_revision().publish()
        Evidence.objects.filter(page=site.past).delete()
        sync.synchronise()
        then = {at: ask("kept", at) for at in addresses}
        afresh = {at: ask("afresh", at) for at in addresses}

    assert [at for at in addresses if not first[at]["is_kept"]] == []
    assert then == afresh
    assert {at for at in addresses if then[at]["content"] != first[at]["content"]} >= {
        site.addresses[name] for name in ("practice", "front", "practices", "progress", "event")
    }


def test_a_change_that_lets_no_number_rise_is_found(site, comparison, monkeypatch):
    names = ["practice", "text"]
    comparison.warm(names)
    comparison.warm(names)
    monkeypatch.setattr(watching, "UNSEEN", UNSEEN | {"knowledge_evidence"})

    Evidence.objects.filter(pk=site.evidence.pk).update(title="Said by nobody")
    comparison.compare("evidence is written", names)

    assert [(what, name) for what, name, _where in comparison.stale] == [("evidence is written", "practice")]
    assert comparison.unshown == ["evidence is written"]
