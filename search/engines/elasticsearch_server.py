"""The way to the Elasticsearch servers: one client for each process, and what keeps them from answering."""

import os
import re
import threading
from urllib.parse import unquote, urlsplit

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError, UnsupportedProductError

from search.engines.answer import EngineFailed, IndexMissing

# The servers that the client and the mappings were made for.
OLDEST_VERSION, FIRST_TOO_NEW = 9, 10
WRITE_SECONDS = 20
LOOK_SECONDS = 1


class Connected:
    """The client of this process; made anew after a fork or when its settings change."""

    lock = threading.Lock()
    owner = client = None


SETTINGS = (
    "ELASTICSEARCH_URL",
    "ELASTICSEARCH_API_KEY",
    "ELASTICSEARCH_USER",
    "ELASTICSEARCH_PASSWORD",
    "ELASTICSEARCH_CA_FILE",
)


def client():
    said = [getattr(settings, name) for name in SETTINGS]
    owner = (os.getpid(), *said)
    with Connected.lock:
        if Connected.owner != owner:
            Connected.client, Connected.owner = Elasticsearch(**client_options(*said)), owner
        return Connected.client


def client_options(urls, api_key="", user="", password="", ca_file=""):
    """The client's arguments. `urls` are separated by commas; who stands in one goes before `user`.

    It never tries twice, because a page that waits is worse than one from the embedded engine, and asks only
    the hosts it was given, because those that a cluster names may not be reachable from here.
    """
    hosts = []
    for url in urls.split(","):
        parts = urlsplit(url)
        if parts.username:
            user, password = unquote(parts.username), unquote(parts.password or "")
        # The client takes no address without a port.
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        hosts.append(parts._replace(netloc=f"{host}:{port}").geturl())
    options = {
        "hosts": hosts,
        "max_retries": 0,
        "retry_on_timeout": False,
        "request_timeout": WRITE_SECONDS,
        "sniff_on_start": False,
        "sniff_before_requests": False,
        "sniff_on_node_failure": False,
    }
    if api_key:
        options["api_key"] = api_key
    elif user:
        options["basic_auth"] = (user, password)
    if ca_file:
        options["ca_certs"] = ca_file
    return options


def asked(function, **body):
    """The answer of the server, or EngineFailed for whatever keeps it from answering."""
    try:
        return function(**body)
    except NotFoundError as error:
        raise IndexMissing("Elasticsearch has no index of Adit.") from error
    except (ApiError, TransportError, ValueError, TypeError) as error:
        raise failure(error) from error


def failure(error):
    """What went wrong, short enough for a log line."""
    return EngineFailed(f"{type(error).__name__}: {str(error)[:200]}")


def version_problem():
    """One sentence on why this server cannot be used, or nothing. EngineFailed when it does not answer."""
    try:
        # Without the client's own Accept, which an older server refuses before it says how old it is.
        about = (
            client()
            .options(request_timeout=LOOK_SECONDS)
            .perform_request("GET", "/", headers={"accept": "*/*"})
        )
        version = str(about["version"]["number"])
    except UnsupportedProductError:
        return "The server at ELASTICSEARCH_URL is not Elasticsearch. Adit needs Elasticsearch 9."
    except (ApiError, TransportError, ValueError, TypeError, KeyError) as error:
        raise failure(error) from error
    return problem_of_version(version)


def problem_of_version(version):
    """Whether a server of this version is too old or too new, as a sentence."""
    major = int(number.group()) if (number := re.match(r"\d+", version)) else 0
    if major < OLDEST_VERSION:
        return f"Elasticsearch {version} is too old: Adit needs Elasticsearch {OLDEST_VERSION}."
    if major >= FIRST_TOO_NEW:
        return f"Elasticsearch {version} is too new: Adit was made for Elasticsearch {OLDEST_VERSION}."
    return ""
