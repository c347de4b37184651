"""How the site reaches Elasticsearch: what the environment says becomes the client's arguments."""

import http.server
import socket
import threading

import pytest
from django.core.checks import run_checks
from elasticsearch import Elasticsearch

from search import engines, status
from search.engines.answer import EngineFailed
from search.engines.elasticsearch_index import new_index
from search.engines.elasticsearch_server import client_options, problem_of_version

NEVER_TWICE = {
    "max_retries": 0,
    "retry_on_timeout": False,
    "request_timeout": 20,
    "sniff_on_start": False,
    "sniff_before_requests": False,
    "sniff_on_node_failure": False,
}


@pytest.mark.parametrize(
    ("said", "options"),
    [
        (["http://localhost:9200"], {"hosts": ["http://localhost:9200"]}),
        (
            ["https://one.example.org,https://two.example.org:9200/es"],
            {"hosts": ["https://one.example.org:443", "https://two.example.org:9200/es"]},
        ),
        (["http://[::1]:9200"], {"hosts": ["http://[::1]:9200"]}),
        (
            ["http://aino:s%40fe@one:9200,http://two:9200"],
            {"hosts": ["http://one:9200", "http://two:9200"], "basic_auth": ("aino", "s@fe")},
        ),
        (
            ["https://one:9200", "", "aino", "safe", "/etc/ca.pem"],
            {"hosts": ["https://one:9200"], "basic_auth": ("aino", "safe"), "ca_certs": "/etc/ca.pem"},
        ),
        (
            ["https://one:9200", "a-key", "aino", "safe"],
            {"hosts": ["https://one:9200"], "api_key": "a-key"},
        ),
    ],
)
def test_the_client_gets_what_the_environment_says(said, options):
    assert client_options(*said) == NEVER_TWICE | options


def test_the_client_takes_every_host_and_who_asks():
    client = Elasticsearch(**client_options("http://one,http://two:9200", "a-key"))

    nodes = sorted((node.config.host, node.config.port) for node in client.transport.node_pool.all())

    assert nodes == [("one", 80), ("two", 9200)]
    assert client._headers["authorization"] == "ApiKey a-key"


def test_shards_and_replicas_come_from_the_environment(settings):
    settings.ELASTICSEARCH_SHARDS = 3

    made = new_index()["settings"]

    # Replicas are added once the index is full: until then they would only slow it down.
    assert (made["number_of_shards"], made["number_of_replicas"], made["refresh_interval"]) == (3, 0, "-1")


@pytest.mark.elasticsearch
def test_an_index_in_use_has_its_replicas(settings):
    settings.ELASTICSEARCH_REPLICAS = 1
    engine = engines.engine("elasticsearch")

    engine.rebuild([])

    about = engine.indexes()[engine.index_in_use()]["settings"]["index"]
    assert (about["number_of_replicas"], about["refresh_interval"]) == ("1", "1s")


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ("8.19.4", "Elasticsearch 8.19.4 is too old: Adit needs Elasticsearch 9."),
        ("7.10.2", "Elasticsearch 7.10.2 is too old: Adit needs Elasticsearch 9."),
        ("9.0.0", ""),
        ("9.4.3", ""),
        ("10.0.0-SNAPSHOT", "Elasticsearch 10.0.0-SNAPSHOT is too new: Adit was made for Elasticsearch 9."),
    ],
)
def test_a_version_that_cannot_be_used_is_named(version, sentence):
    assert problem_of_version(version) == sentence


class Old(http.server.BaseHTTPRequestHandler):
    """A server of the version before, which refuses a client of this one."""

    def do_GET(self):
        too_new = "compatible-with=9" in self.headers.get("Accept", "")
        body = (
            b'{"error": "media_type_header_exception"}' if too_new else b'{"version": {"number": "8.19.4"}}'
        )
        self.send_response(400 if too_new else 200)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def old_server(settings):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Old) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{server.server_port}"
        yield
        server.shutdown()


@pytest.mark.django_db
def test_a_server_too_old_is_named_by_the_check_and_by_healthz_and_stops_nothing(old_server, client):
    sentence = "Elasticsearch 8.19.4 is too old: Adit needs Elasticsearch 9."

    said = [(found.id, found.msg) for found in run_checks() if found.id == "search.W001"]

    assert said == [("search.W001", sentence)]
    assert sentence in client.get("/healthz").json()["search"]["problems"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["gone", "silent"])
def test_a_server_that_does_not_answer_keeps_nobody_waiting(settings, kind):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1] if kind == "silent" else 9
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{port}"

        warnings = [found.id for found in run_checks()]
        summary = status.summary()

        with pytest.raises(EngineFailed):
            engines.engine("elasticsearch").version_problem()
    assert warnings == []
    assert (summary["state"], summary["engine"]) == ("degraded", "embedded")
    assert summary["problems"][0].startswith("Elasticsearch does not answer: Connection")
