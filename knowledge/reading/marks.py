"""What a page is marked with, and what there is to ask for beside it: one query for all of it.

Each of these is in a table of its own. A draft that somebody looks at has them in memory instead.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import starmap
from types import SimpleNamespace

from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Cast, Coalesce

from knowledge.reading import values
from network.ready_queries import SOME_KEY, ReadyQuery
from regions.models import RawMaterial, Region

COLUMNS = ("one", "two", "three", "four")
AMOUNT = "amount"
# What a page has one after the other: {relation: what is printed of each}.
LISTS = {
    "key_figures": ("value", "label", "basis"),
    "transfer_conditions": ("condition", "why", "factor", "difficulty"),
    "resource_items": ("what", "paid_by", AMOUNT),
    "needs": ("need", "today", "state"),
}
# What is asked for only where there is some of it.
FURTHER = ("evidence", "validations", "inspirations", "measures", "changes")


@dataclass
class Marks:
    """What belongs to one page, as far as its kind has it; `further` names what else there is."""

    stages: dict = field(default_factory=dict)
    regions: list = field(default_factory=list)
    materials: list = field(default_factory=list)
    topics: list = field(default_factory=list)
    keywords: list = field(default_factory=list)
    partners: list = field(default_factory=list)
    lists: dict = field(default_factory=dict)
    further: set = field(default_factory=set)


def marks_of(page):
    """The marks of this page, asked for once."""
    if "marks" not in page.__dict__:
        page.__dict__["marks"] = in_memory(page) if is_draft(page) else asked_for(page)
    return page.__dict__["marks"]


def is_draft(page):
    """Whether the page has something else in memory than the tables say."""
    return page.pk is None or bool(getattr(page, "_cluster_related_objects", None))


def in_memory(page):
    relations = {one.name for one in page._meta.get_fields()}
    return Marks(
        stages={mark.stage: mark.weight for mark in page.stage_marks.all()},
        regions=values.with_parents(page.regions.all()),
        materials=list(page.raw_materials.all()),
        topics=[area.name for area in page.focus_areas.all()],
        keywords=[tag.name for tag in page.keywords.all()],
        partners=[one.name for one in page.partners.all()] if "partners" in relations else [],
        lists={name: list(getattr(page, name).all()) for name in LISTS if name in relations},
        further=set(FURTHER) & relations if page.pk else {"measures"} & relations,
    )


def asked_for(page):
    found = {}
    for what, _rank, *columns in question(type(page)).rows(page.pk):
        found.setdefault(what, []).append(columns)
    return Marks(
        stages=dict(row[:2] for row in found.get("stages", ())),
        regions=regions(found),
        materials=list(starmap(material, found.get("materials", ()))),
        topics=[row[0] for row in found.get("topics", ())],
        keywords=[row[0] for row in found.get("keywords", ())],
        partners=[row[0] for row in found.get("partners", ())],
        lists={name: [item(name, row) for row in found.get(name, ())] for name in LISTS},
        further={row[0] for row in found.get("further", ())},
    )


def material(name, code, flag, _nothing):
    return RawMaterial(name=name, code=code, is_strategic=flag == "strategic", is_critical=bool(flag))


def regions(found):
    """The regions with what they lie in, as far as it is printed."""
    known = {
        code: (Region(code=code, name=name, name_local=local), above)
        for what in ("regions", "above 1", "above 2", "above 3")
        for code, name, local, above in found.get(what, ())
    }
    for region, above in known.values():
        region.parent = known[above][0] if above in known else None
    return [known[code][0] for code, *_rest in found.get("regions", ())]


def item(name, row):
    """One row of a list, under the names that its model gives to what it says."""
    said = dict(zip(LISTS[name], row, strict=False))
    if AMOUNT in said:
        said[AMOUNT] = Decimal(said[AMOUNT]) if said[AMOUNT] else None
    return SimpleNamespace(**said)


@cache
def question(model):
    """What is asked for a page of this kind."""

    def make():
        first, *others = parts(model)
        return first.union(*others, all=True).order_by("belongs", "rank", "one")

    return ReadyQuery(make, SOME_KEY)


def parts(model):
    relations = {one.name for one in model._meta.get_fields()}
    flag = Case(
        When(rawmaterial__is_strategic=True, then=Value("strategic")),
        When(rawmaterial__is_critical=True, then=Value("critical")),
        default=Value(""),
    )
    yield part("stages", children(model, "stage_marks"), "stage", "weight")
    yield part("materials", links(model, "raw_materials"), "rawmaterial__name", "rawmaterial__code", flag)
    yield part("topics", links(model, "focus_areas"), "focusarea__name", rank="focusarea__order")
    yield part("keywords", children(model, "tagged_items"), "tag__name")
    path = "region"
    for what in ("regions", "above 1", "above 2", "above 3"):
        inside = links(model, "regions").filter(**{f"{path}__isnull": False})
        names = [f"{path}__{name}" for name in ("code", "name", "name_local", "parent__code")]
        yield part(what, inside, *names)
        path += "__parent"
    if "partners" in relations:
        yield part("partners", links(model, "partners"), "organisation__name")
    for name, columns in LISTS.items():
        if name in relations:
            yield part(name, children(model, name), *columns, rank="sort_order")
    for name in FURTHER:
        if name in relations:
            yield part("further", children(model, name), Value(name)).distinct()


def part(what, rows, *columns, rank=None):
    """Some rows under one name, in the columns that all have."""
    columns = [as_text(one) if isinstance(one, str) else one for one in columns]
    columns += [Value("")] * (len(COLUMNS) - len(columns))
    named = {"belongs": Value(what), "rank": F(rank) if rank else Value(0)}
    named |= dict(zip(COLUMNS, columns, strict=True))
    return rows.order_by().annotate(**named).values_list(*named)


def as_text(name):
    """A field as it stands in the one column that all kinds of rows share."""
    return (
        Coalesce(Cast(name, TextField()), Value(""), output_field=TextField()) if name == AMOUNT else F(name)
    )


def children(model, name):
    """The rows of a page that point to it."""
    relation = model._meta.get_field(name)
    return relation.related_model.objects.filter(**{relation.field.name: SOME_KEY})


def links(model, name):
    """The rows that link a page with others."""
    relation = model._meta.get_field(name)
    return relation.remote_field.through.objects.filter(**{relation.m2m_field_name(): SOME_KEY})
