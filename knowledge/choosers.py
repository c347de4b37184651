"""Choosers of the admin that offer, find and name only what their person may see."""

from wagtail.snippets.views import chooser as snippets

from knowledge.permissions import seen_by
from network.choosers import Choosing


class SeenRows:
    """Only the rows that this person may see."""

    def get_object_list(self):
        return self.seen()

    def get_object(self, pk):
        return self.seen().get(pk=pk)

    def get_objects(self, pks):
        return self.seen().filter(pk__in=pks)

    def seen(self):
        return seen_by(self.request.user, self.model_class._default_manager.all())


def seen(view):
    """The chooser view with only the rows that its person may see."""
    return type(view.__name__, (SeenRows, view), {})


class SeenRowsChooser(Choosing, snippets.SnippetChooserViewSet):
    """Choose among the rows that one may see."""

    choose_view_class = seen(snippets.ChooseView)
    choose_results_view_class = seen(snippets.ChooseResultsView)
    chosen_view_class = seen(snippets.SnippetChosenView)
    chosen_multiple_view_class = seen(snippets.SnippetChosenMultipleView)
