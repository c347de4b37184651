"""What the cells of a row mean for a page: where, which stages, topics, materials, whose, which source."""

from django.utils.translation import gettext as _

from knowledge.choices import FILE_KEYWORDS, FILE_STAGES, FILE_TOPICS, Scope, Weight
from knowledge.fields import date_bounds
from knowledge.importing import columns
from knowledge.importing.cells import whole_day
from knowledge.importing.columns import COLUMNS
from knowledge.importing.vocabulary import SEVERAL_COUNTRIES, fold, nearest
from regions.choices import Stage

LONGEST_ID = LONGEST_KEYWORD = 100
# What ordinary columns hold for something other than a field of the page.
NO_FIELDS = ("organisation", "source", "source_kind", "confidence")


def record(row):
    """What the row says, as plain values; whatever is wrong or worth knowing is remarked in the row.

    Only the columns that the file has are in it, so that a file with fewer columns leaves the others alone.
    """
    identifier(row)
    fields = {
        column.field or column.name: row.value(column.name)
        for column in COLUMNS
        if column.kind != columns.SPECIAL and column.name not in NO_FIELDS and row.has(column.name)
    }
    for name in ("title", "summary"):
        row.require(name)
    forward_in_time(row)
    places = regions(row)
    found = {
        "id": row.text("id"),
        "fields": fields | {"scope": scope(row, places)},
        "regions": [place.code for place in places],
        "stages": stages(row),
        "focus_areas": focus_areas(row),
    }
    if any(row.has(name) for name in ("materials", "crm_ids", "keywords")):
        found["raw_materials"], found["keywords"] = materials_and_keywords(row)
    if row.has("organisation"):
        found["organisation"], found["fields"]["organisation_as_stated"] = organisation(row)
    if row.has("project"):
        found["project"] = project(row)
    if row.has("source"):
        found["source"] = source(row)
    return found


def identifier(row):
    if row.require("id") and len(row.text("id")) > LONGEST_ID:
        row.wrong("id", _("An id has at most %d characters.") % LONGEST_ID)


def forward_in_time(row):
    """A remark when the practice ends before it begins."""
    try:
        begins, ends = date_bounds(row.text("start"))[0], date_bounds(row.text("end"))[1]
    except ValueError:
        return
    if ends < begins:
        row.wrong("end", _("The end lies before the start (%s).") % row.text("start"))


def regions(row):
    """The regions of the row: none only where the country says EU."""
    found = []
    for text in row.parts("nuts_code"):
        place = row.vocabulary.regions.get(text.upper())
        if place is None:
            near = ", ".join(map(str, row.vocabulary.nearest_regions(text)))
            hint = _(" Nearest: %s.") % near if near else ""
            row.wrong("nuts_code", _("There is no region with this NUTS code.%s") % hint, text)
            continue
        if place.last_edition:
            note = _("The region ended with the edition NUTS %d; the practice stays with it.")
            row.note("nuts_code", note % place.last_edition, text)
        found.append(place)
    country = row.vocabulary.country(row.text("country")) if row.text("country") else ""
    if country is None:
        reason = _("This is no country's code. Write two letters such as PL, or EU for several countries.")
        row.wrong("country", reason)
    elif not row.parts("nuts_code"):
        if country != SEVERAL_COUNTRIES and "nuts_code" not in row.unread:
            reason = _(
                "Write a NUTS code. Only with the country EU it may be empty, for several countries at large."
            )
            row.wrong("nuts_code", reason)
    elif found and country not in ("", SEVERAL_COUNTRIES, *(place.country for place in found)):
        where = ", ".join(f"{place}: {place.country}" for place in found)
        row.wrong("country", _("The NUTS code lies in another country (%s).") % where)
    return list(dict.fromkeys(found))


def scope(row, places):
    if not places or row.text("country").upper() == SEVERAL_COUNTRIES or len({p.country for p in places}) > 1:
        return Scope.SEVERAL_COUNTRIES
    return Scope.NATIONAL if all(place.level == 0 for place in places) else Scope.REGIONAL


def stages(row):
    """{stage: weight}; main beats touched."""
    row.require("stage")
    marks = {}
    for column in ("stage", "stages_touched"):
        for text in row.parts(column):
            if (found := row.vocabulary.stages.get(fold(text))) is None:
                names = [*FILE_STAGES, *(name for name in Stage.values if name not in FILE_STAGES)]
                row.wrong(column, unknown(text, names), text)
                continue
            for stage, weight in found.items():
                weight = weight if column == "stage" else Weight.TOUCHED
                if marks.get(stage) != Weight.MAIN:
                    marks[stage] = weight
    return {str(stage): str(weight) for stage, weight in marks.items()}


def focus_areas(row):
    row.require("topic")
    codes = []
    for text in row.parts("topic"):
        if found := row.vocabulary.focus_areas.get(fold(text)):
            codes += found
        else:
            row.wrong("topic", unknown(text, [*FILE_TOPICS, *row.vocabulary.focus_areas]), text)
    return sorted(set(codes))


def unknown(text, names):
    """The sentence for a word that is not in its list: the nearest one, or else all of them."""
    if near := nearest(text, names):
        return _("This value is not in the list. Nearest: %s.") % near[0]
    return _("This value is not in the list. Allowed: %s.") % ", ".join(sorted(set(names), key=str.casefold))


def materials_and_keywords(row):
    """Codes of raw materials, and keywords; a material this site does not know becomes a keyword."""
    codes, keywords = set(), row.parts("keywords")
    for column in ("materials", "crm_ids"):
        for text in row.parts(column):
            if code := row.vocabulary.materials.get(fold(text)):
                codes.add(code)
                continue
            keywords.append(text)
            if fold(text) not in FILE_KEYWORDS:
                row.note(
                    column, _("No raw material of this site has this name; it is kept as a keyword."), text
                )
    for keyword in keywords:
        if len(keyword) > LONGEST_KEYWORD:
            row.wrong("keywords", _("A keyword has at most %d characters.") % LONGEST_KEYWORD, keyword)
    return sorted(codes), list({fold(keyword): keyword for keyword in keywords}.values())


def organisation(row):
    """(id, "") of the organisation with exactly this name, else (None, the name as the file has it)."""
    if not row.text("organisation"):
        if not row.text("source") and not {"organisation", "source"} & row.unread:
            row.wrong("organisation", _("Name the organisation that owns the practice, or give its source."))
        return None, ""
    text = row.value("organisation")
    found = row.vocabulary.organisations.get(fold(text))
    return (found, "") if found else (None, text)


def project(row):
    text = row.text("project")
    found = row.vocabulary.projects.get(fold(text))
    if text and not found:
        near = nearest(text, row.vocabulary.project_acronyms)
        hint = _(" Nearest: %s.") % near[0] if near else ""
        row.wrong("project", _("There is no project with this acronym.%s") % hint)
    return found


def source(row):
    """The public source of the row, or None: then it is submitted by its owner."""
    kind, confidence, read_on = row.value("source_kind"), row.value("confidence"), whole_day(row, "read_on")
    url = row.value("source")
    return {"url": url, "kind": kind, "confidence": confidence, "read_on": read_on} if url else None
