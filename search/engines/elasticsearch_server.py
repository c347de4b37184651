"""The way to the Elasticsearch server: one client for each process, and what keeps it from answering."""

import os
import threading
from urllib.parse import unquote, urlsplit

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from search.engines.answer import EngineFailed, IndexMissing

WRITE_SECONDS = 20


class Connected:
    """The client of this process; made anew after a fork or when the address changes."""

    lock = threading.Lock()
    owner = client = None


def client():
    owner = (os.getpid(), settings.ELASTICSEARCH_URL)
    with Connected.lock:
        if Connected.owner != owner:
            Connected.client, Connected.owner = connect(settings.ELASTICSEARCH_URL), owner
        return Connected.client


def connect(url):
    """A client that never tries twice: a page that waits is worse than one from the embedded engine."""
    parts = urlsplit(url)
    options = {"max_retries": 0, "retry_on_timeout": False, "request_timeout": WRITE_SECONDS}
    if parts.username:
        options["basic_auth"] = (unquote(parts.username), unquote(parts.password or ""))
        url = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return Elasticsearch(url, **options)


def asked(function, **body):
    """The answer of the server, or EngineFailed for whatever keeps it from answering."""
    try:
        return function(**body)
    except NotFoundError as error:
        raise IndexMissing("Elasticsearch has no index of Adit.") from error
    except (ApiError, TransportError, ValueError, TypeError) as error:
        raise EngineFailed(f"{type(error).__name__}: {str(error)[:200]}") from error
