"""Letters about what is new in saved searches: one a person and frequency, and nothing twice for a search.

What a search has told of stands with it in the row, written in the same transaction as the letter: a crash
between the two leaves neither. What is public is asked once more when the letter leaves.
"""

import logging
from dataclasses import replace

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network import letters, setbacks
from network.addresses import full_address
from network.choices import SetbackKind
from network.models import User
from search import documents, queries, unsubscribe
from search.choices import Frequency
from search.letter_times import last_boundary
from search.models import Digest, SavedSearch, SearchDocument
from search.query import NEWEST
from search.rows import rows
from search.saved import address, form_of, has_lost_a_filter
from search.why import reasons

LETTER = "search/letters/digest.txt"
WRITING = (Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY)
# How far back changes are looked at again, in microseconds, the unit of versions: three days. A row may be
# committed late or reach the index late; what was told of is known by its key.
LOOKED_AT_AGAIN = 3 * 24 * 3600 * 1_000_000
ASKED_AT_ONCE = 1_000
# How the key of a letter that could not be written begins: person and frequency follow.
DIGEST = "digest:"
# Of more than this in one search the letter gives the number and the way there.
LISTED = 20

logger = logging.getLogger("adit.letters")


def write_due(now=None):
    """Write every letter that is due at this moment; gives back how many were written."""
    now = now or timezone.now()
    forget_what_was_sent()
    failed = setbacks.pauses(SetbackKind.LETTER, now)
    written = 0
    for user, frequency in due(now).order_by("user", "frequency").values_list("user", "frequency").distinct():
        key = f"{DIGEST}{user}:{frequency}"
        if failed.get(key) == setbacks.RESTS:
            continue
        try:
            written += write_digest(user, frequency, now)
        except Exception as error:
            if setbacks.is_database_gone(error):
                raise
            # One person's searches must not keep everybody else's letters back.
            logger.exception("digest not written", extra={"user": user, "frequency": frequency})
            to = User.objects.filter(pk=user).values_list("email", flat=True).first() or ""
            what = _("Letter about saved searches")
            setbacks.note(SetbackKind.LETTER, key, error, what=what, to=to, now=now)
        else:
            if key in failed:
                setbacks.over(SetbackKind.LETTER, [key])
    return written


def give_up(key, now=None):
    """Leave out the letter that could not be written, on a person's decision; the next one is tried again."""
    user, frequency = key.removeprefix(DIGEST).split(":")
    SavedSearch.objects.filter(user=user, frequency=frequency).update(looked_at=now or timezone.now())


def due(now):
    """The searches whose turn has come since it was last looked."""
    turn = Q()
    for frequency in WRITING:
        turn |= Q(frequency=frequency, looked_at__lt=last_boundary(frequency, now))
    return SavedSearch.objects.writing().filter(turn)


def forget_what_was_sent():
    Digest.objects.exclude(letter__sent_at=None).delete()


def write_digest(user_id, frequency, now):
    """Write to one person what is new in their searches of this frequency; whether there was anything."""
    mine = due(now).filter(user=user_id, frequency=frequency)
    # The engine is asked before the transaction, so that nobody waits for it.
    looks = {saved.pk: look(saved) for saved in mine}
    with transaction.atomic():
        contents = []
        # Another worker may have been here meanwhile: then these are no longer due.
        for saved in mine.filter(pk__in=looks).select_for_update():
            found, saved.looked_up_to = looks[saved.pk]
            seen = saved.seen_keys
            new = [key for key in found if key not in seen]
            saved.looked_at = now
            if new:
                saved.seen_keys = seen.union(new)
                contents.append([saved.pk, new])
            saved.save(update_fields=["looked_at", "looked_up_to", "seen"])
        said = said_of(contents)
        if not said:
            return False
        user = User.objects.get(pk=user_id)
        letter = letters.write(
            user.email,
            subject(said),
            LETTER,
            context(said, user),
            headers=headers(said),
            # Whoever has the address in it can stop the letters.
            is_secret=True,
            about=f"user:{user.pk}",
        )
        Digest.objects.create(letter=letter, user=user, frequency=frequency, contents=contents)
    return True


