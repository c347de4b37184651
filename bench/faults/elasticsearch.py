"""Faults of a site with Elasticsearch, on a server that may be killed."""

import time

from bench.faults.site import begin, clean, manage, pages, until


def ms(seconds):
    return f"{seconds * 1000:.0f} ms"


def kill_server(folder, server):
    """A rebuild that loses its server leaves the index before; the next one makes a new one."""
    manage("search_rebuild", "--engine=elasticsearch")
    rebuilding = begin("search_rebuild", "--engine=elasticsearch")
    from search import engines

    index = engines.engine("elasticsearch")
    before = index.index_in_use()
    half_made = until(lambda: len(index.indexes()) > 2 or set(index.indexes()) - {before} != set(), 120)
    server.kill()
    code = rebuilding.wait()
    asked, engine = pages(3)
    server.start()
    after = index.index_in_use()
    said = clean()
    manage("search_rebuild", "--engine=elasticsearch")
    return (
        code == 1
        and half_made is not None
        and after == before
        and {s for _, s in asked} == {200}
        and said == "clean",
        f"rebuild left with {code}, pages came from {engine}, "
        f"the index before goes on: {after == before}; {said}",
    )


def delete_index(folder, server):
    """An index that is gone is made anew by the worker's next pass."""
    from search import engines

    index = engines.engine("elasticsearch")
    for name in index.indexes():
        index.client().indices.delete(index=name)
    asked, engine = pages(1)
    began = time.monotonic()
    manage("search_sync")
    took, said = time.monotonic() - began, clean()
    return (
        asked[0][1] == 200 and engine == "embedded" and said == "clean",
        f"the page came from the {engine} engine in {ms(asked[0][0])}, "
        f"a new index after {took:.0f} s; {said}",
    )


def stop_server(folder, server):
    """A server that hangs costs three pages a moment, and is asked again once it goes on."""
    from search import engines, status
    from search.engines.breaker import REST_SECONDS

    # A busy machine may have had the server left alone before.
    until(lambda: pages(5)[1] == "elasticsearch", 60)
    usual = sorted(took for took, _ in pages(9)[0])[4]
    server.hang()
    try:
        asked, engine = pages(10)
        told = status.troubles()
        began = time.monotonic()
        health = status.summary()
        health_took = time.monotonic() - began
    finally:
        server.go_on()
    time.sleep(REST_SECONDS)
    back = until(lambda: pages(1)[1] == "elasticsearch", 30)
    said = clean()
    given_up = [took for took, _ in asked[:3]]
    later = sorted(took for took, _ in asked[3:])
    limit = engines.SEARCH_SOFT_LIMIT_MS / 1000
    return (
        engine == "embedded"
        and bool(told)
        and health["state"] == "degraded"
        and back is not None
        and said == "clean",
        f"usual page {ms(usual)}; the first three {', '.join(map(ms, given_up))} "
        f"(at most {ms(max(given_up) - limit)} after it was given up), "
        f"then p50 {ms(later[len(later) // 2])}, at most {ms(later[-1])}; "
        f"/healthz {health['state']} in {health_took:.1f} s; "
        f"asked again {REST_SECONDS + (back or 0):.0f} s after it went on; {said}",
    )
