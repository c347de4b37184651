"""What follows a change later: rows of search, its indexes, the examples of a new site."""

import time

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from knowledge.models import GoodPracticePage
from search import engines, indexing, reconcile, sync
from search.models import SearchDocument
from tests.crawl.stories import NOWHERE, story


@story("newest", "practices", "front")
def rows_of_search_are_built_later(site):
    GoodPracticePage.objects.filter(pk=site.collected.pk).update(title="Found by nobody yet")
    yield NOWHERE
    # As after an import: what is marked is left to the worker.
    with transaction.atomic():
        sync.mark_dirty([f"page:{site.collected.pk}", *SearchDocument.objects.values_list("key", flat=True)])
        sync.pending.work = False
    yield NOWHERE
    sync.build_dirty()
    yield NOWHERE
    indexing.drain(engines.EMBEDDED)
    if settings.ELASTICSEARCH_URL:
        indexing.drain(engines.ELASTICSEARCH)
    yield NOWHERE


@story("newest", "practices", "search")
def an_index_is_made_anew(site):
    call_command("search_rebuild", verbosity=0, stdout=site.silence)
    yield NOWHERE
    call_command("search_reconcile", verbosity=0, stdout=site.silence)
    yield NOWHERE


@story("newest", "practices", "search", "front")
def what_search_knows_is_wrong_and_put_right(site):
    SearchDocument.objects.filter(kind="practice").update(display={"url": "/x/", "title": "Wrong"})
    yield
    reconcile.repair(reconcile.look())
    yield


@story("search", "practices", "front")
def a_folder_with_the_index_is_gone_and_made_again(site):
    engines.engine(engines.EMBEDDED).rebuild([])
    SearchDocument.objects.update(embedded_version=0)
    yield None if not settings.ELASTICSEARCH_URL else NOWHERE
    sync.synchronise()
    yield None if not settings.ELASTICSEARCH_URL else NOWHERE


@story("practices", "newest")
def elasticsearch_shows_what_it_was_sent_a_moment_later(site):
    GoodPracticePage.objects.get(pk=site.collected.pk).save()
    sync.synchronise()
    yield NOWHERE
    time.sleep(1.2 if settings.ELASTICSEARCH_URL else 0)
    yield NOWHERE


@story("practices", "front", "collected")
def somebody_reads_before_search_has_followed(site):
    with transaction.atomic():
        # What was said first is done first: search builds its rows after this reader.
        transaction.on_commit(site.read)
        page = GoodPracticePage.objects.get(pk=site.collected.pk)
        page.title = "Read too early"
        page.save()
    yield


@story("front", "practices", "events", "progress", "instruments", "privacy", is_long=True)
def the_examples_are_loaded_and_removed(site):
    call_command("import_nuts", verbosity=0)
    yield
    call_command("load_demo", verbosity=0)
    yield
    call_command("load_demo", remove=True, verbosity=0)
    yield
