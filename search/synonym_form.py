"""Writing a set of synonyms in the admin: what is wrong is said at the word it is about."""

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from search.languages import fold
from search.lexicon import MAX_WORDS_IN_NAME
from search.models import SynonymTerm
from search.words import words_in

FEWEST_TERMS = 2


class SynonymSetForm(WagtailAdminModelForm):
    """A set and its terms: two at least, none empty, none twice."""

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if not begins_well(name):
            self.add_error("name", _("Begin the name with a letter or a number."))
        return name

    def clean(self):
        cleaned = super().clean()
        seen, number = set(), 0
        for form in self.formsets["terms"].forms:
            # An empty row is no row; one with an error of its own has said so itself.
            if form in self.formsets["terms"].deleted_forms or not form.is_valid() or not form.has_changed():
                number += is_there_already(form)
                continue
            text = form.cleaned_data["text"] = form.instance.text = tidied(form.cleaned_data["text"])
            number += 1
            key = form.cleaned_data["language"], text if form.cleaned_data["is_symbol"] else fold(text)
            if key in seen:
                form.add_error("text", _("“%s” stands here twice, for the same language.") % text)
            seen.add(key)
            for sentence in complaints(text):
                form.add_error("text", sentence)
        if number < FEWEST_TERMS:
            self.add_error(None, _("A set needs at least two words or phrases that mean the same."))
        return cleaned


def is_there_already(form):
    """Whether the row stands in the set and is left as it is."""
    return bool(form.instance.pk) and not form.has_changed()


def tidied(text):
    return " ".join(text.split())


def begins_well(text):
    # What begins with a sign could be taken for a formula where the list is opened as a table.
    return text[:1].isalnum()


def complaints(text):
    words = words_in(text)
    if not words:
        yield _("Write a word: “%s” has no letter and no number.") % text
    elif not begins_well(text):
        yield _("Begin “%s” with a letter or a number.") % text
    if len(words) > MAX_WORDS_IN_NAME:
        yield _("“%(text)s” has %(number)d words. Search looks for phrases of up to %(most)d.") % {
            "text": text,
            "number": len(words),
            "most": MAX_WORDS_IN_NAME,
        }


def shared_with_others(synonyms):
    """[(term, name of another set)] for the terms of this set that stand in another one too."""
    own = {fold(term.text): term.text for term in synonyms.terms.all()}
    others = SynonymTerm.objects.exclude(synonyms=synonyms.pk).select_related("synonyms")
    found = {(own[fold(term.text)], term.synonyms.name) for term in others if fold(term.text) in own}
    return sorted(found)
