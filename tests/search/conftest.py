"""Both engines, filled with plain documents: the contract suite runs on each."""

import itertools
from types import SimpleNamespace

import pytest

from search import engines
from search.documents import Document
from search.engines.breaker import Breaker

PREFIX = "adit-test-engine"
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
def engine(request, settings):
    """Each engine in turn, empty."""
    if request.param == "elasticsearch":
        settings.ELASTICSEARCH_INDEX_PREFIX = PREFIX
    filled = Filled(request.param)
    yield filled
    if request.param == "elasticsearch":
        remove_indices(filled.module)


@pytest.fixture
def elasticsearch(settings, monkeypatch):
    """A real Elasticsearch with an empty index of this test's own, and a breaker that saw no failure yet."""
    settings.ELASTICSEARCH_INDEX_PREFIX = PREFIX
    monkeypatch.setattr(engines, "breaker", Breaker())
    module = engines.engine("elasticsearch")
    module.rebuild([])
    yield module
    settings.ELASTICSEARCH_INDEX_PREFIX = PREFIX
    remove_indices(module)


def remove_indices(module):
    client = module.client().options(ignore_status=404)
    for name in client.indices.get(index=f"{PREFIX}-*"):
        client.indices.delete(index=name)
