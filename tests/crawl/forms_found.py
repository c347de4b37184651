"""The forms that a page or a window of the admin shows, with the names of their fields."""

import json

from bs4 import BeautifulSoup


def fields(text):
    """(name, type, value) of everything that can be sent from what an address answers."""
    found = {}
    for html in pieces(text):
        if "<form" not in html:
            continue
        for form in BeautifulSoup(html, "html.parser").find_all("form"):
            if (form.get("method") or "get").lower() != "post":
                continue
            for one in form.find_all(["input", "textarea", "select", "button"]):
                if one.get("name") and one["name"] != "csrfmiddlewaretoken":
                    found[one["name"]] = (kind(one), value(one))
    return found


def pieces(text):
    """The text itself, and the HTML within a window that arrives as JSON."""
    if text.startswith("{"):
        try:
            answer = json.loads(text)
        except ValueError:
            return []
        return [part for part in answer.values() if isinstance(part, str)]
    return [text]


def kind(field):
    return field.get("type", "text") if field.name == "input" else field.name


def value(field):
    if field.name == "textarea":
        return field.text
    if field.name == "select":
        chosen = field.find("option", selected=True)
        return chosen.get("value", "") if chosen else ""
    return field.get("value", "")
