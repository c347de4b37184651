"""Which engine answers: Elasticsearch where one is set up and well, else the embedded one."""

import logging
import time
from importlib import import_module

from django.conf import settings

from search import notes
from search.engines.answer import EngineFailed
from search.engines.breaker import Breaker

EMBEDDED, ELASTICSEARCH = "embedded", "elasticsearch"
# How long a page waits for Elasticsearch before the embedded engine answers it.
SEARCH_SOFT_LIMIT_MS = 200
KEYS_SECONDS = 5

logger = logging.getLogger(__name__)


def tell_of_breaker(sentence):
    """Have all processes know that this one left Elasticsearch alone, or that it answers again."""
    if sentence:
        logger.error("%s. The embedded engine answers meanwhile.", sentence)
        notes.trouble_begins(ELASTICSEARCH, notes.ANSWERS, sentence)
    else:
        notes.trouble_ends(ELASTICSEARCH, notes.ANSWERS)


breaker = Breaker(tell=tell_of_breaker)


def engine(name):
    """The module of an engine. Imported when asked for: a site without Elasticsearch never loads its
    client."""
    if name not in (EMBEDDED, ELASTICSEARCH):
        raise ValueError(f"There is no search engine called {name}.")
    return import_module(f"search.engines.{name}")


def names():
    """The engines to keep up to date, the one of choice last. The embedded one always: it answers when the
    other does not."""
    return [EMBEDDED, ELASTICSEARCH] if settings.ELASTICSEARCH_URL else [EMBEDDED]


def ask(query):
    """An engine's answer, its name and how many milliseconds it took."""
    began = time.perf_counter()
    if settings.ELASTICSEARCH_URL and breaker.allows():
        try:
            found = engine(ELASTICSEARCH).search(query, timeout=SEARCH_SOFT_LIMIT_MS / 1000)
            breaker.succeeded()
            return found, ELASTICSEARCH, (time.perf_counter() - began) * 1000
        except EngineFailed as error:
            breaker.failed(error)
            logger.warning("Elasticsearch did not answer, the embedded engine does: %s", error)
            began = time.perf_counter()
    return engine(EMBEDDED).search(query), EMBEDDED, (time.perf_counter() - began) * 1000


def keys(query, among=None):
    """The keys of everything that matches, in order, from the engine that answers. Nobody waits for a page
    here, so the server has more time than the soft limit."""
    if settings.ELASTICSEARCH_URL and breaker.allows():
        try:
            found = engine(ELASTICSEARCH).keys(query, among, timeout=KEYS_SECONDS)
            breaker.succeeded()
            return found
        except EngineFailed as error:
            breaker.failed(error)
            logger.warning("Elasticsearch did not answer, the embedded engine does: %s", error)
    return engine(EMBEDDED).keys(query, among)


def begun(beginnings, kinds, limit):
    """The keys of items that have words with all of these beginnings, the newest first.

    Nobody who types waits for a round trip: the embedded index, which is always kept up to date, is asked
    first, and Elasticsearch only where that cannot be read.
    """
    try:
        return suggesting(EMBEDDED).begun(beginnings, kinds, limit)
    except EngineFailed:
        if not settings.ELASTICSEARCH_URL or not breaker.allows():
            raise
    return suggesting(ELASTICSEARCH).begun(beginnings, kinds, limit, timeout=SEARCH_SOFT_LIMIT_MS / 1000)


def suggesting(name):
    return import_module(f"search.engines.{name}_suggest")
