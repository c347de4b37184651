import gc

from gunicorn.config import Config
from gunicorn.http.errors import LimitRequestLine
from gunicorn.http.parser import RequestParser

from config import web_server

WHO = ("127.0.0.1", 50000)


def queries(query):
    """What the web server reads of a request for this query, as it is set up here."""
    config = Config()
    config.set("limit_request_line", web_server.limit_request_line)
    request = f"GET /search/?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    return [read.query for read in RequestParser(config, iter([request.encode()]), WHO)]


def test_an_address_with_twenty_thousand_greek_letters_reaches_the_site():
    query = "q=" + "%CE%B1" * 20_000

    assert queries(query) == [query]


def test_an_address_with_hundreds_of_filters_reaches_the_site():
    query = "&".join(f"organisation_type=kind-number-{number}" for number in range(400))

    assert queries(query) == [query]


def test_an_address_without_end_is_refused():
    try:
        read = queries("q=" + "a" * 200_000)
    except LimitRequestLine as error:
        read = type(error)

    assert read is LimitRequestLine


def test_a_worker_leaves_what_it_has_loaded_out_of_the_search_for_unused_objects():
    before = gc.get_freeze_count()
    try:
        web_server.post_worker_init(worker=None)
        frozen = gc.get_freeze_count()
    finally:
        gc.unfreeze()

    assert before == 0
    assert frozen > 10_000
