"""Writing the records of a checked file as pages: in short batches, without doubles, sparing people's work.

A record is known by its id within an import set. Its page is updated only as long as its last revision is
the one an import wrote; whatever somebody did to it since stays.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import string_to_ascii

from knowledge.importing.pages import add_page
from knowledge.models import CollectedSource, GoodPracticePage, ImportedRecord, SectionPage, StageMark
from regions.choices import Stage
from regions.models import FocusArea, RawMaterial, Region

# Short enough that a visitor who registers for an event does not wait long for the database.
BATCH = 25
SECTION = "good-practices"


class Outcome(StrEnum):
    """What becomes of one record."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT_ALONE = "left alone"


@dataclass(frozen=True)
class Result:
    """What became of one record, why it was left alone, and whether it was published by this import."""

    external_id: str
    outcome: Outcome
    reason: str = ""
    published: bool = False


def fingerprint(line):
    return hashlib.sha256(line.encode()).hexdigest()


def plan(lines, *, import_set):
    """What `write` would do with these records, without doing anything."""
    for batch in batches(lines):
        known = known_records(import_set, batch)
        for external_id, line in batch:
            yield judge(known.get(external_id), external_id, line)


def write(lines, *, import_set, publish=False, read_on=None):
    """Write these records and yield a Result for each, a batch after the other once it is committed.

    `read_on` is the day the sources were read where a record does not say it; today, if it is not given.
    """
    run = Run(import_set, publish, timezone.now(), read_on or timezone.localdate())
    for batch in batches(lines):
        yield from run.write_batch(batch)


def batches(lines):
    """[(id, line)], a few at a time."""
    lines = iter(lines)
    while batch := [(json.loads(line)["id"], line) for line in islice(lines, BATCH)]:
        yield batch


def known_records(import_set, batch):
    records = ImportedRecord.objects.filter(
        import_set=import_set, external_id__in=[external_id for external_id, _line in batch]
    )
    return {record.external_id: record for record in records.select_related("page", "page__collected_source")}


def judge(known, external_id, line):
    """What is to be done with a record, given what is known of it from earlier imports."""
    if known is None:
        return Result(external_id, Outcome.NEW)
    if reason := why_left_alone(known):
        return Result(external_id, Outcome.LEFT_ALONE, str(reason))
    is_same = known.fingerprint == fingerprint(line)
    return Result(external_id, Outcome.UNCHANGED if is_same else Outcome.CHANGED)


def why_left_alone(known):
    """Why people's work on this page keeps an import away from it, or an empty text."""
    page, source = known.page, getattr(known.page, "collected_source", None)
    if page.latest_revision_id != known.revision_id:
        return _("Somebody edited it on the site since the last import.")
    if source and source.confirmed_at:
        return _("Its owner confirmed it.")
    if page.locked:
        return _("It is locked on the site.")
    if not page.live and page.first_published_at:
        return _("Somebody took it offline.")
    return ""


class Run:
    """One import into one set: what all its batches share."""

    def __init__(self, import_set, publish, now, read_on):
        self.import_set, self.publish, self.now, self.read_on = import_set, publish, now, read_on

    @transaction.atomic
    def write_batch(self, batch):
        # The section's row is the lock: two imports at once must not make the same page twice.
        self.section = SectionPage.objects.select_for_update().get(slug=SECTION)
        self.links = Links([json.loads(line) for _id, line in batch])
        known = known_records(self.import_set, batch)
        return [self.write_one(known.get(external_id), external_id, line) for external_id, line in batch]

    def write_one(self, known, external_id, line):
        result = judge(known, external_id, line)
        if result.outcome == Outcome.LEFT_ALONE:
            return result
        if result.outcome == Outcome.UNCHANGED:
            wants_publishing = self.publish and (not known.page.live or known.page.has_unpublished_changes)
            if wants_publishing:
                known.page.specific.latest_revision.publish()
            return Result(external_id, result.outcome, published=wants_publishing)
        content = json.loads(line)
        if known is None:
            page = fill(GoodPracticePage(slug=self.free_slug(content)), content, self.links)
            revision = add_page(self.section, page, publish=self.publish)
            known = ImportedRecord(page=page, import_set=self.import_set, external_id=external_id)
        else:
            page = fill(known.page.specific.get_latest_revision_as_object(), content, self.links)
            revision = page.save_revision(clean=False)
            if self.publish:
                revision.publish()
        known.revision_id, known.fingerprint, known.imported_at = revision.pk, fingerprint(line), self.now
        known.save()
        self.note_source(page, content)
        return Result(external_id, result.outcome, published=self.publish)

    def free_slug(self, content):
        """An address of plain letters that no page of the section has."""
        title = content["fields"]["title"]
        wanted = slugify(string_to_ascii(title))[:200] or slugify(content["id"]) or "practice"
        taken = set(
            self.section.get_children().filter(slug__startswith=wanted).values_list("slug", flat=True)
        )
        number = 2
        slug = wanted
        while slug in taken:
            slug, number = f"{wanted}-{number}", number + 1
        return slug

    def note_source(self, page, content):
        """Keep where the record was collected from, or that its owner submitted it."""
        if "source" not in content:
            return
        if source := content["source"]:
            source = source | {"read_on": source["read_on"] or self.read_on}
            CollectedSource.objects.update_or_create(page=page, defaults=source)
        else:
            CollectedSource.objects.filter(page=page).delete()


class Links:
    """The regions, materials and focus areas that a batch of records names, in one query each."""

    models = {"regions": Region, "raw_materials": RawMaterial, "focus_areas": FocusArea}

    def __init__(self, contents):
        self.found = {
            name: model.objects.in_bulk(
                {code for c in contents for code in c.get(name, [])}, field_name="code"
            )
            for name, model in self.models.items()
        }

    def of(self, name, codes):
        return [self.found[name][code] for code in codes]


def fill(page, content, links):
    """The page with what the record says; what the record does not speak of stays as it is."""
    for name, value in content["fields"].items():
        field = page._meta.get_field(name)
        setattr(page, name, field.get_default() if value == "" else field.to_python(value))
    for name in Links.models:
        if name in content:
            setattr(page, name, links.of(name, content[name]))
    page.stage_marks = [
        StageMark(stage=stage, weight=content["stages"][stage], sort_order=order)
        for order, stage in enumerate(Stage)
        if stage in content["stages"]
    ]
    if "keywords" in content:
        page.keywords.set(content["keywords"])
    for name in ("organisation", "project"):
        if name in content:
            setattr(page, f"{name}_id", content[name])
    return page


def summary(results):
    """How many records came to what, as {Outcome: number}, and how many were published."""
    counted = Counter(result.outcome for result in results)
    return {outcome: counted[outcome] for outcome in Outcome}, sum(result.published for result in results)
