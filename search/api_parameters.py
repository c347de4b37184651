"""What a program may ask the API: described for OpenAPI, held to that description, and read by the same form
as the page's address.

A page takes what it can use of what a person typed. A program is held to the letter of the description, so
that what the description allows is answered and nothing else is.
"""

import datetime as dt
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from search.api_values import fits
from search.choices import KINDS
from search.facets import MANY_VALUED, STAGE_WEIGHTS
from search.forms import PAGE_SIZE, SearchForm, quoted, readable
from search.narrowing import BAND_NAMES, HIGHEST_SUM
from search.narrowing import NAMES as NARROWING
from search.query import DEEPEST_HIT, MAX_FACET_VALUES, MAX_PAGE_SIZE, MAX_TEXT_LENGTH, SORTS
from search.vocabulary import FILTERS, LATEST_YEAR, MONTH, YEAR

ONCE = ("q", "kind", "sort", "page", "page_size", "modified_since", "stage_weight", *BAND_NAMES)
NAMES = tuple(dict.fromkeys((*ONCE[:6], *NARROWING)))
# Facets whose values are endless.
PATTERNS = {"year": YEAR, "date": MONTH}
BAND_SCHEMAS = {
    "cost": {"type": "number", "minimum": 0, "maximum": float(HIGHEST_SUM), "multipleOf": 0.01},
    "year": {"type": "integer", "minimum": 1000, "maximum": LATEST_YEAR},
    "date": {"type": "string", "format": "date"},
}
ENDS = {
    "from": "From this on.",
    "to": "Up to this, but without it. Nothing lies in a range that ends where it begins, or before.",
    "last": "Up to this, and with it; of this and the end without it the nearer one holds.",
}


class Question:
    """The form of what was asked, and `errors`: a sentence about everything that cannot be used."""

    def __init__(self, data, *, address, language):
        self.errors = [*unknown_names(data), *repeated(data)]
        size = data.get("page_size", str(PAGE_SIZE))
        is_size = fits(SIZES, size)
        if not is_size:
            self.errors.append(
                _("“%(value)s” is no page_size: it is a whole number from 1 to %(most)s.")
                % {"value": quoted(readable(size)), "most": MAX_PAGE_SIZE}
            )
        self.form = SearchForm(
            data,
            address=address,
            language=language,
            page_size=int(size) if is_size else PAGE_SIZE,
            may_be_empty=True,
        )
        self.errors += map(without_cure, self.form.notes)
        self.modified_since = self.moment(readable(data.get("modified_since", "")))
        # What has a sentence of its own is said in it. A moment is read as it is meant: a plus in an address
        # may have become a blank.
        described = [one for one in parameters(self.form.vocabulary) if one["name"] != "modified_since"]
        self.errors = self.errors or list(misfits(data, described))

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


def misfits(data, described):
    """A sentence about everything that a page would understand and the description does not allow."""
    for one in described:
        name, schema, given = one["name"], one["schema"], data.getlist(one["name"])
        if name in data and not fits(schema, given if schema["type"] == "array" else given[-1]):
            values = [value for value in given if not fits(schema.get("items", schema), value)]
            yield _("“%(value)s” is no value of “%(name)s”: /api/v1/openapi.json says which there are.") % {
                "value": quoted(readable((values or given)[0])),
                "name": name,
            }


def parameter(name, description, schema):
    return {"in": "query", "name": name, "required": False, "description": description, "schema": schema}


def band_parameter(name):
    band, _separator, end = name.partition("_")
    schema = BAND_SCHEMAS[band]
    if name == "year_to":
        # The year after the last one.
        schema = schema | {"maximum": LATEST_YEAR + 1}
    return parameter(name, ENDS[end], schema)


def facet_parameter(name, values):
    """A facet: its values where they can be named, else what they look like."""
    most = MAX_FACET_VALUES
    if name in PATTERNS:
        items = {"type": "string", "pattern": f"^{PATTERNS[name].pattern}$"}
    elif values:
        items, most = {"type": "string", "enum": values}, min(len(values), most)
    else:
        # Nothing is called so yet, and a list of nothing is no list.
        items, most = {"type": "string"}, 0
    schema = {"type": "array", "items": items, "maxItems": most}
    described = parameter(name, "One parameter for each value; results have any of them.", schema)
    return described | {"style": "form", "explode": True}


SIZES = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE}


MOMENTS = {
    "type": "string",
    "anyOf": [{"format": "date"}, {"format": "date-time"}],
    "examples": ["2026-11-30", "2026-11-30T08:00:00Z"],
}


def parameters(vocabulary):
    """All that can be asked, as OpenAPI has it, with the values that there are now."""
    facets = {name: [] if name in PATTERNS else vocabulary.values(name) for name in FILTERS}
    return [
        parameter(
            "q",
            "Words, “phrases” in quotes, and -words that must not occur.",
            {"type": "string", "maxLength": MAX_TEXT_LENGTH},
        ),
        parameter("kind", "One kind only.", {"type": "string", "enum": list(KINDS)}),
        *(facet_parameter(name, values) for name, values in facets.items()),
        facet_parameter("match_all", list(MANY_VALUED))
        | {"description": "Facets of which results must have all chosen values."},
        parameter(
            "stage_weight",
            "Stages count only where they are main, or only where they are touched.",
            {"type": "string", "enum": list(STAGE_WEIGHTS)},
        ),
        *(band_parameter(name) for name in BAND_NAMES),
        parameter("sort", "The order of the results.", {"type": "string", "enum": list(SORTS)}),
        parameter(
            "modified_since",
            "Only items of which anything that is said here changed at this moment or later. A day begins on "
            "the site's own clock. What is no longer public is not told: ask for everything now and then.",
            MOMENTS,
        ),
        parameter(
            "page",
            "From 1; beyond the last one (`pages`) there are no results.",
            {"type": "integer", "minimum": 1, "maximum": DEEPEST_HIT, "default": 1},
        ),
        parameter("page_size", "Results on a page.", SIZES),
    ]
