"""Practices side by side: which ones an address names, and what is compared of them, as finished values."""

import uuid
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.rich_text import get_text_for_indexing

from knowledge.choices import Origin
from knowledge.licences import unconfirmed_source
from knowledge.models import GoodPracticePage
from knowledge.reading import practice as reading
from knowledge.reading import values
from knowledge.references import reference_in
from knowledge.search_documents import address, evidence_state, public_practices
from language.typed import as_key
from network.addresses import full_address
from network.spreadsheets import KINDS
from regions.choices import Language

MOST = 4
# Names beyond these are not looked up.
LOOKED_UP = 20
LONGEST_NAME = 40
SHOWN_OF_A_TEXT = 360


@dataclass(frozen=True)
class Cell:
    """What one practice says on one subject: words, links, points, or a state of evidence.

    `whole` is the same as one plain text, nothing where it is not stated.
    """

    whole: str = ""
    text: str = ""
    links: list = field(default_factory=list)
    points: list = field(default_factory=list)
    state: str = ""
    language: str = ""
    more_url: str = ""


@dataclass(frozen=True)
class Row:
    """One subject with what each practice says on it."""

    key: str
    label: str
    cells: list

    @property
    def is_stated(self):
        return any(cell.whole for cell in self.cells)


@dataclass(frozen=True)
class Compared:
    """One practice of the comparison."""

    page: GoodPracticePage
    url: str
    without_url: str
    stages: list


@dataclass(frozen=True)
class Comparison:
    """Up to four practices side by side. `notes` say what was left out and why."""

    practices: list
    stages: list
    rows: list
    notes: list

    @property
    def stated(self):
        """The subjects on which any of them says something."""
        return [row for row in self.rows if row.is_stated]

    @property
    def unstated(self):
        """The names of the other subjects."""
        return [row.label for row in self.rows if not row.is_stated]

    @property
    def references(self):
        return [one.page.reference for one in self.practices]

    @property
    def address(self):
        """The address of just this comparison."""
        return compare_url(self.references)

    @property
    def canonical(self):
        """The same with the name of the site, for programs."""
        return full_address(self.address)

    @property
    def downloads(self):
        """The same as a file, as (kind in words, address)."""
        return [(kind.upper(), compare_url(self.references, "compare_download", kind)) for kind in KINDS]


def compare_url(references, name="compare", *kind):
    asked = urlencode([("practice", reference) for reference in references])
    return f"{reverse(name, args=kind)}?{asked}" if asked else reverse(name, args=kind)


def comparison(names):
    """The practices with these references or permanent ids, in this order; five queries and a few more for
    what belongs to them, however many they are."""
    names = list(dict.fromkeys(filter(None, (readable(name) for name in names))))
    found = practices_named(names[:LOOKED_UP])
    pages = list(dict.fromkeys(found[name] for name in names[:LOOKED_UP] if name in found))
    notes = [*unknown_notes([name for name in names[:LOOKED_UP] if name not in found])]
    if len(pages) > MOST or len(names) > LOOKED_UP:
        notes.append(too_many_note(pages[MOST:]))
    pages = pages[:MOST]
    references = [page.reference for page in pages]
    practices = [
        Compared(
            page=page,
            url=address(page),
            without_url=compare_url([one for one in references if one != page.reference]),
            stages=values.stages_of(page),
        )
        for page in pages
    ]
    return Comparison(practices, stage_rows(practices), rows(practices), notes)


def readable(name):
    return as_key(name)[:LONGEST_NAME].upper()


def practices_named(names):
    """{name: public practice} of those names that are a reference or a permanent id."""
    ids = {name: permanent_id(name) or reference_in(name) for name in names}
    by_id = Q(permanent_id__in=[one for one in ids.values() if isinstance(one, uuid.UUID)])
    pages = public_practices().prefetch_related("resource_items", "transfer_conditions")
    by_name = {}
    for page in pages.filter(by_id | Q(reference__in=[one for one in ids.values() if isinstance(one, str)])):
        by_name |= {page.reference: page, page.permanent_id: page}
    return {name: by_name[one] for name, one in ids.items() if one in by_name}


def permanent_id(name):
    try:
        return uuid.UUID(name)
    except ValueError:
        return None


def unknown_notes(names):
    if len(names) == 1:
        yield _("No good practice that everyone may read is called “%(name)s”; it was left out.") % {
            "name": names[0]
        }
    elif names:
        yield _("No good practices that everyone may read are called “%(names)s”; they were left out.") % {
            "names": "”, “".join(names[:MOST])
        }


