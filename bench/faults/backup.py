"""A backup taken while signed-in people register at many events, and an empty site made from it."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading

from bench.faults import postgresql
from bench.faults.running import RunningSite
from bench.faults.site import ROOT

PEOPLE, EVENTS, PLACES = 24, 12, 6

WORLD = f"""
import json
from datetime import timedelta
from allauth.account.models import EmailAddress
from django.utils import timezone
from events import registration
from events.models import LearningEventPage
from knowledge.models import SectionPage
from network.models import User
section = SectionPage.objects.get(slug="events")
start = timezone.now() + timedelta(days=30)
slugs, emails = [], []
for number in range({EVENTS}):
    event = LearningEventPage(title=f"Example event {{number}} of a bad day", slug=f"bad-day-{{number}}",
        start=start, end=start + timedelta(hours=2), city="Nowhere")
    event.ensure_reference()
    section.refresh_from_db()
    section.add_child(instance=event)
    registration.change_capacity(event, {{"on-site": {PLACES}}}, by=None)
    slugs.append(event.slug)
for number in range({PEOPLE}):
    email = f"bad-day-{{number}}@example.org"
    user = User.objects.create_user(email, "tailings-and-daylight", first_name="Example", last_name="Person")
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    emails.append(email)
print(json.dumps([slugs, emails]))
"""
ADDRESSES = """
import json
from django.urls import reverse
from regions.models import RawMaterial, Region
from wagtail.models import Page
paths = [page.get_url() for page in Page.objects.live().public().filter(depth__gt=1)]
paths += ["/", "/search/", "/search/?q=tailings", "/progress/", "/regions/", "/materials/", "/events/"]
for address, model in (("regions", Region), ("materials", RawMaterial)):
    codes = model.objects.filter(pages__live=True).values_list("code", flat=True).distinct()
    paths += [f"/{address}/{code}/" for code in codes]
print(json.dumps(sorted({path for path in paths if path})))
"""
REGISTERED = """
import json
from events.models import Registration
rows = Registration.objects.values_list("event__slug", "participant__email", "state")
print(json.dumps(sorted(map(list, rows))))
"""


def backup_sqlite(folder):
    return backup(folder, "", "")


def backup_postgresql(folder):
    first, second = (postgresql.new(name) for name in ("adit_faults_first", "adit_faults_second"))
    return backup(folder, first, second)


def backup(folder, first, second):
    """Both sites serve the same pages, and what was answered before the backup began is in it."""
    here, there = folder / "saved", folder / "restored"
    for path in (here, there):
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir()
    file = folder / "faults.backup"
    file.unlink(missing_ok=True)
    with RunningSite(here, DATABASE_URL=first) as site:
        slugs, emails = json.loads(site.python(WORLD))
        arrivals = Arrivals(site, slugs, emails)
        with arrivals:
            answered_before = list(arrivals.answered)
            saved = command(site, "backup", str(file))
            answered_meanwhile = len(arrivals.answered) - len(answered_before)
        paths = json.loads(site.python(ADDRESSES))
        pages = {path: shown(site, path) for path in paths}
    there_environment = {"DATABASE_URL": second, "ADIT_VAR_DIR": str(there)}
    restored = subprocess.run(
        [sys.executable, "manage.py", "restore", str(file)],
        cwd=ROOT,
        env=os.environ | there_environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if saved.returncode or restored.returncode:
        return False, f"{saved.stderr}{restored.stderr}"
    with RunningSite(there, DATABASE_URL=second) as site:
        differing = [path for path in paths if shown(site, path) != pages[path]]
        rows = json.loads(site.python(REGISTERED))
    found = {(slug, email) for slug, email, _state in rows}
    lost = [one for one in answered_before if one not in found]
    overbooked = [
        slug for slug in slugs if sum(row[0] == slug and row[2] == "confirmed" for row in rows) > PLACES
    ]
    return (
        not differing and not lost and not overbooked and answered_meanwhile > 0,
        f"{len(answered_before)} registrations answered before it began, {answered_meanwhile} while it ran, "
        f"{len(lost)} lost, {len(overbooked)} events overbooked; {len(paths)} public pages, "
        f"{len(differing)} differ {differing[:3]}; {saved.stdout.strip()}",
    )


class Arrivals:
    """People who register one after the other, four at a time."""

    def __init__(self, site, slugs, emails):
        self.site, self.slugs = site, slugs
        self.answered, self.stop, self.many = [], threading.Event(), threading.Event()
        self.threads = [threading.Thread(target=self.work, args=[emails[n::4]]) for n in range(4)]

    def work(self, emails):
        for email in emails:
            session = self.site.signed_in(email, "tailings-and-daylight")
            for slug in self.slugs:
                if self.stop.is_set():
                    return
                data = {"mode": "on-site", "name": "Example Person", "country": "SE", "needs": ""}
                answer = self.site.post(session, f"/events/{slug}/register/", data)
                if answer.ok:
                    self.answered.append((slug, email))
                if len(self.answered) > 40:
                    self.many.set()
        self.many.set()

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        self.many.wait(timeout=240)
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join(timeout=60)


def command(site, *words):
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
        check=False,
    )


def shown(site, path):
    """What a page shows: its status and text, without form marks and free places."""
    answer = site.get(path)
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.text)
    # Free places go on changing while the backup is made.
    text = re.sub(r'<div class="evrow__s">.*?</div>', "", text)
    if "/events/bad-day" in path:
        text = re.search(r"<h1.*?</h1>", text, re.DOTALL)[0]
    return answer.status_code, text
