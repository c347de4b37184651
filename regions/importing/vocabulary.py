"""Load raw materials, focus areas, and names in many languages: all of the files or nothing of them.

What the site knows and a file leaves out stays: content may point to it, and an editor may have added it.
"""

from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.signals import post_save
from django.utils.translation import gettext as _

from regions.importing.names import import_vocabulary_names
from regions.importing.table import Problem, Refused, read_table
from regions.models import FocusArea, RawMaterial, RawMaterialName

SHIPPED = Path(__file__).parent.parent / "data"
TEXTS = ["name", "symbol", "kind", "group", "strategic_grade", "list_version", "source"]
FLAGS = ["is_critical", "is_strategic"]


@dataclass
class Outcome:
    """How many rows an import wrote, or would write."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def note(self, created, changed):
        if created:
            self.created += 1
        elif changed:
            self.updated += 1
        else:
            self.unchanged += 1


@transaction.atomic
def import_vocabulary(folder=SHIPPED, *, dry_run=False):
    """Load the files of a folder and give back the Outcome; raises Refused when anything is wrong."""
    outcome = Outcome()
    folder = Path(folder)
    known = set(RawMaterial.objects.values_list("pk", flat=True))
    materials = import_materials(folder / "raw_materials.csv", outcome)
    import_names(folder / "material_names.csv", materials, known, outcome)
    import_focus_areas(folder / "focus_areas.csv", outcome)
    import_vocabulary_names(folder, outcome)
    if dry_run:
        transaction.set_rollback(True)
    return outcome


def import_materials(path, outcome):
    """Code -> material, of all there are afterwards."""
    rows = read_table(path, ["code", "parent", "members", *TEXTS, *FLAGS])
    materials = {material.code: material for material in RawMaterial.objects.all()}
    known = {row["code"] for _number, row in rows} | set(materials)
    problems = doubles(rows, "code")
    for number, row in rows:
        for column in FLAGS:
            if row[column] not in ("0", "1"):
                problems.append(Problem(_("Write 1 for yes and 0 for no."), number, column, row[column]))
        for column in ("parent", "members"):
            for code in filter(None, row[column].split(";")):
                if code not in known:
                    problems.append(
                        Problem(_("There is no raw material with this code."), number, column, code)
                    )
        problems += field_problems(RawMaterial(**material_values(row)), number, ["parent"])
    if problems:
        raise Refused(path, problems)
    new = [RawMaterial(**material_values(row)) for _number, row in rows if row["code"] not in materials]
    RawMaterial.objects.bulk_create(new)
    materials |= {material.code: material for material in new}
    write_links(rows, materials, {material.code for material in new}, outcome)
    return materials


def write_links(rows, materials, new, outcome):
    """Second step, now that every material has a key: what each belongs to, its members, changed values."""
    through = RawMaterial.members.through
    members = {}
    for code, member in through.objects.values_list("from_rawmaterial__code", "to_rawmaterial__code"):
        members.setdefault(code, set()).add(member)
    belonging, links = [], []
    for _number, row in rows:
        material = materials[row["code"]]
        values = {**material_values(row), "parent": materials.get(row["parent"])}
        wanted = set(filter(None, row["members"].split(";")))
        if material.code in new:
            material.parent = values["parent"]
            belonging.append(material)
            links += [through(from_rawmaterial=material, to_rawmaterial=materials[code]) for code in wanted]
            outcome.note(created=True, changed=False)
            continue
        changed = any(getattr(material, name) != value for name, value in values.items() if name != "parent")
        changed |= material.parent_id != (values["parent"].pk if values["parent"] else None)
        if changed:
            for name, value in values.items():
                setattr(material, name, value)
            material.save()
        if wanted != members.get(material.code, set()):
            material.members.set([materials[code] for code in wanted])
            changed = True
        outcome.note(created=False, changed=changed)
    RawMaterial.objects.bulk_update(belonging, ["parent"])
    through.objects.bulk_create(links)


def material_values(row):
    return {"code": row["code"], **{n: row[n] for n in TEXTS}, **{n: row[n] == "1" for n in FLAGS}}


def import_names(path, materials, known, outcome):
    """`known` are the keys of the materials that were there before: something may be linked to them."""
    rows = read_table(path, ["code", "language", "name", "kind"])
    problems = []
    names = {(n.material_id, n.language, n.name): n for n in RawMaterialName.objects.all()}
    new = []
    for number, row in rows:
        material = materials.get(row["code"])
        if material is None:
            reason = _("There is no raw material with this code.")
            problems.append(Problem(reason, number, "code", row["code"]))
            continue
        key = (material.pk, row["language"], row["name"])
        name = names.get(key)
        if name is not None and name.pk is None:
            reason = _("This name stands in the file already, for the same material and language.")
            problems.append(Problem(reason, number, "name", row["name"]))
            continue
        if name is None:
            name = RawMaterialName(
                material=material, language=row["language"], name=row["name"], kind=row["kind"]
            )
            problems += field_problems(name, number, ["material"])
            names[key] = name
            new.append(name)
        outcome.note(name.pk is None, changed=False)
    if problems:
        raise Refused(path, problems)
    RawMaterialName.objects.bulk_create(new, batch_size=500)
    # bulk_create tells nobody that these materials are found by other words now.
    for material in {name.material for name in new if name.material_id in known}:
        post_save.send(
            RawMaterial, instance=material, created=False, raw=False, using="default", update_fields=None
        )


def import_focus_areas(path, outcome):
    rows = read_table(path, ["code", "name", "description", "order"])
    problems = doubles(rows, "code")
    areas = {area.code: area for area in FocusArea.objects.all()}
    for number, row in rows:
        problems += field_problems(FocusArea(**row_of(row, FocusArea)), number)
    if problems:
        raise Refused(path, problems)
    for _number, row in rows:
        values = row_of(row, FocusArea) | {"order": int(row["order"])}
        area = areas.get(row["code"])
        changed = area is not None and any(getattr(area, name) != value for name, value in values.items())
        if area is None:
            FocusArea.objects.create(**values)
        elif changed:
            for name, value in values.items():
                setattr(area, name, value)
            area.save()
        outcome.note(area is None, changed)


def row_of(row, model):
    names = {field.name for field in model._meta.concrete_fields}
    return {name: value for name, value in row.items() if name in names}


def doubles(rows, column):
    """A problem for every row that repeats what an earlier one has in this column."""
    seen, problems = set(), []
    for number, row in rows:
        if row[column] in seen:
            problems.append(Problem(_("This stands in the file already."), number, column, row[column]))
        seen.add(row[column])
    return problems


def field_problems(instance, number, leave_out=()):
    """What the model's own fields say against a row."""
    try:
        instance.clean_fields(exclude=leave_out)
    except ValidationError as error:
        return [
            Problem(" ".join(reasons), number, column, str(getattr(instance, column)))
            for column, reasons in error.message_dict.items()
        ]
    return []
