"""A page is answered whatever Elasticsearch does: refuses, hangs, has too much to do, or talks rubbish."""

import http.server
import socket
import threading
import time
from contextlib import suppress

import pytest

from search import engines, status
from search.engines.breaker import FAILURES, REST_SECONDS, Breaker
from search.queries import search
from search.query import Query
from tests.factories import GoodPracticePageFactory


@pytest.fixture(autouse=True)
def fresh_breaker(monkeypatch):
    monkeypatch.setattr(engines, "breaker", Breaker())


class Answering(http.server.BaseHTTPRequestHandler):
    """A server that answers every question alike."""

    status, body = 200, b"{}"

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked += 1
        self.send_response(self.status)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *args):
        pass


@pytest.fixture
def server(settings):
    """Start a server in Elasticsearch's place: `server(status, body)`."""
    started = []

    def start(status, body):
        handler = type("Handler", (Answering,), {"status": status, "body": body})
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.asked = 0
        threading.Thread(target=server.serve_forever, daemon=True).start()
        started.append(server)
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{server.server_port}"
        return server

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


@pytest.fixture
def practice(settings, django_capture_on_commit_callbacks):
    settings.ELASTICSEARCH_URL = ""
    with django_capture_on_commit_callbacks(execute=True):
        return GoodPracticePageFactory(title="Tailings")


def answer():
    results = search(Query(text="tailings"))
    return results.engine, [hit.display["title"] for hit in results.hits]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "body"),
    [
        (429, b'{"error": {"type": "es_rejected_execution_exception"}, "status": 429}'),
        (503, b'{"error": "unavailable", "status": 503}'),
        (404, b'{"error": {"type": "index_not_found_exception"}, "status": 404}'),
        (200, b"<html>not what you think</html>"),
        (200, b"[]"),
        (200, b'{"hits": {"total": 5, "hits": [{}]}}'),
        (200, b'{"hits": null}'),
        (200, b'{"hits": {"total": {"value": 1}, "hits": []}, "aggregations": {"others": []}}'),
    ],
)
def test_the_embedded_engine_answers_when_the_other_cannot(practice, server, status, body):
    server(status, body)

    assert answer() == ("embedded", ["Tailings"])


@pytest.mark.django_db
def test_a_server_that_is_gone_is_left_alone_after_three_failures(practice, server):
    stub = server(503, b"{}")

    for _ in range(6):
        assert answer() == ("embedded", ["Tailings"])

    assert stub.asked == FAILURES


@pytest.mark.django_db
def test_a_server_that_hangs_is_waited_for_three_times_and_then_left_alone(practice, settings):
    search(Query())
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{silent.getsockname()[1]}"

        times = []
        for _ in range(FAILURES + 3):
            began = time.monotonic()
            assert answer() == ("embedded", ["Tailings"])
            times.append(time.monotonic() - began)

        assert min(times[:FAILURES]) >= engines.SEARCH_SOFT_LIMIT_MS / 1000
        assert connections(silent) == FAILURES


def connections(listener):
    """How many have knocked at a server that lets nobody in."""
    listener.setblocking(False)
    count = 0
    with suppress(BlockingIOError):
        while True:
            listener.accept()[0].close()
            count += 1
    return count


@pytest.mark.django_db
def test_an_open_breaker_is_told_of_until_the_server_answers_again(practice, server, client, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(engines, "breaker", Breaker(lambda: now[0], engines.tell_of_breaker))
    server(503, b"{}")

    for _ in range(FAILURES):
        answer()
    said, health = status.troubles(), client.get("/healthz").json()["search"]
    server(200, b'{"hits": {"total": {"value": 0}, "hits": []}, "aggregations": {}}')
    monkeypatch.setattr(engines, "SEARCH_SOFT_LIMIT_MS", 10_000)
    now[0] += REST_SECONDS
    after = answer()

    assert len(said) == 1
    assert said[0].startswith("Elasticsearch did not answer 3 times in a row: ApiError")
    assert (health["state"], health["engine"]) == ("degraded", "embedded")
    assert health["problems"][-1].startswith("This process leaves Elasticsearch alone")
    assert (after, status.troubles()) == (("elasticsearch", []), [])


def test_an_open_breaker_lets_one_question_through_when_its_rest_is_over():
    now = [0.0]
    breaker = Breaker(clock=lambda: now[0])

    for _ in range(FAILURES):
        assert breaker.allows()
        breaker.failed()
    assert (breaker.is_open, breaker.allows()) == (True, False)

    now[0] += REST_SECONDS
    assert [breaker.allows(), breaker.allows()] == [True, False]

    breaker.succeeded()
    assert [breaker.is_open, breaker.allows(), breaker.allows()] == [False, True, True]


def test_failures_that_are_not_in_a_row_do_not_open_the_breaker():
    breaker = Breaker()

    for _ in range(FAILURES):
        breaker.failed()
        breaker.succeeded()

    assert not breaker.is_open
