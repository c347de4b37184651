"""No form of the site takes a text without end."""

import pytest
from django import forms
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import get_resolver
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from events.models import SurveyAnswer
from network.rights import CONTRIBUTORS
from tests.factories import AttendanceFactory, LearningEventPageFactory, UserFactory
from tests.knowledge.sent_forms import filled

pytestmark = pytest.mark.django_db
ROOMS = {"config", "events", "home", "knowledge", "network", "progress", "regions", "search"}
# Wagtail's own (notes at fields, a list of words), what the table of accounts limits, and passwords.
OTHERWISE = {"comments", "keywords", "first_name", "last_name", "username"}
OTHERWISE |= {"password", "password1", "password2"}


def forms_of_the_site():
    """Every form class of ours, and every form that the admin makes of our models."""
    get_resolver().url_patterns  # noqa: B018 - the forms of all views are known once they are loaded
    waiting = [forms.BaseForm]
    while waiting:
        found = waiting.pop().__subclasses__()
        yield from (form for form in found if form.__module__.split(".")[0] in ROOMS)
        waiting += found
    for model in apps.get_models():
        if model._meta.app_label in ROOMS and issubclass(model, Page):
            yield model.get_edit_handler().get_form_class()
        elif model._meta.app_label in ROOMS and model in get_snippet_models():
            handler = model.snippet_viewset.get_edit_handler()
            yield from [handler.get_form_class()] if handler else []


def texts_without_end(form):
    rows = [(name, formset.form.base_fields) for name, formset in getattr(form, "formsets", {}).items()]
    for part, fields in [("", getattr(form, "base_fields", {})), *rows]:
        for name, field in fields.items():
            is_text = isinstance(field, forms.CharField) and field.max_length is None
            if is_text and not {part, name} & OTHERWISE:
                yield f"{form.__module__}.{form.__name__}: {part or ''} {name}"


def test_every_free_text_has_a_limit():
    assert sorted({line for form in set(forms_of_the_site()) for line in texts_without_end(form)}) == []


def test_what_somebody_says_they_learned_has_2000_characters_at_most(client):
    mark = AttendanceFactory(registration__event=LearningEventPageFactory(days=-3))
    address = f"/events/registration/{mark.registration.token}/survey/"
    answer = {"capacity": "4", "respondent_type": "staff", "policy_role": ""}

    refused = client.post(address, answer | {"comment": "a" * 2001})
    kept = client.post(address, answer | {"comment": "a" * 2000})

    assert refused.context["form"].errors == {
        "comment": ["Ensure this value has at most 2000 characters (it has 2001)."]
    }
    assert "a" * 2001 in refused.content.decode()
    assert (kept.status_code, len(SurveyAnswer.objects.get().comment)) == (302, 2000)


@pytest.mark.parametrize(
    ("field", "limit"),
    [("travel", 1000), ("accessibility_info", 1000), ("objectives", 1500), ("description", 3000)],
)
def test_texts_of_an_event_are_shortened_before_it_is_submitted(field, limit):
    event = LearningEventPageFactory.build(**{field: "ä" * (limit + 2)})

    sentences = dict(event.lacks())

    assert sentences[field] == f"At most {limit} characters. Shorten it by 2."


def test_not_even_a_draft_holds_a_text_without_end(signed_in):
    aino = UserFactory(groups=[Group.objects.get(name=CONTRIBUTORS)])
    event = LearningEventPageFactory(owner=aino, live=False)
    browser = signed_in(aino)
    address = f"/admin/pages/{event.pk}/edit/"

    sent = browser.post(address, filled(browser.get(address)) | {"travel": ["b" * 20_001]})

    assert sent.context["form"].errors == {
        "travel": ["Ensure this value has at most 20000 characters (it has 20001)."]
    }