def look(saved):
    """The keys of what is new in the search, the newest first, and how far the projection was looked at."""
    form = form_of(saved)
    changes = SearchDocument.objects.public().filter(version__gt=saved.looked_up_to - LOOKED_AT_AGAIN)
    changed = dict(changes.values_list("key", "version"))
    up_to = max([saved.looked_up_to, *changed.values()])
    if has_lost_a_filter(saved, form):
        return [], up_to
    # A letter tells of what was asked for, not of what is near it.
    query = replace(form.query, sort=NEWEST, may_loosen=False)
    seen = saved.seen_keys
    candidates = [key for key in changed if key not in seen]
    found = []
    for start in range(0, len(candidates), ASKED_AT_ONCE):
        found += queries.keys(query, among=candidates[start : start + ASKED_AT_ONCE])
    return public_now(found), up_to


def public_now(keys):
    """Those of these keys whose items everyone may read at this moment, asked of the items themselves."""
    wanted = {}
    for key in keys:
        prefix, _sign, number = key.partition(":")
        wanted.setdefault(prefix, []).append(number)
    public = set()
    for prefix, entries in documents.entries_by_prefix().items():
        if numbers := wanted.get(prefix):
            for entry in entries:
                found = entry.queryset().filter(pk__in=numbers).order_by().values_list("pk", flat=True)
                public.update(entry.key(pk) for pk in found)
    return [key for key in keys if key in public]


# What the letter says


def said_of(contents):
    """What there is to say, by search: [(saved search, items shown, how many in all)]."""
    searches = SavedSearch.objects.writing().in_bulk([pk for pk, _keys in contents])
    public = set(public_now([key for _pk, keys in contents for key in keys]))
    said = []
    for pk, keys in contents:
        keys = [key for key in keys if key in public]
        if keys and pk in searches:
            said.append((searches[pk], rows(keys[:LISTED]), len(keys)))
    return said


def subject(said):
    """How much is new, and in what."""
    number = sum(total for _saved, _rows, total in said)
    if len(said) == 1:
        sentence = ngettext("%(number)s new result: %(name)s", "%(number)s new results: %(name)s", number)
        return sentence % {"number": number, "name": said[0][0].name}
    sentence = ngettext(
        "%(number)s new result in your saved searches",
        "%(number)s new results in your saved searches",
        number,
    )
    return sentence % {"number": number}


def context(said, user):
    """What the template of the letter prints."""
    return {
        "name": user.get_full_name(),
        "searches": [
            {
                "name": saved.name,
                "url": full_address(address(saved)),
                "stop_url": unsubscribe.stop_url([saved]),
                "items": items(saved, found),
                "more": total - len(found),
                "total": total,
            }
            for saved, found, total in said
        ],
        "all_url": full_address(reverse("saved_searches")),
    }


def items(saved, found):
    form = form_of(saved)
    return [
        {
            "title": row.display["title"],
            "kind": row.kind_label,
            "place": row.display.get("place", ""),
            "why": ", ".join(reasons(form, row)),
            "url": row.permanent_url,
        }
        for row in found
    ]


def headers(said):
    return unsubscribe.headers([saved for saved, _rows, _total in said])


# When it leaves


def check_once_more(letter):
    """Bring a waiting letter to what may still be said now; True when that is nothing."""
    digest = Digest.objects.filter(letter=letter).select_related("user").first()
    if digest is None:
        return False
    said = said_of(digest.contents) if digest.user.is_active else []
    give_back(digest.contents)
    if not said:
        return True
    letter.to, letter.subject = digest.user.email, " ".join(subject(said).split())[:200]
    letter.text = letters.text_of(LETTER, context(said, digest.user))
    letter.headers = headers(said)
    return False


def give_back(contents):
    """What became private before anybody was told of it may be told of once it is public again."""
    public = set(public_now([key for _pk, keys in contents for key in keys]))
    for pk, keys in contents:
        hidden = set(keys) - public
        saved = SavedSearch.objects.select_for_update().filter(pk=pk).first() if hidden else None
        if saved:
            saved.seen_keys = saved.seen_keys - hidden
            saved.save(update_fields=["seen"])
