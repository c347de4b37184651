"""What is often looked for: counts of texts without a trace of who asked.

A search page appends one line to the file of the day, because no visitor's request writes to the database.
The worker turns the file into counts (again and again, each time from the start, so that nothing counts
twice) and erases it a day later, counts after 90 days. A line tells two visitors apart by a number that means
nothing without the day's salt, which goes with the file.
"""

import hashlib
import logging
import os
import re
import secrets
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from network.client import client_of
from search.models import SearchCount

KEPT_DAYS = 90
LARGEST_FILE = 20_000_000
LONGEST, MOST_WORDS, MOST_DIGITS = 60, 8, 5
# What fewer people asked may say something of one of them.
SHOWN_FROM = 3
# Addresses of mail and of the web, and what only a person would paste.
PERSONAL = re.compile(r"@|://|\bwww\.|[\x00-\x1f\x7f]")
BATCH = 500

logger = logging.getLogger(__name__)
sizes = {}


# Noting


def note(request, query, total):
    """Note that somebody looked for a text and what came of it. Never an error, never a database query."""
    text = countable(query.text)
    if not text or query.page != 1:
        return
    # With filters chosen, nothing found says nothing of the text.
    is_zero = not total and not query.facets and not query.bands
    with suppress(OSError):
        file = day_file(timezone.localdate())
        if file.exists() and file.stat().st_size > LARGEST_FILE:
            return
        line = f"{asker(request, salt(file))}\t{int(is_zero)}\t{text}\n".encode()
        # One write of one line at the end: lines of several processes never mix.
        with file.open("ab", buffering=0) as end:
            end.write(line)


def countable(text):
    """The text as it is counted, or nothing when it may be about a person or is too long to be a search."""
    if PERSONAL.search(text):
        return ""
    text = " ".join(text.lower().split())
    is_short = 2 <= len(text) <= LONGEST and len(text.split()) <= MOST_WORDS
    return text if is_short and sum(sign.isdigit() for sign in text) <= MOST_DIGITS else ""


def asker(request, key):
    """A number for this visitor that is another one tomorrow."""
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    about = session or f"{client_of(request)} {request.headers.get('User-Agent', '')}"
    return hashlib.blake2s(about.encode(errors="replace"), key=key, digest_size=8).hexdigest()


def folder():
    return Path(settings.VAR_DIR) / "search" / "asked"


def day_file(day):
    return folder() / f"{day:%Y-%m-%d}.txt"


def salt(file):
    """The salt of the file's day, made by whoever asks first."""
    path = file.with_suffix(".salt")
    with suppress(FileNotFoundError):
        return path.read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    made.write_bytes(secrets.token_bytes(16))
    with suppress(FileExistsError):
        # A link appears whole and only once, whoever else is making one.
        os.link(made, path)
    made.unlink()
    return path.read_bytes()


# Counting


def collect():
    """Turn what was noted into counts, and erase what is old. Part of the worker's round."""
    today = timezone.localdate()
    for file in sorted(folder().glob("*.txt")):
        with suppress(ValueError, OSError):
            day = date.fromisoformat(file.stem)
            count_day(file, day)
            if day < today:
                file.unlink()
                file.with_suffix(".salt").unlink(missing_ok=True)
    SearchCount.objects.filter(day__lt=today - timedelta(days=KEPT_DAYS)).delete()


def count_day(file, day):
    """Make the counts of the day those of its file."""
    size = file.stat().st_size
    if sizes.get(file) == size:
        return
    askers = {}
    with file.open(errors="replace") as lines:
        for line in lines:
            who, is_zero, text = [*line.rstrip("\n").split("\t", 2), "", ""][:3]
            if text == countable(text) and text:
                # The last answer counts: what was missing in the morning may be there at noon.
                askers.setdefault(text, {})[who] = is_zero == "1"
    rows = [
        SearchCount(text=text, day=day, count=len(people), zero=sum(people.values()))
        for text, people in sorted(askers.items())
    ]
    with transaction.atomic():
        for start in range(0, len(rows), BATCH):
            SearchCount.objects.bulk_create(
                rows[start : start + BATCH],
                update_conflicts=True,
                unique_fields=["text", "day"],
                update_fields=["count", "zero"],
            )
    sizes[file] = size


# Showing


def counted():
    """Texts that enough people looked for in the last 90 days, the most frequent first."""
    since = timezone.localdate() - timedelta(days=KEPT_DAYS)
    texts = SearchCount.objects.filter(day__gte=since).values("text").order_by()
    texts = texts.annotate(asked=Sum("count"), without=Sum("zero")).filter(asked__gte=SHOWN_FROM)
    return texts.order_by("-asked", "text")


def frequent_searches(beginning="", most=5):
    """Texts that many looked for and that found something, those that begin so; one query."""
    texts = counted().filter(without__lt=F("asked"))
    if beginning:
        texts = texts.filter(text__startswith=" ".join(beginning.lower().split()))
    return list(texts.values_list("text", flat=True)[:most])


def searches_without_results(most=20):
    """[{"text", "asked", "without"}]: what most people looked for in vain."""
    return list(counted().filter(without__gte=SHOWN_FROM).order_by("-without", "text")[:most])
