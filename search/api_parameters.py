"""What a program may ask the API, read by the same form as the page's address, and described for OpenAPI."""

import datetime as dt
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from regions.choices import Stage
from search.choices import KINDS
from search.facets import MANY_VALUED, STAGE_WEIGHTS
from search.forms import PAGE_SIZE, SearchForm, quoted, readable
from search.narrowing import BAND_NAMES
from search.narrowing import NAMES as NARROWING
from search.query import MAX_FACET_VALUES, MAX_PAGE_SIZE, MAX_TEXT_LENGTH, SORTS
from search.vocabulary import FILTERS

ONCE = ("q", "kind", "sort", "page", "page_size", "modified_since", "stage_weight", *BAND_NAMES)
NAMES = tuple(dict.fromkeys((*ONCE[:6], *NARROWING)))
# Said where a facet's values are few and never change.
CLOSED = {"stage": list(Stage.values), "match_all": list(MANY_VALUED)}
BAND_TYPES = {
    "cost": {"type": "number"},
    "year": {"type": "integer"},
    "date": {"type": "string", "format": "date"},
}


class Question:
    """The form of what was asked, and `errors`: a sentence about everything that cannot be used."""

    def __init__(self, data, *, address, language):
        self.errors = [*unknown_names(data), *repeated(data)]
        page_size = self.page_size(data)
        self.form = SearchForm(data, address=address, language=language, page_size=page_size)
        self.errors += map(without_cure, self.form.notes)
        self.modified_since = self.moment(readable(data.get("modified_since", "")))

    @property
    def query(self):
        """What to ask search."""
        return replace(self.form.query, modified_since=self.modified_since)

    def moment(self, typed):
        """The moment that is meant. Days, and times that name no zone, are those of the site's own clock."""
        if not typed:
            return None
        # An address that does not write a plus as %2B brings a blank.
        written = typed.replace(" ", "+") if "T" in typed else typed
        try:
            moment = dt.datetime.fromisoformat(written)
        except ValueError:
            sentence = _(
                "“%(value)s” is no modified_since: it is a day or a moment such as 2026-11-30 or "
                "2026-11-30T08:00:00Z."
            )
            self.errors.append(sentence % {"value": quoted(typed)})
            return None
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)

    def page_size(self, data):
        typed = readable(data.get("page_size", ""))
        if not typed:
            return PAGE_SIZE
        if typed.isascii() and typed.isdigit() and len(typed) < 4 and 1 <= int(typed) <= MAX_PAGE_SIZE:
            return int(typed)
        self.errors.append(
            _("“%(value)s” is no page_size: it is a whole number from 1 to %(most)s.")
            % {"value": quoted(typed), "most": MAX_PAGE_SIZE}
        )
        return PAGE_SIZE


def without_cure(note):
    """What is wrong, without what the page does instead: nothing is done here."""
    wrong = note.rpartition("; ")[0]
    return f"{wrong}." if wrong else note


def unknown_names(data):
    unknown = [name for name in data if name not in NAMES]
    if unknown:
        yield _("There is no parameter “%(name)s”. There are: %(names)s.") % {
            "name": quoted(readable(unknown[0])),
            "names": ", ".join(NAMES),
        }


def repeated(data):
    for name in ONCE:
        if len(data.getlist(name)) > 1:
            yield _("“%(name)s” can be given once only.") % {"name": name}


def parameter(name, description, schema):
    return {"in": "query", "name": name, "required": False, "description": description, "schema": schema}


def band_parameter(name):
    band, _separator, end = name.partition("_")
    described = "From this on." if end == "from" else "Up to this, but without it."
    return parameter(name, described, BAND_TYPES[band])


def facet_parameter(name):
    items = {"type": "string"} | ({"enum": CLOSED[name]} if name in CLOSED else {})
    schema = {"type": "array", "items": items, "maxItems": MAX_FACET_VALUES}
    described = parameter(name, "One parameter for each value; results have any of them.", schema)
    return described | {"style": "form", "explode": True}


PARAMETERS = [
    parameter(
        "q",
        "Words, “phrases” in quotes, and -words that must not occur.",
        {"type": "string", "maxLength": MAX_TEXT_LENGTH},
    ),
    parameter("kind", "One kind only.", {"type": "string", "enum": list(KINDS)}),
    *(facet_parameter(name) for name in FILTERS),
    facet_parameter("match_all") | {"description": "Facets of which results must have all chosen values."},
    parameter(
        "stage_weight",
        "Stages count only where they are main, or only where they are touched.",
        {"type": "string", "enum": list(STAGE_WEIGHTS)},
    ),
    *(band_parameter(name) for name in BAND_NAMES),
    parameter("sort", "The order of the results.", {"type": "string", "enum": list(SORTS)}),
    parameter(
        "modified_since",
        "Only items of which anything that is said here changed at this moment or later: a day or a moment "
        "in ISO 8601, on the site's own clock where it names no zone. What is no longer public is not "
        "told: ask for everything now and then.",
        # A day or a moment: OpenAPI has no format for either.
        {"type": "string", "examples": ["2026-11-30", "2026-11-30T08:00:00Z"]},
    ),
    parameter("page", "From 1.", {"type": "integer", "minimum": 1, "default": 1}),
    parameter(
        "page_size",
        "Results on a page.",
        {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE},
    ),
]
