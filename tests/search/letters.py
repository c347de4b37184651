"""Saved searches and the letters about them."""

import datetime as dt
from email import message_from_bytes, policy

from django.core import mail
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from network.letters import send_waiting
from search import digests
from search import saved as keeping
from search.forms import SearchForm

DAY = dt.timedelta(days=1)


def keep(user, address, frequency="daily", **about):
    form = SearchForm(QueryDict(address), address=reverse("search"))
    return keeping.save(user, form, frequency=frequency, **about)[0]


def later(days=1):
    return timezone.now() + days * DAY


def sent(now):
    """What leaves when the worker passes at this moment."""
    digests.write_due(now)
    send_waiting()
    letters, mail.outbox[:] = list(mail.outbox), []
    return letters


def titles_in(letter):
    return [line[2:] for line in letter.body.splitlines() if line.startswith("* ")]


def stop_address(letter):
    headers = message_from_bytes(letter.message().as_bytes(), policy=policy.default)
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return headers["List-Unsubscribe"].strip(" <>").removeprefix("http://localhost:8000")
