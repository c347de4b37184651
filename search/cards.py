"""One result as the list, the table and the map print it: finished values, in the reader's language.

A card is a plain dictionary, because a template looks into those fastest, and a page looks hundreds of times.
"""

import datetime as dt
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from knowledge.choices import EvidenceState, Origin
from knowledge.search_documents import stages as all_stages
from regions.choices import Stage
from search.choices import Kind
from search.found_by import found_by
from search.showing import number


def cards(form, results):
    """The results of this page, in their order; each a dictionary:

    url, title        where it is, and what it is called, as plain text
    marked, excerpt   the title and a piece of text as HTML with what was looked for marked; the excerpt may
                      be empty
    kind_label        which kind it is, where kinds are mixed
    reference         what it is called in a comparison; nothing where it cannot be compared
    meta, place       where and when, in short pieces; the place alone
    found_by          why it was found, where title and excerpt do not show it
    weights           "main", "touched" or "" for each of the seven stages, or none where it is about no stage
    core, stages      the same drawn: as a small drill core, and in words
    proof             {label, short, state, of} of its evidence, or none
    proof_badge       the same drawn
    facts, tags       [{label, value, key}], [{label, is_solid}]
    cost, transfers   the cost as text, and in how many policy changes it lives on
    """
    words = names()
    return [card(hit, form, results, words) for hit in results.hits]


def names():
    """What cards call things, asked for once a page."""
    return {
        "facts": {"materials": _("Materials"), "cost": _("Cost")},
        "source": _("Source"),
        "collected": _("From a public source"),
        "collected_short": _("Collected"),
        "evidence": _("Evidence"),
        "tags": (
            ("is_strategic", _("Strategic raw material"), True),
            ("is_critical", _("Critical raw material"), False),
        ),
        "used": _("Used"),
    }


def card(hit, form, results, words):
    item = hit.display
    weights = stage_weights(item)
    core, stages = drawn_stages(weights, get_language()) if weights else ("", "")
    proof = proof_of(item, words)
    facts = [
        fact | {"label": words["facts"].get(fact.get("key"), fact["label"])} for fact in item.get("facts", ())
    ]
    facts += transfers(item, words)
    tags = [{"label": label, "is_solid": is_solid} for key, label, is_solid in words["tags"] if item.get(key)]
    return {
        "url": item.get("url", ""),
        "title": item.get("title", ""),
        "marked": marked(hit.title_parts),
        "excerpt": marked(hit.text_parts),
        "kind_label": "" if form.query.kind else capfirst(item.get("kind_label", "")),
        "reference": item.get("reference", "") if hit.kind == Kind.PRACTICE else "",
        "meta": [line for line in meta(hit.kind, item) if line],
        "place": item.get("place", ""),
        "found_by": found_by(hit, form, results),
        "weights": weights,
        "core": core,
        "stages": stages,
        "proof": proof,
        "proof_badge": drawn_badge(proof["state"], proof["label"]) if proof else "",
        "facts": facts,
        "tags": tags,
        "cost": next((fact["value"] for fact in facts if fact.get("key") == "cost"), ""),
        "transfers": item.get("transfers", 0),
    }


def marked(parts):
    """Parts of a text as HTML, with a mark around what was looked for."""
    pieces = (f"<mark>{escape(part.text)}</mark>" if part.hit else escape(part.text) for part in parts)
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped


def stage_weights(item):
    """How much it is about each of the seven stages, or nothing where it is about none."""
    weights = tuple(stage["weight"] for stage in item.get("stages", ()))
    return weights if any(weights) else ()


# The same few drawings stand on a page of results again and again.


@lru_cache(maxsize=1000)
def drawn_stages(weights, language):
    stages = all_stages(dict(zip(Stage.values, weights, strict=True)))
    return tuple(
        render_to_string(f"components/{name}.html", {"stages": stages}) for name in ("core_bar", "stages")
    )


@lru_cache(maxsize=100)
def drawn_badge(state, label):
    return render_to_string("components/badge.html", {"state": state, "label": label})


def proof_of(item, words):
    """What speaks for it: its evidence, or nothing but a public source, as the facet "evidence" counts."""
    evidence = item.get("evidence", {})
    is_proved = evidence.get("state") in (EvidenceState.VERIFIED, EvidenceState.IN_REVIEW)
    if item.get("origin") == Origin.COLLECTED and not is_proved:
        short = words["collected_short"]
        return {"of": words["source"], "state": "collected", "label": words["collected"], "short": short}
    if label := evidence.get("label"):
        return {"of": words["evidence"], "state": evidence["state"], "label": label, "short": label}
    return None


def transfers(item, words):
    """In how many validated changes of policy a practice lives on, where there are any."""
    if count := item.get("transfers", 0):
        value = ngettext("in %(number)s policy change", "in %(number)s policy changes", count)
        yield {"key": "transfers", "label": words["used"], "value": value % {"number": number(count)}}


def meta(kind, item):
    """Where and when, in short pieces; first that it does not take place, where that is so."""
    if item.get("is_cancelled"):
        yield _("Cancelled")
    yield day(item.get("date", ""))
    if kind == Kind.REGION:
        yield " ".join(filter(None, [item.get("level_label"), item.get("reference")]))
    if kind == Kind.MATERIAL:
        yield item.get("reference")
        yield item.get("group_label")
    yield item.get("place")
    yield item.get("years")


def day(iso):
    """The day in words; what is no day stays as it is."""
    if not iso:
        return ""
    try:
        return date_format(dt.date.fromisoformat(str(iso)[:10]))
    except ValueError:
        return str(iso)
