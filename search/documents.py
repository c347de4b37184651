"""What search finds: each app describes its items in `search_documents.py`, and this registry reads them.

Such a module imports nothing of search (it lies above), it only declares:

    DOCUMENTS = [
        {"model": GoodPracticePage, "kind": "practice", "queryset": public_practices, "document": practice},
    ]
    TOUCHES = [(Organisation, lambda organisation: organisation.pages.all())]

`queryset()` gives the items that everyone may see, with what `document` needs already fetched; what it leaves
out is taken out of search. `document(instance)` gives the values of a `Document` as a dict, without further
queries, or None. A touch says which items may read differently once such a row is saved, linked or deleted.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import import_module

from django.apps import apps
from django.db.models import QuerySet
from django.utils.module_loading import module_has_submodule
from wagtail.models import Page

from language.typed import as_prose
from search.facets import whole_number
from search.languages import fold
from search.words import unbroken

# What no page can show, and what turns round the words that stand after it.
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ue000-\uf8ff]")


@dataclass
class Document:
    """One item as search sees it: plain values only.

    texts    {language: {"title", "summary", "body"}}, each plain text; a list of texts is joined
    names    names, codes, symbols and aliases of what the item is linked to, in any language
    places   names and codes of its regions and of all they lie in; these are found by their beginnings too
    facets   {facet: values with all their ancestors}; stages once more by their weight: "stage_main",
             "stage_touched"
    numbers  {"cost": euro, "year": year, "date": datetime.date}, where they apply; "transferred": how many
             validated policy changes took from it
    display  what cards, files and the API say of it. Always: url, title, summary, kind_label. Where they
             apply: permanent_id, external_id, reference, place, years, date and end (ISO), city,
             is_cancelled, origin, organisation, cost, transfers, record_kind; region_codes and
             material_codes (its own, without those above them), materials ([name]); stages ([{"key",
             "name", "weight"} x 7], weight "main", "touched" or ""), evidence ({"state", "label"}), facts
             ([{"key", "label", "value"}]); mode, event_kind, instrument_kind, each with a "_label" in words;
             of regions level and level_label, of materials group, group_label, is_critical, is_strategic
    newest   when it was published or begins, in seconds since 1970
    """

    texts: dict
    display: dict
    names: Iterable[str] = ()
    places: Iterable[str] = ()
    facets: dict = field(default_factory=dict)
    numbers: dict = field(default_factory=dict)
    newest: int = 0

    def as_row(self):
        """The values of its SearchDocument row."""
        texts = {
            language: {name: plain(text) for name, text in sorted(parts.items()) if plain(text)}
            for language, parts in sorted(self.texts.items())
        }
        texts[""] = {"names": lines(self.names), "places": lines(self.places)}
        return {
            "texts": {language: parts for language, parts in texts.items() if any(parts.values())},
            "facets": {name: sorted({str(v) for v in values if v}) for name, values in self.facets.items()},
            "numbers": {
                name: whole_number(name, value) for name, value in self.numbers.items() if value is not None
            },
            "display": self.display,
            "title_key": fold(plain(self.display["title"]))[:200],
            "newest": int(self.newest),
        }


@dataclass(frozen=True)
class Entry:
    """How search sees one kind of model."""

    model: type
    kind: str
    queryset: Callable
    document: Callable

    @property
    def prefix(self):
        return key_prefix(self.model)

    def key(self, pk):
        return f"{self.prefix}:{pk}"


registry = {}
touched_by = {}


def discover():
    """Read what every app declares."""
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "search_documents"):
            module = import_module(f"{config.name}.search_documents")
            for declared in module.DOCUMENTS:
                registry[declared["model"]] = Entry(**declared)
            for model, function in module.TOUCHES:
                touched_by.setdefault(model, []).append(function)


def key_prefix(model):
    """The first part of the keys of a model's items. All pages share one: a page keeps its key whatever it
    is."""
    return "page" if issubclass(model, Page) else model._meta.model_name


def key_of(instance):
    """The key of an item."""
    return f"{key_prefix(type(instance))}:{instance.pk}"


def is_found(model):
    """Whether search finds items of this model, or of a kind of it."""
    return any(issubclass(found, model) for found in registry)


def keys_touched(instance):
    """Every key that may read differently now that `instance` changed, its own included."""
    keys = {key_of(instance)} if isinstance(instance, tuple(registry)) else set()
    for model, functions in touched_by.items():
        if isinstance(instance, model):
            for function in functions:
                keys |= keys_of(function(instance))
    return keys


def keys_of(items):
    """The keys of these items; of a query only the primary keys are read, since it may name thousands."""
    if isinstance(items, QuerySet):
        prefix = key_prefix(items.model)
        return {f"{prefix}:{pk}" for pk in items.order_by().values_list("pk", flat=True)}
    return {key_of(item) for item in items}


def keys_of_pages(pages):
    """The keys of those of these pages that search finds."""
    kinds = [model for model in registry if issubclass(model, Page)]
    return [f"page:{pk}" for pk in pages.type(*kinds).values_list("pk", flat=True)] if kinds else []


def entries_by_prefix():
    """{prefix: entries}: several kinds of page share one prefix."""
    grouped = {}
    for entry in registry.values():
        grouped.setdefault(entry.prefix, []).append(entry)
    return grouped


def lines(words):
    """Words one a line, each once."""
    return "\n".join(dict.fromkeys(filter(None, (plain(word) for word in words))))


def plain(text):
    """`text`, or the texts in a list, without what cannot be shown or indexed and what parts words."""
    if not text:
        return ""
    if not isinstance(text, str):
        text = "\n".join(str(part) for part in text if part)
    text = unbroken(text)
    # Looking at every sign takes its time, and hardly any text has one that nobody sees.
    if not text.replace("\n", "").isprintable():
        text = as_prose(text)
    return UNREADABLE.sub(" ", unicodedata.normalize("NFC", text)).strip()
