"""The site that is walked, and the rule that one failed step never hides the next."""

import gc
import logging

import pytest

from tests.crawl.world import World


@pytest.fixture
def world(settings, django_capture_on_commit_callbacks):
    """A site with one of everything, found by the admin’s search and the site’s, as on one that runs."""
    immediate = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    settings.TASKS = settings.TASKS | {"default": immediate}
    settings.ELASTICSEARCH_URL = ""
    with django_capture_on_commit_callbacks(execute=True):
        world = World()
    # Each record of the log keeps its request: of so many, they would fill the memory.
    logging.disable(logging.CRITICAL)
    yield world
    logging.disable(logging.NOTSET)
    # What was left open is closed here, where it is known of, and not in whatever test comes next.
    gc.collect()
