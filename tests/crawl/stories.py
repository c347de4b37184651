"""What people do, told in steps: after each the pages are compared.

A story is a generator. Each `yield` ends a change that has to show on one of the pages the story watches;
`yield NOWHERE` one that no page shows.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.urls import reverse

NOWHERE = "nowhere"
stories = []


@dataclass(frozen=True)
class Story:
    """What is done, on which pages it shows, and how it is done."""

    name: str
    watched: tuple
    tell: Any
    is_long: bool = False


def story(*watched, is_long=False):
    """Add the function to the stories; the pages named here show what it does."""

    def add(tell):
        stories.append(Story(tell.__name__.replace("_", " "), watched, tell, is_long))
        return tell

    return add


@cache
def made_once():
    """What answers every browser here: each would make the whole site anew."""
    return Client().handler


def browser(user):
    """The browser of somebody who is signed in."""
    client = Client()
    client.handler = made_once()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def post(user, where, *args, **data):
    """Send this data to an address of the site as this person."""
    answer = browser(user).post(reverse(where, args=args), data)
    assert answer.status_code in (200, 302), answer.status_code
    return answer


def fill(user, where, *args, **changes):
    """Open a form of the admin, change some fields and send it; it has to be taken."""
    client, address = browser(user), reverse(where, args=args)
    page = client.get(address, follow=True)
    data = fields(page.content) | changes
    answer = client.post(page.request["PATH_INFO"], {k: v for k, v in data.items() if v is not None})
    assert answer.status_code == 302, problems(answer)


def fields(content):
    """What a browser sends of the largest form of a page."""
    forms = BeautifulSoup(content, "html.parser").find_all(
        "form", method=lambda way: (way or "").lower() == "post"
    )
    form = max(forms, key=lambda form: len(form.find_all(["input", "select", "textarea"])))
    data = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        kind = field.get("type", "")
        if kind in ("submit", "button", "file") or (
            kind in ("checkbox", "radio") and not field.has_attr("checked")
        ):
            continue
        if field.name == "select":
            values = [option["value"] for option in field.select("option[selected]")]
            values = values or [option["value"] for option in field.select("option")[:1]]
        elif field.name == "textarea":
            values = [field.text.removeprefix("\n")]
        else:
            values = [field.get("value", "on" if kind == "checkbox" else "")]
        data.setdefault(field["name"], []).extend(values)
    return data


def problems(answer):
    """What a form that was refused says."""
    form = (answer.context or {}).get("form") if answer.context else None
    return answer.status_code, dict(form.errors) if form is not None else answer.content[:300]
