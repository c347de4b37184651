"""What search finds: each app describes its items in `search_documents.py`, and this registry reads them.

    documents.register(GoodPracticePage, kind="practice", prefix="page", queryset=public_practices, document=practice)
    documents.touch(Organisation, lambda organisation: page_keys(organisation.pages.all()))

`queryset()` gives the items that everyone may see, with what `document` needs already fetched; what it leaves out is
taken out of search. `document(instance)` gives a plain `Document`, built without further queries.
`touch(Model, function)`: which keys may read differently once a row of Model is saved or deleted.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from search.languages import fold

FIELDS = ("title", "summary", "body", "names")
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ue000-\uf8ff]")


@dataclass
class Document:
    """One item as search sees it: plain values only.

    texts    {language: {"title", "summary", "body"}}, each plain text; a list of texts is joined
    names    names, codes, symbols and aliases of what the item is linked to, in any language
    facets   {facet: values with all their ancestors}
    display  what a result card prints. Always: url, title, summary, kind_label. Where they apply: place, years,
             stages ([{"key", "name", "weight"} x 7], weight "main", "touched" or ""), evidence ({"state", "label"}),
             facts ([{"label", "value"}]), date (ISO), origin
    newest   when it was published or begins, in seconds since 1970
    """

    texts: dict
    display: dict
    names: Iterable[str] = ()
    facets: dict = field(default_factory=dict)
    newest: int = 0

    def as_row(self):
        """The values of its SearchDocument row."""
        texts = {
            language: {name: plain(text) for name, text in sorted(parts.items()) if plain(text)}
            for language, parts in sorted(self.texts.items())
        }
        names = dict.fromkeys(plain(name) for name in self.names)
        texts[""] = {"names": "\n".join(name for name in names if name)}
        return {
            "texts": {language: parts for language, parts in texts.items() if any(parts.values())},
            "facets": {name: sorted({str(v) for v in values if v}) for name, values in self.facets.items()},
            "display": self.display,
            "title_key": fold(self.display["title"])[:200],
            "newest": int(self.newest),
        }


@dataclass(frozen=True)
class Entry:
    """How search sees one kind of model."""

    model: type
    kind: str
    prefix: str
    queryset: Callable
    document: Callable

    def key(self, pk):
        return f"{self.prefix}:{pk}"


registry = {}
touched_by = {}


def register(model, *, kind, prefix, queryset, document):
    """Make the items of `model` findable as `kind`; their keys are `prefix:pk`."""
    registry[model] = Entry(model, kind, prefix, queryset, document)


def touch(model, keys):
    """Say which keys may read differently when a row of `model` changes: `keys(instance)` gives them."""
    touched_by.setdefault(model, []).append(keys)


def keys_touched(instance):
    """Every key that may read differently now that `instance` changed, its own included."""
    keys = {entry.key(instance.pk) for model, entry in registry.items() if isinstance(instance, model)}
    for model, functions in touched_by.items():
        if isinstance(instance, model):
            keys.update(key for function in functions for key in function(instance))
    return keys


def prefixes():
    """{prefix: entries}: several kinds of page share one prefix."""
    grouped = {}
    for entry in registry.values():
        grouped.setdefault(entry.prefix, []).append(entry)
    return grouped


def plain(text):
    """`text`, or the texts in a list, without what cannot be shown or indexed."""
    if not text:
        return ""
    if not isinstance(text, str):
        text = "\n".join(str(part) for part in text if part)
    return UNREADABLE.sub(" ", text).strip()
