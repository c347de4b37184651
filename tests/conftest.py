"""What every test gets: an empty site that is set up, and the rule that CI may not skip servers."""

import itertools
import os
import shutil

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from elasticsearch import Elasticsearch
from pytest_django.plugin import blocking_manager_key

from home.kept_pages import kept_pages
from home.site_setup import set_up_site
from network import kept

CI = bool(os.environ.get("CI"))
numbers = itertools.count(1)


def pytest_addoption(parser):
    parser.addoption(
        "--soak", action="store_true", help="run what samples in full, however long it takes (make soak)"
    )
    parser.addoption(
        "--walk-seconds", type=int, default=20, help="how long each walk that samples may take (20)"
    )


@pytest.fixture
def seconds(request):
    """How long a walk may take that samples with a fixed seed; for ever where everything is tried."""
    return float("inf") if request.config.getoption("--soak") else request.config.getoption("--walk-seconds")


def pytest_runtest_setup(item):
    """A test that needs a server is skipped on a laptop without one, and fails in CI."""
    missing = pytest.fail if CI and os.environ.get("ADIT_TEST_SERVICES") else pytest.skip
    if item.get_closest_marker("elasticsearch") and not settings.ELASTICSEARCH_URL:
        missing("needs Elasticsearch: set ELASTICSEARCH_URL")
    if item.get_closest_marker("postgresql") and connection.vendor != "postgresql":
        missing("needs PostgreSQL: set DATABASE_URL")
    if item.get_closest_marker("browser") and not chromium():
        (pytest.fail if CI else pytest.skip)("needs Chromium: install it, or set CHROMIUM to its path")


def chromium():
    """The path of a Chromium to test with, or None."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Files, letters and the embedded index of each test are its own; no page is kept unless it asks."""
    kept.forget()
    kept_pages.forget()
    settings.KEPT_PAGES_MB = 0
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FILES_ROOT = tmp_path / "files"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    # What Wagtail notes for its admin (its own search, who refers to whom) is queued and left there.
    settings.TASKS = settings.TASKS | {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def own_index(settings, elasticsearch_server):
    """The Elasticsearch index of each test is its own too: nothing of another test can be found in it."""
    prefix = f"adit-test-{os.getpid()}-{next(numbers)}"
    settings.ELASTICSEARCH_INDEX_PREFIX = prefix
    yield
    if elasticsearch_server:
        for name in elasticsearch_server.indices.get(index=f"{prefix}-*", expand_wildcards="all"):
            elasticsearch_server.indices.delete(index=name)


@pytest.fixture(scope="session")
def elasticsearch_server():
    """The real Elasticsearch, or None where the suite runs on the embedded default."""
    if url := settings.ELASTICSEARCH_URL:
        with Elasticsearch(url) as server:
            yield server
    else:
        yield None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, tmp_path_factory):
    """The test database is set up like a new site (page tree, groups, workflow), but for the synonyms: a test
    makes those it is about.

    It is kept from run to run (migrations are most of a run's time); a run that was cut off may have left
    content, so it is emptied first. After changing an existing migration: pytest --create-db.
    """
    # Setting up writes to the search index: never to the one of the site that runs here.
    settings.VAR_DIR = tmp_path_factory.mktemp("var")
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)
        call_command("createcachetable")
        set_up_site()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """Tests with real transactions leave an empty database: set the site up again for whoever comes next."""
    result = yield
    marker = item.get_closest_marker("django_db")
    if "transactional_db" in item.fixturenames or (marker and marker.kwargs.get("transaction")):
        with item.config.stash[blocking_manager_key].unblock():
            set_up_site()
    return result


@pytest.fixture
def signed_in(client):
    """Sign a person in at the test client: `signed_in(user)` returns the client."""

    def sign_in(user):
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return sign_in
