"""Choosers of the admin that find by name: organisations, projects, regions."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic import chooser as generic
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.snippets.views import chooser as snippets

from language.fields import LineField
from regions.models import Region


class NameFilterForm(BaseFilterForm):
    """Finds rows by a part of any of their names."""

    q = LineField(label=_("Find"), required=False, max_length=100)

    lookups = ("name__icontains",)

    def filter(self, objects):
        objects = super().filter(objects)
        words = self.cleaned_data.get("q")
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        found = Q()
        for lookup in self.lookups:
            found |= Q(**{lookup: words})
        return objects.filter(found)


class OrganisationFilterForm(NameFilterForm):
    lookups = ("name__icontains", "name_original__icontains", "acronym__icontains")


class ProjectFilterForm(NameFilterForm):
    lookups = ("acronym__icontains", "title__icontains")


class RegionFilterForm(NameFilterForm):
    lookups = ("code__istartswith", "name__icontains", "name_local__icontains")


def finding(form, base):
    """The chooser view with this form to find by."""
    return type(base.__name__, (base,), {"filter_form_class": form})


class Choosing:
    """Nothing is made in a chooser: each thing has a form of its own."""

    def get_urlpatterns(self):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


class NoChooser(snippets.SnippetChooserViewSet):
    """For rows that nothing refers to by a chooser: no address that would tell of them."""

    def get_urlpatterns(self):
        return []


class OrganisationChooser(Choosing, snippets.SnippetChooserViewSet):
    choose_view_class = finding(OrganisationFilterForm, snippets.ChooseView)
    choose_results_view_class = finding(OrganisationFilterForm, snippets.ChooseResultsView)


class ProjectChooser(Choosing, snippets.SnippetChooserViewSet):
    choose_view_class = finding(ProjectFilterForm, snippets.ChooseView)
    choose_results_view_class = finding(ProjectFilterForm, snippets.ChooseResultsView)


class RegionChooser(Choosing, ChooserViewSet):
    """Choose one of the 1,800 regions by code or name; regions that have ended are not offered."""

    model = Region
    icon = "site"
    choose_one_text = _("Choose a region")
    choose_another_text = _("Choose another region")
    choose_view_class = finding(RegionFilterForm, generic.ChooseView)
    choose_results_view_class = finding(RegionFilterForm, generic.ChooseResultsView)

    def get_object_list(self):
        return self.model.objects.current().order_by("level", "name")
