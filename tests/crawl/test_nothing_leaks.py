"""Nobody reads a title, name, file, comment or claim that is not for them, at any address of the site."""

import logging
import random
import time

import pytest

from tests.crawl.addresses import all_addresses
from tests.crawl.walking import Walker, without_address
from tests.crawl.world import ROLES, World

pytestmark = pytest.mark.django_db

SEED = 20261127
SECONDS = 40


@pytest.fixture
def world(settings):
    # The admin's own search finds what was just written, as on a site that runs.
    immediate = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    settings.TASKS = settings.TASKS | {"default": immediate}
    # Each record of the log keeps its request: of so many, they would fill the memory.
    logging.disable(logging.CRITICAL)
    yield World()
    logging.disable(logging.NOTSET)


def test_nobody_reads_what_is_not_for_them_at_any_address(world, soak, capsys):
    addresses = all_addresses(world)
    cells = [(role, address) for address in addresses for role in ROLES]
    random.Random(SEED).shuffle(cells)
    walkers = {role: Walker(user) for role, user in world.people.items()}
    leaks, failures, walked, ends = {}, [], 0, time.monotonic() + SECONDS

    for role, address in cells:
        if not soak and time.monotonic() > ends:
            break
        answer = walkers[role].ask(address)
        walked += 1
        if answer.status >= 500:
            failures.append((answer.status, role, address))
        said = without_address(answer.text, address)
        for leak in world.markers.leaks(said, role):
            leaks.setdefault(leak, []).append((role, address))

    with capsys.disabled():
        print(f"\ncrawler: {len(addresses)} addresses, {len(ROLES)} roles, {walked} of {len(cells)} cells,")
        print(f"{len(world.markers.of)} markers, {len(leaks)} leaked, {len(failures)} answers of 500 or more")
    assert (leaks, failures) == ({}, [])
