"""No field can be forgotten: every text that anybody can type anywhere is cleaned before it is kept.

The walk takes every form that any address of the site can show, and every column of a table of ours.
"""

import pytest
from django import forms
from django.apps import apps
from django.db import connection, models
from django.http import QueryDict
from django.urls import get_resolver
from wagtail.contrib.settings.registry import registry as settings_of_the_site
from wagtail.contrib.settings.views import get_setting_edit_handler
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import get_page_models

from config.readable import as_typed
from knowledge.models import Picture, SourceDocument
from language.fields import Cleaned, StoredCleaned

OURS = {"events", "home", "knowledge", "network", "progress", "regions", "search"}
MARKS = "\u00ad\u200b\u200d\u2060\ufeff\u202e\u0007"
TYPED = f"\u00a0{MARKS}a{MARKS}bcd{MARKS}e\u0301{MARKS} "
MEANT = "abcd\u00e9"
ADDRESS, WEB, SLUG = "aino@example.org", "https://example.org/a", "abcd"

# Columns that nobody types into, each with its reason; and what is kept exactly as it was typed.
NOT_TYPED = {
    "events.EventStatus.announced": "facts of the event as they were announced, compared sign by sign",
    "events.JoinLink.code": "a password",
    "events.Registration.client": "a scrambled address",
    "events.Registration.consent_version": "a date of ours",
    "events.Registration.token": "a secret",
    "knowledge.ImportedRecord.fingerprint": "a hash",
    "knowledge.KnowledgePage.reference": "given by the site",
    "knowledge.Picture.file_hash": "a hash",
    "knowledge.Picture.title": "Wagtail's column: its form cleans it",
    "knowledge.ReferenceCounter.prefix": "given by the site",
    "knowledge.Rendition.filter_spec": "given by Wagtail",
    "knowledge.Rendition.focal_point_key": "given by Wagtail",
    "knowledge.SourceDocument.file_hash": "a hash",
    "knowledge.SourceDocument.title": "Wagtail's column: its form cleans it",
    "network.Attempt.client": "a scrambled address",
    "network.Attempt.what": "given by the site",
    "network.ContentVersion.name": "given by the site",
    "network.DutyDone.name": "given by the site",
    "network.Letter.about": "given by the site",
    "network.Letter.calendar": "a file, whose lines end as its format wants",
    "network.Letter.calendar_method": "given by the site",
    "network.Letter.message_id": "given by the site",
    "network.Letter.subject": "written by the site, of what is clean",
    "network.Letter.text": "written by the site, of what is clean",
    "network.Setback.key": "given by the site",
    "network.Setback.reason": "what a program said",
    "network.Setback.to": "an address that is kept already",
    "network.Setback.what": "written by the site, of what is clean",
    "network.User.password": "a hash",
    "progress.Indicator.definition": "written in the code",
    "progress.Indicator.key": "written in the code",
    "progress.Indicator.rule_key": "written in the code",
    "progress.Indicator.unit": "written in the code",
    "progress.Snapshot.hash": "a hash",
    "progress.Snapshot.rule_key": "written in the code",
    "search.SavedSearch.asked": "a question that is read by its form",
    "search.SavedSearch.fingerprint": "a hash",
    "search.SearchDocument.key": "given by the site",
    "search.SearchDocument.kind": "given by the site",
    "search.SearchDocument.title_key": "folded from what is clean",
    "search.ShippedSynonyms.fingerprint": "a hash",
}
# Fields of forms that stay as they were sent.
AS_SENT = ("password", "code", "key", "username", "uidb36", "import_file_name", "input_format", "return_url")
# Fields of the editor that hold what a script wrote.
BY_SCRIPT = {("CommentForm", "contentpath"), ("CommentForm", "position")}


def columns():
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            for field in model._meta.local_fields:
                if isinstance(field, models.CharField | models.TextField) and not field.choices:
                    yield f"{model._meta.label}.{field.name}", field


