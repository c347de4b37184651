"""One row of each table is written in every way; the pages that are kept are compared after each."""

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


def is_unseen(model):
    return model._meta.db_table in UNSEEN


def says_nothing(model):
    """Whether a table holds nothing but links to another of the same thing: to save it writes the other."""
    return all(field.primary_key for field in model._meta.local_fields)


def unseen_columns(model):
    """The columns of a table that pages show which no page shows."""
    return UNSEEN_COLUMNS.get(model._meta.db_table, set())


class Written:
    """One row of a model, written and put back: each `yield` is a change, and says whether it may show."""

    def __init__(self, model):
        self.model = model
        self.label = model._meta.label
        self.row = rows.a_row(model)

    def changes(self):
        """(what was done, whether it changes what the columns say) after each change."""
        made = rows.make_row(self.model)
        if made:
            yield "inserted", False
            if self.row and rows.can_go(made):
                made.delete()
                yield "deleted what was inserted", False
        self.row = self.row or made
        if self.row is None:
            return
        yield from self.updated()
        yield from self.saved()
        yield from self.deleted()

    def values(self):
        """({column: another value}, {column: value}) of all but what no page shows."""
        new = rows.changed(self.row)
        new = {name: value for name, value in new.items() if name not in unseen_columns(self.model)}
        return new, {name: getattr(self.row, name) for name in new}

    def updated(self):
        new, old = self.values()
        if not new:
            # What only links says the same again: it is written all the same.
            field = next(field for field in self.model._meta.local_fields)
            rows.write(self.model, self.row.pk, {field.attname: getattr(self.row, field.attname)})
            yield "written as it was", False
            return
        rows.write(self.model, self.row.pk, new)
        yield "updated", True
        rows.write(self.model, self.row.pk, old)
        yield "put back", True

    def saved(self):
        new, old = self.values()
        for what, values in (("saved", new), ("saved as it was", old)):
            row = self.model._base_manager.get(pk=self.row.pk)
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
            yield what, False

    def deleted(self):
        row = self.model._base_manager.get(pk=self.row.pk)
        if rows.can_go(row) and (gone := rows.delete(row)):
            yield "deleted", False
            gone.put_back()
            yield "inserted again", False


def walk(model, comparison, names, *, is_full=False):
    """Write the table in every way, comparing after each. Of what pages show, each must let a number rise."""
    before = comparison.numbers()
    for what, says_more in Written(model).changes():
        told = f"{model._meta.label} {what}"
        now = comparison.numbers()
        if now == before and not (is_unseen(model) or says_nothing(model)):
            comparison.unraised.append(told)
        is_shown = not is_unseen(model) and model._meta.label not in SHOWN_NOWHERE
        if names:
            comparison.compare(told, names, must_show=is_full and says_more and is_shown)
        before = comparison.numbers()


def write_each(models, comparison):
    """Write a row of each of these tables, and put it back, with no page in between: a number must rise."""
    for model in models:
        before = comparison.numbers()
        for what, _says_more in Written(model).changes():
            if what in ("put back", "written as it was"):
                break
        if comparison.numbers() == before:
            comparison.unraised.append(model._meta.label)


def walk_together(models, comparison, names):
    """Write several tables that no page shows: first what their rows say, then in all other ways."""
    walks = [Written(model).changes() for model in models]
    for changes in walks:
        for what, _says_more in changes:
            if what in ("updated", "written as it was"):
                break
    comparison.compare("tables that no page shows updated", names, must_show=False)
    for changes in walks:
        for _change in changes:
            pass
    comparison.compare("their rows saved, deleted, inserted again", names, must_show=False)


def walk_unseen_columns(comparison, names):
    """Write the columns that no page shows, in every row of their tables."""
    for model in rows.all_models():
        columns = unseen_columns(model)
        for row in model._base_manager.all() if columns else ():
            values = {name: value for name, value in rows.changed(row).items() if name in columns}
            if values:
                rows.write(model, row.pk, values)
    comparison.compare("columns that no page shows updated", names, must_show=False)


def models_of_pages():
    """The models whose tables pages show."""
    return [model for model in rows.all_models() if not is_unseen(model)]


def other_models():
    return [model for model in rows.all_models() if is_unseen(model)]
