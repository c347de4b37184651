"""Both engines, filled with plain documents: the contract suite runs on each."""

import itertools
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from search import engines, sync
from search.documents import Document
from search.engines.breaker import Breaker
from search.queries import search
from search.query import Query
from tests.factories import UserFactory

numbers = itertools.count(1)


def a_row(title="A practice", *, kind="practice", key="", deleted=False, version=None, **about):
    """A row of the projection as the engines take it. Texts are English unless `texts` says otherwise."""
    number = next(numbers)
    texts = about.pop("texts", None) or {
        "en": {"title": title, "summary": about.pop("summary", ""), "body": about.pop("body", "")}
    }
    about.setdefault("names", ())
    facets = about.pop("facets", {})
    document = Document(texts=texts, display={"title": title}, facets=facets, **about)
    return SimpleNamespace(
        key=key or f"{kind}:{number}",
        kind=kind,
        deleted=deleted,
        version=version or number,
        **document.as_row(),
    )


class Filled:
    """An engine and the rows it was filled with."""

    def __init__(self, name):
        self.name = name
        self.module = engines.engine(name)

    def fill(self, *rows):
        self.module.rebuild(rows)
        return self

    def send(self, *rows):
        return self.module.send(rows)

    def search(self, query):
        return self.module.search(query)

    def keys(self, query):
        return [item.key for item in self.search(query).items]


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(request):
    """Each engine in turn, empty."""
    return Filled(request.param)


@pytest.fixture
def embedded_only(settings):
    """A site without Elasticsearch."""
    settings.ELASTICSEARCH_URL = ""


@pytest.fixture
def elasticsearch(monkeypatch):
    """A real Elasticsearch with an empty index of this test's own, and a breaker that saw no failure yet.

    The soft limit is lifted: a busy machine must not make these tests answer from the other engine.
    """
    monkeypatch.setattr(engines, "breaker", Breaker())
    monkeypatch.setattr(engines, "SEARCH_SOFT_LIMIT_MS", 10_000)
    module = engines.engine("elasticsearch")
    module.rebuild([])
    return module


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def site_engine(request):
    """A site set up for each engine in turn; gives back its name."""
    request.getfixturevalue("embedded_only" if request.param == "embedded" else "elasticsearch")
    return request.param


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What is done inside is committed at its end: effects that wait for the commit happen then.

    The worker's pass follows, so that Elasticsearch knows too.
    """

    @contextmanager
    def commit():
        with django_capture_on_commit_callbacks(execute=True):
            yield
        if settings.ELASTICSEARCH_URL:
            sync.synchronise()

    return commit


def titles(text="", **query):
    """The titles found, in alphabetical order."""
    return sorted(hit.display["title"] for hit in search(Query(text=text, **query)).hits)


@pytest.fixture
def page(client):
    """The page at an address, read: `page("/search/?q=mud")`."""

    def read(address, **headers):
        response = client.get(address, headers=headers)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return read


@pytest.fixture
def aino():
    return UserFactory(email="aino@example.org", first_name="Aino", last_name="Virtanen")