def all_forms():
    """Every class of a form, once each address has told its view."""
    load(get_resolver().url_patterns)
    for model in get_page_models():
        model.get_edit_handler().get_form_class()
    for model in settings_of_the_site:
        get_setting_edit_handler(model).get_form_class()
    get_image_form(Picture), get_document_form(SourceDocument)
    found, waiting = {}, [forms.forms.BaseForm]
    while waiting:
        for form in waiting.pop().__subclasses__():
            found[form] = None
            waiting.append(form)
    return list(found)


def load(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            load(pattern.url_patterns)
        else:
            assert pattern.callback


def text_fields():
    for form in all_forms():
        if form.__module__.startswith("tests."):
            continue
        for name, field in getattr(form, "base_fields", {}).items():
            if isinstance(field, forms.CharField) and not isinstance(field, forms.JSONField):
                yield form, name, field


def received(name, value):
    """What a form gets of what was typed."""
    sent = QueryDict(mutable=True)
    sent[name] = value
    return as_typed(sent)[name]


def typed_into(field):
    """Something that this kind of field takes, with marks in it, and what is meant by it."""
    text = next(
        (
            text
            for kind, text in (
                ((forms.EmailField, models.EmailField), ADDRESS),
                ((forms.URLField, models.URLField), WEB),
                ((forms.SlugField, models.SlugField), SLUG),
            )
            if isinstance(field, kind)
        ),
        None,
    )
    return (MARKS.join(["", *text, ""]), text) if text else (TYPED, MEANT)


def test_every_column_that_people_fill_keeps_what_they_meant():
    wrong, walked = [], 0
    for label, field in columns():
        if label in NOT_TYPED:
            continue
        typed, meant = typed_into(field)
        walked += 1
        stored = field.get_db_prep_save(typed, connection)
        if stored.strip() != meant:
            wrong.append((label, type(field).__name__, stored))

    assert wrong == []
    assert walked > 100


def test_what_is_left_out_of_the_walk_is_still_there():
    labels = {label for label, _field in columns()}

    assert sorted(set(NOT_TYPED) - labels) == []


def test_every_field_of_every_form_gives_what_was_meant():
    wrong, walked = [], 0
    for form, name, field in text_fields():
        if any(part in name for part in AS_SENT) or (form.__name__, name) in BY_SCRIPT:
            continue
        typed, meant = typed_into(field)
        walked += 1
        given = field.to_python(received(name, typed))
        given = given[0] if isinstance(given, list) else given
        if given != meant:
            wrong.append((f"{form.__module__}.{form.__name__}", name, type(field).__name__, given))

    assert wrong == []
    assert walked > 150


def test_our_own_forms_need_nobody_before_them():
    ours = [
        (form.__name__, name)
        for form, name, field in text_fields()
        if form.__module__.partition(".")[0] in OURS
        and not isinstance(field, Cleaned)
        # Allauth's, whose field is put in when a form is made, and what stays as it was sent.
        and form.__module__ != "network.account_forms"
        and (form.__name__, name) != ("JoinLinkForm", "code")
    ]

    assert ours == []


@pytest.mark.parametrize("name", ["password1", "oldpassword", "code", "form-0-code", "credential", "key"])
def test_a_password_or_code_stays_as_it_was_sent(name):
    assert received(name, TYPED) == TYPED


def test_what_a_script_wrote_stays_as_it_was_sent():
    text = '{"blocks": [{"text": "a\u00adb", "inlineStyleRanges": [{"offset": 2, "length": 1}]}]}'

    assert received("description", text) == text


def test_a_column_compares_what_is_meant():
    columns_of_ours = [field for _label, field in columns() if isinstance(field, StoredCleaned)]

    assert all(
        field.get_prep_value(typed_into(field)[0]) == field.get_prep_value(typed_into(field)[1])
        for field in columns_of_ours
        if not isinstance(field, models.TextField)
    )
