"""What is written into one row of each table there is: inserted, changed, saved, deleted, and put back.

Values are valid ones of their kind. Whatever happens here is undone by hand, which is a change as well.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.db.utils import IntegrityError
from treebeard.mp_tree import MP_Node
from wagtail.models import Page

# Columns that hold the tree or the code together: no reader's page survives them, nor does Wagtail.
LEFT_ALONE = {
    "wagtailcore.Page": {"path", "depth", "numchild", "url_path", "slug"},
    "wagtailcore.Collection": {"path", "depth", "numchild"},
    "wagtailcore.Site": {"hostname", "port", "is_default_site"},
    "wagtailcore.Locale": {"language_code"},
    "contenttypes.ContentType": {"app_label", "model"},
    "progress.Indicator": {"key", "rule_key"},
    "progress.Snapshot": {"hash"},
    "network.ContentVersion": {"name", "number"},
    "knowledge.Picture": {"file", "file_hash", "width", "height"},
    "knowledge.Rendition": {"file", "filter_spec", "width", "height"},
    "knowledge.SourceDocument": {"file", "file_hash", "file_size"},
    "regions.Region": {"code", "level", "country"},
    "events.LearningEventPage": {"timezone"},
    "events.Places": {"mode"},
    "knowledge.Validation": {"kind"},
    "wagtailcore.ModelLogEntry": {"action"},
    "wagtailcore.PageLogEntry": {"action"},
    "django_tasks_database.DBTaskResult": {"task_path", "backend_name"},
    "mfa.Authenticator": {"type"},
    "wagtailsearch.IndexEntry": {"title", "body", "autocomplete"},
}
# What neither comes nor goes here: the site stands on it, or more goes along than its links tell.
STAYS = {
    "contenttypes.ContentType",
    "network.ContentVersion",
    "search.Digest",
    "wagtailcore.Locale",
    "wagtailcore.Site",
    "wagtailsearch.IndexEntry",
    "wagtailsearch.SQLiteFTSIndexEntry",
}


def all_models():
    """Every concrete model there is a table for, those between two others too."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table in tables()
    ]


def tables():
    return set(connection.introspection.table_names())


def own_columns(model):
    """The fields of the model's own table that say something."""
    left = LEFT_ALONE.get(model._meta.label, ())
    return [
        field
        for field in model._meta.local_fields
        if not (field.primary_key or field.is_relation or field.unique or field.name in left)
        and not isinstance(field, models.UUIDField | models.FileField | models.BinaryField)
    ]


def other_value(field, value):
    """Another valid value of this field, or the same where there is none."""
    if field.choices:
        values = [choice for choice, _label in field.flatchoices if choice not in (value, "")]
        return values[0] if values else value
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float | Decimal):
        return value + 1
    if isinstance(value, date):
        # A date that stands for never stays never.
        return value + timedelta(days=400) if value.year < 9999 else value
    if isinstance(value, time):
        return value.replace(minute=(value.minute + 1) % 60)
    if isinstance(value, str):
        return (value + "x")[: field.max_length] if value else value
    return value


def changed(row):
    """{column: another value} for everything this row says."""
    values = {}
    for field in own_columns(type(row)):
        value = getattr(row, field.attname)
        if (other := other_value(field, value)) != value:
            values[field.attname] = other
    return values


def write(model, pk, values):
    """UPDATE one row, past every signal."""
    return model._base_manager.filter(pk=pk).update(**values)


def a_row(model):
    """A row of the model, one that people made rather than the first there is; None without any."""
    rows = model._base_manager.order_by("-pk")
    return rows.filter(live=True).first() if issubclass(model, Page) else rows.first()


def make_row(model):
    """A new row, made up of whatever the columns take; None where the tables allow no other."""
    if issubclass(model, MP_Node) or model._meta.label in STAYS:
        return None
    values = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.AutoField) or (field.remote_field and field.remote_field.parent_link):
            continue
        if field.is_relation:
            if not (field.null or field.has_default()):
                values[field.name] = target_of(field)
        elif not field.has_default() or field.unique:
            values[field.attname] = made_up(field)
    row = model(**values)
    try:
        with transaction.atomic():
            if model._meta.parents:
                row.save()
            else:
                model._base_manager.bulk_create([row])
    except IntegrityError:
        return None
    return row


def target_of(field):
    """A row for a link to lead to: one that no other row links to where each may have one only."""
    rows = field.related_model._base_manager.order_by("-pk")
    if field.unique:
        rows = rows.exclude(pk__in=field.model._base_manager.values(field.attname))
    return rows.first() or make_row(field.related_model)


def made_up(field):
    """A value that this column takes."""
    if field.null and not field.unique:
        return None
    if field.choices:
        return field.flatchoices[0][0]
    if field.name == "action":
        return "wagtail.edit"
    now = datetime(2026, 5, 17, 12, tzinfo=connection.timezone)
    kinds = {
        models.BooleanField: False,
        models.DateTimeField: now,
        models.DateField: now.date(),
        models.TimeField: now.time(),
        models.DurationField: timedelta(1),
        models.JSONField: {},
        models.UUIDField: "12345678-1234-4234-8234-123456789012",
        models.GenericIPAddressField: "127.0.0.1",
        models.BinaryField: b"x",
    }
    for kind, value in kinds.items():
        if isinstance(field, kind):
            return value
    if isinstance(field, models.IntegerField | models.FloatField | models.DecimalField):
        return 7
    return f"zz-{field.name}"[: field.max_length]


def can_go(row):
    """Whether the row can be deleted, and brought back as it was."""
    return (
        not isinstance(row, MP_Node | Page)
        and type(row)._meta.label not in STAYS
        and not (type(row)._meta.parents)
    )


class Whole(Collector):
    """Everything that a deletion takes along or empties, found before it happens."""

    def can_fast_delete(self, *args, **kwargs):
        return False


class Deleted:
    """A row that is gone with all that hung on it, until it is put back."""

    def __init__(self, row):
        self.rows, self.emptied = [], []
        found = Whole("default", origin=row)
        found.collect([row])
        for (field, _value), several in found.field_updates.items():
            for some in several:
                self.emptied += [(one, field.attname, getattr(one, field.attname)) for one in some]
        found.sort()
        # The rows as they are found lack what the deletion does not ask for.
        self.rows = [model._base_manager.get(pk=one.pk) for model, rows in found.data.items() for one in rows]
        self.keys = [one.pk for one in self.rows]
        row.delete()

    def put_back(self):
        """Insert every row again, those first on which others hang."""
        with transaction.atomic():
            left = list(zip(self.rows, self.keys, strict=True))
            for one, pk in reversed(left):
                one.pk = pk
                one.save_base(raw=True, force_insert=True)
            for one, attname, value in self.emptied:
                write(type(one), one.pk, {attname: value})


def delete(row):
    """Delete the row, to be put back; None where something keeps it."""
    try:
        with transaction.atomic():
            return Deleted(row)
    except (ProtectedError, RestrictedError):
        return None
