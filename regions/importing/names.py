"""Load the names of stages, focus areas and regions in many languages.

A name that the files no longer have goes, unless an editor wrote it; what an editor switched off stays off.
"""

from django.core.exceptions import ValidationError
from django.db.models.signals import post_save
from django.utils.translation import gettext as _

from regions.choices import NamedFacet
from regions.importing.table import Problem, Refused, read_table
from regions.models import FocusArea, VocabularyName
from regions.models.vocabulary_name import CLOSED

FILES = {
    "any_material_names.csv": NamedFacet.MATERIAL,
    "stage_names.csv": NamedFacet.STAGE,
    "focus_area_names.csv": NamedFacet.FOCUS,
    "country_names.csv": NamedFacet.REGION,
    "region_names.csv": NamedFacet.REGION,
}


def import_vocabulary_names(folder, outcome):
    """Bring the shipped names up to date with the files of a folder; raises Refused when one is wrong."""
    areas = set(FocusArea.objects.values_list("code", flat=True))
    there = {key_of(name): name for name in VocabularyName.objects.all()}
    wanted = {}
    for file, facet in FILES.items():
        problems = []
        for number, row in read_table(folder / file, ["code", "language", "name", "kind"]):
            name = VocabularyName(
                facet=facet,
                value=row["code"],
                language=row["language"],
                text=row["name"],
                kind=row["kind"],
                is_shipped=True,
            )
            problems += problems_of(name, number, areas, wanted)
            wanted[key_of(name)] = name
        if problems:
            raise Refused(folder / file, problems)
    write(wanted, there, outcome)


def key_of(name):
    return str(name.facet), name.value, name.language, name.text


def problems_of(name, number, areas, wanted):
    # Regions may be loaded later, so of their codes only the form is known: a name without its place is idle.
    known = areas if name.facet == NamedFacet.FOCUS else CLOSED.get(name.facet)
    if known is not None and name.value not in known:
        reason = _("There is no %s with this code.") % name.get_facet_display()
        yield Problem(reason, number, "code", name.value)
    if key_of(name) in wanted:
        reason = _("This name stands in the files already, for the same thing and language.")
        yield Problem(reason, number, "name", name.text)
    try:
        name.clean_fields()
    except ValidationError as error:
        for field, reasons in error.message_dict.items():
            column = {"value": "code", "text": "name"}.get(field, field)
            yield Problem(" ".join(reasons), number, column, str(getattr(name, field)))


def write(wanted, there, outcome):
    new = [name for key, name in wanted.items() if key not in there]
    changed = []
    for key, name in wanted.items():
        old = there.get(key)
        is_changed = old is not None and old.is_shipped and old.kind != name.kind
        if is_changed:
            old.kind = name.kind
            changed.append(old)
        outcome.note(old is None, is_changed)
    gone = [name.pk for key, name in there.items() if name.is_shipped and key not in wanted]
    VocabularyName.objects.bulk_create(new, batch_size=500)
    VocabularyName.objects.bulk_update(changed, ["kind"])
    VocabularyName.objects.filter(pk__in=gone).delete()
    if new or changed:
        # Writing many rows at once tells nobody; one word is enough for those who keep the names in memory.
        post_save.send(
            VocabularyName,
            instance=(new + changed)[0],
            created=bool(new),
            raw=False,
            using="default",
            update_fields=None,
        )
