"""The words of search in the admin: synonyms, and names of what can be filtered by."""

from django.db.models import Count, OuterRef, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.snippets.views.snippets import (
    CreateView,
    EditView,
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from network.choosers import NoChooser
from regions.models import VocabularyName
from search.models import SynonymSet, SynonymTerm
from search.synonym_form import FEWEST_TERMS, SynonymSetForm, shared_with_others

# So many terms that stand elsewhere too are named; of more the number is enough.
MOST_NAMED = 5


class SynonymList(IndexView):
    """All sets with how many words each has; as a file, a row for each word, as import_synonyms takes it."""

    def get_base_queryset(self):
        terms = SynonymTerm.objects.filter(synonyms=OuterRef("pk")).order_by().values("synonyms")
        number = terms.annotate(number=Count("pk")).values("number")
        return super().get_base_queryset().annotate(number=Subquery(number))

    def search_queryset(self, queryset):
        # A set is found by any of its words, and stands in the list once.
        return super().search_queryset(queryset).distinct()

    def as_spreadsheet(self, queryset, spreadsheet_format):
        terms = SynonymTerm.objects.filter(synonyms__in=list(queryset)).select_related("synonyms")
        return super().as_spreadsheet(terms.order_by("synonyms__name", "pk"), spreadsheet_format)

    def to_row_dict(self, item):
        return {
            "set": item.synonyms.name,
            "language": item.language,
            "term": item.text,
            "is_symbol": int(item.is_symbol),
            "is_narrower": int(item.is_narrower),
        }

    def get_heading(self, queryset, field):
        return field


class WarnsOfSharedTerms:
    """Says after saving which words stand in other sets too: whoever looks for one finds all of both."""

    def save_instance(self):
        saved = super().save_instance()
        shared = shared_with_others(saved)
        for term, name in shared[:MOST_NAMED]:
            messages.warning(
                self.request,
                _("“%(term)s” stands in the set “%(name)s” too: who looks for it finds the words of both.")
                % {"term": term, "name": name},
            )
        if len(shared) > MOST_NAMED:
            number = len(shared) - MOST_NAMED
            messages.warning(self.request, _("%d more of its words stand in other sets too.") % number)
        return saved


class AddSynonyms(WarnsOfSharedTerms, CreateView):
    pass


class EditSynonyms(WarnsOfSharedTerms, EditView):
    pass


class SynonymViewSet(SnippetViewSet):
    """Sets of words that mean the same."""

    model = SynonymSet
    icon = "link"
    menu_label = gettext_lazy("Synonyms")
    chooser_viewset_class = NoChooser
    list_display = [
        "name",
        Column("number", label=gettext_lazy("Words"), width="10%"),
        BooleanColumn("is_active", label=gettext_lazy("Used in search"), width="15%"),
        DateColumn("updated_at", label=gettext_lazy("Changed"), width="20%", sort_key="updated_at"),
    ]
    list_filter = ["is_active"]
    list_export = ["set", "language", "term", "is_symbol", "is_narrower"]
    export_filename = "synonyms"
    list_per_page = 50
    search_fields = ["name", "terms__text"]
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = SynonymList
    add_view_class = AddSynonyms
    edit_view_class = EditSynonyms
    edit_handler = ObjectList(
        [
            HelpPanel(
                gettext_lazy(
                    "Whoever looks for one of these words finds what says any other of them, in all "
                    "languages. A change works on the next search. Put together only what a reader would "
                    "accept as the same thing: “slag” and “ash” are both residues, but nobody who looks for "
                    "one wants the other."
                )
            ),
            FieldPanel("name"),
            FieldPanel("is_active"),
            InlinePanel(
                "terms",
                [
                    FieldRowPanel(
                        [
                            FieldPanel("text"),
                            FieldPanel("language"),
                            FieldPanel("is_symbol"),
                            FieldPanel("is_narrower"),
                        ]
                    )
                ],
                heading=gettext_lazy("Words and phrases"),
                label=gettext_lazy("Word or phrase"),
                min_num=FEWEST_TERMS,
            ),
            FieldPanel("note"),
        ],
        base_form_class=SynonymSetForm,
    )


class NameViewSet(SnippetViewSet):
    """Names of stages, focus areas and regions."""

    model = VocabularyName
    icon = "tag"
    menu_label = gettext_lazy("Names")
    chooser_viewset_class = NoChooser
    list_display = [
        "text",
        Column("facet", label=gettext_lazy("Of a"), accessor="get_facet_display"),
        "value",
        Column("language", label=gettext_lazy("Language"), accessor="get_language_display"),
        BooleanColumn("is_used", label=gettext_lazy("Used in search")),
    ]
    list_filter = ["facet", "language", "is_used", "is_shipped"]
    list_export = ["facet", "value", "language", "text", "kind", "is_used"]
    export_filename = "names"
    list_per_page = 50
    search_fields = ["text", "value"]
    copy_view_enabled = False
    add_to_reference_index = False

    @cached_property
    def panels(self):
        return [
            HelpPanel(
                gettext_lazy(
                    "Whoever looks for this name finds what is about the thing, even where its text never "
                    "says so. A name that comes with the site returns when the vocabulary is loaded again; "
                    "take its tick away rather than deleting it."
                )
            ),
            FieldPanel("text"),
            FieldRowPanel([FieldPanel("facet"), FieldPanel("value")]),
            FieldRowPanel([FieldPanel("language"), FieldPanel("kind")]),
            FieldPanel("is_used"),
        ]


class SearchWordsGroup(SnippetViewSetGroup):
    """Synonyms and names, in one menu."""

    menu_label = gettext_lazy("Search words")
    menu_icon = "search"
    menu_order = 220
    items = (SynonymViewSet, NameViewSet)
