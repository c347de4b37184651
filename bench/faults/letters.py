"""Letters on bad days: a worker that is killed, a mail server that is away, one bad thing among good ones."""

import random
import shutil
import signal
import subprocess
import sys
import time

import requests

from bench.faults.post import ADDRESS, Post
from bench.faults.running import RunningSite
from bench.faults.site import ROOT, until

LETTERS, KILLS = 500, 20
AWAY = 600  # seconds

WRITE = """
from network.models import Letter
Letter.objects.bulk_create(
    Letter(to=f"{who}{{number}}@example.org", subject="An example letter", text="Made up.")
    for number in {numbers!r}
)
"""
LEFT = """
from network.models import Letter, Setback
print(Letter.objects.filter(sent_at=None).count(), Setback.objects.set_aside().count())
"""


def prepared(folder, name):
    """A new site's data in a folder of its own, and its environment with our mail server."""
    pattern = folder / "pattern"
    if not pattern.exists():
        pattern.mkdir()
        with RunningSite(pattern):
            pass
    place = folder / name
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(pattern, place)
    return RunningSite(place, EMAIL_URL=ADDRESS)


def kill_worker(folder):
    """The worker is killed 20 times in 500 letters: each arrives, at most the one in flight twice."""
    site = prepared(folder, "killed")
    site.python(WRITE.format(who="killed", numbers=range(LETTERS)))
    kills = 0
    with Post(seconds=0.05) as post:
        while kills < KILLS:
            before = sum(post.letters.values())
            worker = subprocess.Popen(
                [sys.executable, "manage.py", "work"],
                cwd=ROOT,
                env=site.environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            if until(lambda before=before: sum(post.letters.values()) > before, 60) is None:
                worker.kill()
                break
            time.sleep(random.uniform(0, 1))
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            kills += 1
        worker = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, env=site.environment)
        all_there = until(lambda: len(post.people) == LETTERS, 120)
        time.sleep(5)
        worker.terminate()
        worker.wait()
    same, different = post.doubled
    return (
        kills == KILLS and all_there is not None and same <= KILLS and different == 0,
        f"{kills} kills, {len(post.people)} of {LETTERS} people have their letter, {same} came twice with "
        f"the same Message-ID, {different} with another",
    )


def mail_down(folder):
    """The mail server is away for ten minutes: people register and sign up, no letter is lost or doubled."""
    post = Post()
    with prepared(folder, "away") as site:
        began = time.monotonic()
        site.python(WRITE.format(who="away", numbers=range(50)))
        time.sleep(2)
        asked = time.monotonic()
        answer = site.post(requests.Session(), "/account/password/reset/", {"email": "officer@adit.example"})
        took = time.monotonic() - asked
        told = until(lambda: site.get("/healthz").json()["status"] == "degraded", AWAY - 60)
        time.sleep(max(0, AWAY - (time.monotonic() - began)))
        post.open()
        back = until(lambda: len(post.people) == 51, 400)
        well = until(lambda: site.get("/healthz").json()["status"] == "ok", 60)
        left = site.python(LEFT).split()
    post.close()
    same, different = post.doubled
    return (
        back is not None and same == different == 0 and left == ["0", "0"] and answer.ok and well is not None,
        f"asking for a new password answered {answer.status_code} in {took:.1f} s; degraded after "
        f"{told or -1:.0f} s; {len(post.people)} of 51 letters came within {back or -1:.0f} s of its return, "
        f"{same + different} twice, {left[0]} wait, {left[1]} set aside; ok again: {well is not None}",
    )


POISON = """
from datetime import timedelta
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from knowledge.models import GoodPracticePage, SectionPage
from network.models import Letter, Organisation
from search.models import SearchDocument
from network.letters import send_waiting_letters

def letter(to, **fields):
    Letter.objects.create(to=to, subject="An example letter", text="Made up.", **fields)

def page(number):
    section = SectionPage.objects.get(slug="good-practices")
    one = GoodPracticePage(title=f"Example of a bad day {{number}}", slug=f"bad-day-{{number}}", live=False,
        go_live_at=timezone.now() - timedelta(minutes=1))
    one.ensure_reference()
    section.add_child(instance=one)
    one.organisation = Organisation.objects.create(name=f"Made-up body {{number}}")
    revision = one.save_revision(approved_go_live_at=one.go_live_at)
    return one, revision

pages = [page(number) for number in range(8)]
# A gone link, a taken address, a broken revision, one of something that is no page.
pages[1][0].organisation.delete()
taken, revision = pages[2]
revision.content["slug"] = pages[0][0].slug
revision.save()
_, revision = pages[3]
revision.content["stage_marks"] = [{{"stage": 12, "page": "x"}}]
revision.save()
_, revision = pages[4]
revision.content["regions"] = ["nowhere"]
revision.save()
_, revision = pages[5]
revision.content = {{}}
revision.save()

addresses = [
    "a@\\u200eb.example", "a@\\u05d0\\u05d11.com", "no address", "", "two@example.org\\nBcc: x@example.org",
    "x" * 60 + "@" + "y" * 100 + ".example", "a@b@c.example", "\\x01@example.org", "späße@example.org",
    "a@-.example",
]
for number, address in enumerate(addresses):
    letter(f"good{{number}}@example.org")
    letter(address)
letter("header@example.org", headers={{"X-Bad": "one\\ntwo"}})
letter("headers@example.org", headers=["no", "dictionary"])
letter("calendar@example.org", calendar="BEGIN:VCALENDAR", calendar_method="RE\\nQUEST")
letter("last@example.org")

rows = list(SearchDocument.objects.filter(deleted=False).order_by("pk")[:3])
for row, broken in zip(rows, [{{"texts": {{"en": {{"title": 5}}}}}}, {{"facets": "none"}}]):
    SearchDocument.objects.filter(pk=row.pk).update(**broken, version=row.version + 1)
SearchDocument.objects.filter(pk=rows[2].pk).update(key="practice:no-such-thing", dirty=True)

send_waiting_letters.enqueue()
DBTaskResult.objects.filter(status="READY").update(task_path="nowhere.to_be_found")
send_waiting_letters.enqueue()
"""
LIVE = """
from knowledge.models import GoodPracticePage
live = GoodPracticePage.objects.live().filter(slug__in=["bad-day-0", "bad-day-6", "bad-day-7"])
print(*live.values_list("slug", flat=True))
"""
FOUND = """
from search.queries import search
from search.query import Query
print(search(Query(text="bad day")).total)
"""

NOTED = """
from collections import Counter
from network.models import Setback
print(dict(Counter(Setback.objects.values_list("kind", flat=True))))
"""


def poisoned(folder):
    """A letter, a page, a row, a task of every bad kind between good ones: the good ones get there."""
    good = {f"good{number}@example.org" for number in range(10)} | {"last@example.org"}
    with Post() as post, prepared(folder, "poisoned") as site:
        worker = site.worker()
        site.python(POISON.format())
        letters = until(lambda: good <= post.people, 60)
        pages = until(lambda: len(site.python(LIVE).split()) == 3, 90)
        found = until(lambda: int(site.python(FOUND)) >= 3, 60)
        same_worker = site.worker() == worker
        kinds = site.python(NOTED).strip()
        told = site.get("/healthz")
    return (
        None not in (letters, pages, found) and same_worker and told.status_code == 200,
        f"good letters after {letters or -1:.0f} s, good pages public after {pages or -1:.0f} s, found after "
        f"{found or -1:.0f} s more; noted: {kinds}; the worker is the same process: {same_worker}; "
        f"/healthz {told.status_code} {told.json()['status']}",
    )
