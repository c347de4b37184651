"""One row of each table is written in every way; the pages that are kept are compared after each."""

from django.core.exceptions import ValidationError

from config.database.unseen import UNSEEN, UNSEEN_COLUMNS
from tests.crawl import rows

# Tables that are taken for content although no page of the walk shows what stands in their columns.
SHOWN_NOWHERE = {
    "contenttypes.ContentType",
    "home.HomePage",
    "knowledge.ImportedRecord",
    "knowledge.OfficerApproval",
    "knowledge.OfficerDecision",
    "knowledge.SectionPage",
    "network.Membership",
    "search.LexiconVersion",
    "search.SynonymSet",
    "search.SynonymTerm",
    "taggit.TaggedItem",
    "wagtailcore.Collection",
    "wagtailcore.CollectionViewRestriction",
    "wagtailcore.CollectionViewRestriction_groups",
    "wagtailcore.GroupApprovalTask",
    "wagtailcore.GroupApprovalTask_groups",
    "wagtailcore.Locale",
    "wagtailcore.Site",
    "wagtaildocs.Document",
    "wagtailembeds.Embed",
    "wagtailimages.Image",
    "wagtailimages.Rendition",
}
UPDATED = "updated"


def is_unseen(model):
    return model._meta.db_table in UNSEEN


def says_nothing(model):
    """Whether a table holds nothing but links to another of the same thing: to save it writes the other."""
    return all(field.primary_key for field in model._meta.local_fields)


def unseen_columns(model):
    """The columns of a table that pages show which no page shows."""
    return UNSEEN_COLUMNS.get(model._meta.db_table, set())


class Written:
    """One row of a model, written in different ways and put back; each `yield` says what was just done."""

    def __init__(self, model):
        self.model = model
        self.row = rows.a_row(model)

    @property
    def ways(self):
        """In this order: a table without rows has one from the first on."""
        return (self.inserted, self.updated, self.saved, self.deleted)

    def values(self):
        """({column: another value}, {column: value}) of all but what no page shows."""
        new = rows.changed(self.row)
        new = {name: value for name, value in new.items() if name not in unseen_columns(self.model)}
        return new, {name: getattr(self.row, name) for name in new}

    def is_there(self):
        """Whether there is a row to write, be it one that is made for it."""
        self.row = self.row or rows.make_row(self.model)
        return self.row is not None

    def inserted(self):
        made = rows.make_row(self.model)
        if made:
            yield "inserted"
            if self.row and rows.can_go(made):
                made.delete()
                yield "deleted what was inserted"
        self.row = self.row or made

    def updated(self):
        if self.row is None:
            return
        new, old = self.values()
        if not new:
            # What only links says the same again: it is written all the same.
            field = self.model._meta.local_fields[0]
            rows.write(self.model, self.row.pk, {field.attname: getattr(self.row, field.attname)})
            yield "written as it was"
            return
        rows.write(self.model, self.row.pk, new)
        yield UPDATED
        rows.write(self.model, self.row.pk, old)
        yield "put back"

    def saved(self):
        if self.row is None:
            return
        new, old = self.values()
        for what, values in (("saved", new), ("saved as it was", old)):
            row = self.model._base_manager.get(pk=self.row.pk)
            for name, value in values.items():
                setattr(row, name, value)
            try:
                row.save()
            except ValidationError:
                # A record of a page that is gone: nobody saves it again.
                return
            yield what

    def deleted(self):
        if self.row is None:
            return
        row = self.model._base_manager.get(pk=self.row.pk)
        if rows.can_go(row) and (gone := rows.delete(row)):
            yield "deleted"
            gone.put_back()
            yield "inserted again"


def must_raise(model):
    """Whether each way to write this table has to let a number rise."""
    return not (is_unseen(model) or says_nothing(model))


def walk(model, comparison, pages, some):
    """Write the table in every way and compare after each: some pages, and all of them where most shows."""
    row = Written(model)
    for way in row.ways:
        names = pages if way == row.updated or is_unseen(model) else some
        comparison.warm(names)
        before = comparison.numbers()
        for what in way():
            told = f"{model._meta.label} {what}"
            if must_raise(model) and comparison.numbers() == before:
                comparison.unraised.append(told)
            is_shown = what == UPDATED and model._meta.label not in SHOWN_NOWHERE and not is_unseen(model)
            if is_unseen(model) and what == UPDATED:
                comparison.note_needless(told, before)
            comparison.compare(told, names, must_show=is_shown and len(pages) > len(some))
            before = comparison.numbers()


def write_each(models, comparison):
    """Write a row of each of these tables and put it back, with no page in between: a number must rise."""
    for model in models:
        row = Written(model)
        for way in (row.inserted, row.updated):
            before = comparison.numbers()
            for what in way():
                if must_raise(model) and comparison.numbers() == before:
                    comparison.unraised.append(f"{model._meta.label} {what}")
                before = comparison.numbers()


def walk_together(models, comparison, pages):
    """Write several tables that no page shows: first what their rows say, then in all other ways.

    What goes with the rows that are deleted may let a number rise, so a third of the pages is enough then.
    """
    before = comparison.numbers()
    written = [row for row in map(Written, models) if row.is_there()]
    begun = [row.updated() for row in written]
    for changes in begun:
        next(changes)
    comparison.note_needless("tables and columns that no page shows", before)
    comparison.compare("tables and columns that no page shows updated", pages, must_show=False)
    for row, rest in zip(written, begun, strict=True):
        list(rest)
        list(row.inserted())
        list(row.saved())
        list(row.deleted())
    comparison.compare("their rows saved, deleted, inserted again", pages[::3], must_show=False)


def write_unseen_columns():
    """Write the columns that no page shows, in every row of their tables."""
    for model in rows.all_models():
        columns = unseen_columns(model)
        for row in model._base_manager.all() if columns else ():
            values = {name: value for name, value in rows.changed(row).items() if name in columns}
            if values:
                rows.write(model, row.pk, values)


def models_of_pages():
    """The models whose tables pages show."""
    return [model for model in rows.all_models() if not is_unseen(model)]


def other_models():
    return [model for model in rows.all_models() if is_unseen(model)]
