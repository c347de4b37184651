"""Nobody reads a title, name, file, comment or claim that is not for them, at any address of the site."""

import random
import time

import pytest

from tests.crawl.addresses import all_addresses
from tests.crawl.walking import Walker, without_address
from tests.crawl.world import EXPERT, RIVAL, ROLES

# Wagtail leaves the file of a picture it could not show to be closed by itself.
LEFT_OPEN = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
pytestmark = [pytest.mark.django_db, LEFT_OPEN]

SEED = 20261127
# A sample begins with those who come in everywhere and may not read everything.
NEAREST = (RIVAL, EXPERT)


def test_nobody_reads_what_is_not_for_them_at_any_address(world, seconds, capsys):
    addresses = all_addresses(world)
    cells = [(role, address) for address in addresses for role in ROLES]
    random.Random(SEED).shuffle(cells)
    cells.sort(key=lambda cell: cell[0] not in NEAREST)
    walkers = {role: Walker(user) for role, user in world.people.items()}
    leaks, failures, walked, ends = {}, {}, 0, time.monotonic() + seconds

    for role, address in cells:
        if time.monotonic() > ends:
            break
        answer = walkers[role].ask(address)
        walked += 1
        # Every address here is a sound one: what a view takes for a mistake is none of ours.
        if answer.status >= 500 or answer.fault:
            failures.setdefault(answer.fault, []).append((role, address))
        said = without_address(answer.text, address)
        for leak in world.markers.leaks(said, role):
            leaks.setdefault(leak, []).append((role, address))

    with capsys.disabled():
        print(f"\ncrawler: {len(addresses)} addresses, {len(ROLES)} roles, {walked} of {len(cells)} cells,")
        print(f"{len(world.markers.of)} markers, {len(leaks)} leaked, {len(failures)} errors of the site")
        for what, where in (leaks | failures).items():
            print(f"- {what}: {len(where)} times, such as {where[:3]}")
    assert (leaks, failures) == ({}, {})
