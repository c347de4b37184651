"""Whatever is asked or sent, as whoever it may be, the site answers; no answer is an error of the site."""

import random
import time
from collections import Counter, defaultdict

import pytest

from tests.crawl.addresses import from_the_table
from tests.crawl.forms_found import fields
from tests.crawl.rubbish import ASKED, BODIES, FILES, QUESTIONS, VALUES, file_of, question
from tests.crawl.walking import Walker
from tests.crawl.world import ADMINISTRATOR, AUTHOR, OFFICER, ROLES

# Wagtail leaves the file of a picture it could not show to be closed by itself.
LEFT_OPEN = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
pytestmark = [pytest.mark.django_db, LEFT_OPEN]

SEED = 20261127
# Who may do most meets every kind of rubbish at every address, the others so many kinds.
KINDS = {ADMINISTRATOR: None, OFFICER: 6, AUTHOR: 6}
FEW = 2


@pytest.fixture
def addresses(world):
    """One address of each name in the URL table: they differ in their row only."""
    of_name = defaultdict(list)
    for address, name in from_the_table(world).items():
        of_name[name].append(address)
    chance = random.Random(SEED)
    return [chance.choice(found) for found in of_name.values()]


def cells(addresses, kinds):
    """(role, address, kind of rubbish) in an order of chance that is always the same."""
    chance = random.Random(SEED)
    found = []
    for address in addresses:
        for role in ROLES:
            tried = chance.sample(kinds, KINDS.get(role, FEW) or len(kinds))
            found += [(role, address, kind) for kind in tried]
    chance.shuffle(found)
    return found


def walk(found, seconds, step):
    """Take the steps, all of them or as many as the time allows; what failed, and how many of each kind."""
    faults, tried, ends = defaultdict(list), Counter(), time.monotonic() + seconds
    for role, address, kind in found:
        if time.monotonic() > ends:
            break
        tried[kind] += 1
        if fault := step(role, address, kind):
            faults[fault].append(f"{kind} at {address[:200]} by {role}")
    return faults, tried


def tell(capsys, what, faults, tried, found):
    with capsys.disabled():
        print(f"\nrubbish {what}: {sum(tried.values())} of {len(found)} cells, {len(faults)} faults")
        print(", ".join(f"{kind} {number}" for kind, number in sorted(tried.items())))
        for fault, where in faults.items():
            print(f"- {len(where)} times, first {where[0]}:\n{fault}")


def test_no_question_stops_a_page_and_no_way_leads_in_a_circle(world, addresses, seconds, capsys):
    walkers = {role: Walker(user) for role, user in world.people.items()}
    chance = random.Random(SEED)

    def ask(role, address, kind):
        # All names at once, or a few: what is wrong with one hides what is wrong with the next.
        names = chance.sample(ASKED, chance.choice((1, 3, 10, len(ASKED))))
        asked = QUESTIONS.get(kind) or question(VALUES[kind], names)
        answers = walkers[role].follow(address + asked)
        if answers[-1].status >= 500:
            return answers[-1].fault
        return "leads in a circle" if answers[-1].leads_to else None

    found = cells(addresses, [*VALUES, *QUESTIONS])
    faults, tried = walk(found, seconds, ask)

    tell(capsys, "asked", faults, tried, found)
    assert faults == {}


def test_no_rubbish_that_is_sent_stops_the_site(world, addresses, seconds, capsys):
    walkers = {role: Walker(user) for role, user in world.people.items()}
    shown = {}

    def form_at(role, address):
        if (role, address) not in shown:
            shown[role, address] = fields(walkers[role].ask(address).text)
        return shown[role, address]

    def send(role, address, kind):
        if kind in BODIES:
            content_type, body = BODIES[kind]
            answer = walkers[role].send_raw(address, body, content_type)
        else:
            answer = walkers[role].send(address, filled(form_at(role, address), kind))
        return answer.fault if answer.status >= 500 else None

    found = cells(addresses, [*VALUES, *BODIES, *FILES])
    faults, tried = walk(found, seconds, send)

    tell(capsys, "sent", faults, tried, found)
    assert faults == {}


def filled(form, kind):
    """A form with rubbish in its fields; files go into its file fields, beside what it held."""
    if kind in FILES:
        data = {name: value for name, (_, value) in form.items()}
        places = [name for name, (type_of, _) in form.items() if type_of == "file"] or ["file", "files[]"]
        return data | {name: file_of(kind) for name in places}
    # Hidden fields too, but for what counts the rows of a form: without it nothing of them is read.
    return {
        name: value if name.endswith(("TOTAL_FORMS", "INITIAL_FORMS")) else VALUES[kind]
        for name, (_, value) in form.items()
    } | {"decision": VALUES[kind], "title": VALUES[kind]}
