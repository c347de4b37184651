"""The one door to search: the page, feeds, the API, alerts and tests all ask here.

    from search.queries import search
    from search.query import Query

    results = search(Query(text='tailings "red mud" -gold', kind="practice",
                           facets={"stage": ("recycling",), "region": ("SE", "FI")}, sort="newest", page=2))
    results.total, results.pages, results.kinds["practice"], results.kinds[""]
    results.facets["stage"]            # [("recycling", 14), ("processing", 3)]
    for hit in results.hits:
        hit.kind, hit.display["url"], hit.title_parts, hit.text_parts

One search costs one database query, whatever it finds. It never raises for what a visitor typed, and it answers from the
embedded index when Elasticsearch does not.
"""

from dataclasses import replace

from search import engines
from search.choices import KINDS
from search.models import SearchDocument
from search.query import DEEPEST_HIT, Hit, Results


def search(query):
    """Everything public that matches `query`, one page of it, with the counts of all facets."""
    found, engine, took = engines.ask(query)
    pages = max(1, -(-min(found.total, DEEPEST_HIT) // query.page_size))
    if query.page > pages:
        query = replace(query, page=pages)
        found, engine, took = engines.ask(query)
    return Results(
        total=found.total,
        hits=hits(found.items),
        facets=found.facets,
        kinds={"": sum(found.kinds.values())} | {kind: found.kinds.get(kind, 0) for kind in KINDS},
        page=query.page,
        pages=pages,
        page_size=query.page_size,
        engine=engine,
        took_ms=round(took, 1),
    )


def hits(items):
    """The items with their cards. An index may lag behind: what is no longer public is not shown."""
    cards = {
        key: (kind, display)
        for key, kind, display in SearchDocument.objects.public()
        .filter(key__in=[item.key for item in items])
        .values_list("key", "kind", "display")
    }
    return [
        Hit(item.key, *cards[item.key], highlights=item.highlights, score=item.score)
        for item in items
        if item.key in cards
    ]