def too_many_note(left_out):
    sentence = _("Four practices fit side by side; the first four are shown.")
    if not left_out:
        return sentence
    titles = "”, “".join(page.title for page in left_out)
    return f"{sentence} " + ngettext("Left out: “%(titles)s”.", "Left out: “%(titles)s”.", len(left_out)) % {
        "titles": titles
    }


def stage_rows(practices):
    """The seven stages, each with its weight in every practice; none where there is nothing to compare."""
    if not practices:
        return []
    return [
        {"name": stage["name"], "weights": [one.stages[number]["weight"] for one in practices]}
        for number, stage in enumerate(practices[0].stages)
    ]


def rows(practices):
    """Everything but what each is called, its summary and its stages, subject by subject."""
    if not practices:
        return []
    subjects = (
        ("place", _("Place"), place),
        ("period", _("Period"), period),
        ("maturity", _("How far it has come"), maturity),
        ("cost", _("Cost"), cost),
        ("materials", _("Raw materials"), materials),
        ("focus", _("Focus areas"), focus),
        ("problem", _("The problem"), problem),
        ("solution", _("What was done"), solution),
        ("evidence", _("Evidence"), evidence),
        ("success", _("What shows that it worked"), success),
        ("resources", _("Resources needed"), resources),
        ("difficulties", _("Difficulties"), difficulties),
        ("transfer", _("What must hold elsewhere"), transfer_conditions),
        ("transfers", _("Used elsewhere"), transfers),
        ("source", _("Source"), source),
    )
    return [Row(key, label, [said(one) for one in practices]) for key, label, said in subjects]


# What a practice says on each subject


def worded(text, **more):
    """A cell of plain words."""
    return Cell(whole=text, text=text, **more)


def linked(links):
    return Cell(whole=", ".join(str(link["label"]) for link in links), links=links)


def place(one):
    return linked(values.places(one.page, list(one.page.regions.all())))


def period(one):
    return worded(reading.period(one.page))


def maturity(one):
    return worded(str(one.page.get_maturity_display()))


def cost(one):
    return worded(reading.cost(one.page))


def materials(one):
    return linked(values.materials(one.page.raw_materials.all()))


def focus(one):
    return worded(", ".join(area.name for area in one.page.focus_areas.all()))


def evidence(one):
    if one.page.origin == Origin.COLLECTED:
        return worded(_("From a public source"), state="collected")
    state = evidence_state(one.page)
    return worded(str(state.label), state=state.value)


def written(one, text, anchor, points=()):
    """What the author wrote, shortened, with the way to all of it; in the author's language."""
    text = " ".join(get_text_for_indexing(text).split())
    shown = Truncator(text).chars(SHOWN_OF_A_TEXT, truncate="…")
    return Cell(
        whole="\n".join([*points, *([text] if text else [])]),
        text=shown,
        points=list(points),
        language=one.page.source_language if one.page.source_language != Language.EN else "",
        more_url=f"{one.url}#{anchor}" if shown != text else "",
    )


def problem(one):
    return written(one, one.page.challenge, "problem")


def solution(one):
    return written(one, one.page.description, "solution")


def success(one):
    return written(one, one.page.evidence_of_success, "evidence")


def resources(one):
    items = [
        ", ".join(filter(None, (item["what"], item["paid_by"], item["amount"])))
        for item in reading.resources(one.page, one.page.resource_items.all())
    ]
    return written(one, one.page.resources_needed, "resources", items)


def difficulties(one):
    return written(one, one.page.difficulties, "difficulties")


def transfer_conditions(one):
    items = [
        f"{item['condition']} ({item['effort'].lower()})" if item["effort"] else item["condition"]
        for item in reading.conditions(one.page.transfer_conditions.all())
    ]
    return written(one, one.page.transfer_potential, "transfer", items)


def transfers(one):
    number = len(one.page.validated_inspirations)
    return worded(
        ngettext("in %(number)s validated change", "in %(number)s validated changes", number)
        % {"number": number}
        if number
        else _("no validated change yet")
    )


def source(one):
    """Where it was collected from; else whose own description it is."""
    found = unconfirmed_source(one.page)
    if found:
        return linked([values.link(found.url, found.url)])
    return worded(values.owner(one.page))
