import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, rich_text

from knowledge import limits
from knowledge.completeness import missing, too_long
from knowledge.models import GoodPracticePage
from knowledge.widgets import find_region, regions_like
from tests.factories import (
    CollectedSourceFactory,
    FocusAreaFactory,
    GoodPracticePageFactory,
    RawMaterialFactory,
    RegionFactory,
    complete_practice,
)
from tests.factories.knowledge import section
from tests.knowledge.form_data import errors, sent

pytestmark = pytest.mark.django_db

TEXTS = (
    "challenge",
    "description",
    "evidence_of_success",
    "resources_needed",
    "difficulties",
    "transfer_potential",
)


def written(**fields):
    """What the editor's form sends for a practice, filled with these values."""
    data = {
        "title": "Tailings re-mined",
        "slug": "tailings-re-mined",
        "title_original": "",
        "summary": "",
        "source_language": "en",
        "scope": "regional",
        "regions-more": "",
        "place": "",
        "organisation": "",
        "organisation_as_stated": "",
        "keywords": "",
        "licence": "cc-by-4.0",
        "record_kind": "good-practice",
        **{name: rich_text("") for name in TEXTS},
        "stage_marks": inline_formset([]),
        "key_figures": inline_formset([]),
        "resource_items": inline_formset([]),
        "transfer_conditions": inline_formset([]),
        "comments": inline_formset([]),
    }
    return sent(data | fields)


def add_address():
    return reverse(
        "wagtailadmin_pages:add", args=["knowledge", "goodpracticepage", section("good-practices").pk]
    )


def test_a_contributor_writes_a_draft_that_lacks_nearly_everything(people, signed_in):
    response = signed_in(people.aino).post(add_address(), written(summary="ő" * 400))

    page = GoodPracticePage.objects.get()
    assert response.status_code == 302
    assert (page.title, page.live, page.owner) == ("Tailings re-mined", False, people.aino)


def test_a_region_is_written_as_a_code_or_as_a_name(people, signed_in):
    norrbotten = RegionFactory(code="SE332", name="Norrbottens län")
    greece = RegionFactory(code="EL64", name="Sterea Ellada", name_local="Στερεά Ελλάδα")
    chosen = RegionFactory(code="FI1D7", name="Lappi")

    signed_in(people.aino).post(
        add_address(), written(**{"regions": [chosen.pk], "regions-more": "se332; Στερεά Ελλάδα"})
    )

    draft = GoodPracticePage.objects.get().get_latest_revision_as_object()
    assert set(draft.regions.all()) == {norrbotten, greece, chosen}


def test_an_unknown_region_is_named_and_kept_in_the_field(people, signed_in):
    response = signed_in(people.aino).post(add_address(), written(**{"regions-more": "Atlantis"}))

    assert errors(response) == {
        "regions": [
            "“Atlantis” is no region we know. Write a NUTS code such as SE33, or choose from the list."
        ]
    }
    assert 'value="Atlantis"' in response.content.decode()


@pytest.mark.parametrize("number", ["²", "9" * 5000])
def test_a_region_by_a_number_that_no_region_has_is_named_in_the_form_again(people, signed_in, number):
    response = signed_in(people.aino).post(add_address(), written(regions=[number]))

    assert response.status_code == 200
    assert (list(errors(response)), number in response.content.decode()) == (["regions"], True)


def test_submitting_an_incomplete_practice_says_at_each_field_what_is_missing(people, signed_in):
    response = signed_in(people.aino).post(
        add_address(), written(**{"action-submit": "true", "summary": "ő" * 302})
    )

    found = errors(response)
    assert found["summary"] == ["At most 300 characters. Shorten it by 2."]
    assert found["challenge"] == ["Write this part."]
    assert found["regions"] == ["Choose at least one region, or say that the scope is wider."]
    assert found["start"] == ["Say when it began, as exact as known: 2016, 2016-05 or 2016-05-17."]
    listed = BeautifulSoup(response.content, "html.parser").select(".messages .errorlist li")
    told = [" ".join(line.get_text().split()) for line in listed]
    assert len(told) == len(set(told)) == sum(len(sentences) for sentences in found.values())
    assert {line for line in told if re.match(r"(.+): \1: ", line)} == set()
    assert "Summary: At most 300 characters. Shorten it by 2." in told
    assert found["__all__"] == [
        "Value-chain stages: mark at least one stage.",
        "Evidence: add at least one piece. Save the draft, then choose “Add evidence” beside its title.",
    ]
    assert GoodPracticePage.objects.count() == 0


def test_a_complete_practice_goes_to_the_officers_from_the_editor(people, signed_in):
    page = complete_practice(owner=people.aino, organisation=people.authority, organisation_as_stated="")
    page.save_revision(user=people.aino)
    data = written(
        **{
            "action-submit": "true",
            "slug": page.slug,
            "summary": "Two sentences.",
            "organisation": people.authority.pk,
            "regions": [RegionFactory().pk],
            "raw_materials": [RawMaterialFactory().pk],
            "focus_areas": [FocusAreaFactory().pk],
            "start": "2021-03",
            "maturity": "running",
            "relevance": "made-for",
            "public_role": "public",
            "practice_type": "regulation",
            **{name: rich_text("<p>Written.</p>") for name in TEXTS},
            "stage_marks": inline_formset([{"stage": "recycling", "weight": "main"}]),
        }
    )

    response = signed_in(people.aino).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)

    assert response.status_code == 302, errors(response)
    assert GoodPracticePage.objects.get(pk=page.pk).workflow_in_progress


@pytest.fixture
def marked(people):
    """A draft with two stages, and the keys of its marks."""
    page = GoodPracticePageFactory(owner=people.aino, live=False, stages={"use": "main", "recycling": "main"})
    page.save_revision(user=people.aino)
    return page, {mark.stage: mark.pk for mark in page.stage_marks.all()}


def save_marks(client, page, rows, initial):
    data = written(slug=page.slug, stage_marks=inline_formset(rows, initial=initial))
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def saved_marks(page):
    draft = GoodPracticePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return {mark.stage: mark.weight for mark in draft.stage_marks.all()}


def test_stages_can_be_swapped(people, signed_in, marked):
    page, keys = marked
    swapped = [
        {"id": keys["use"], "stage": "recycling", "weight": "touched"},
        {"id": keys["recycling"], "stage": "use", "weight": "main"},
    ]

    response = save_marks(signed_in(people.aino), page, swapped, initial=2)

    assert response.status_code == 302
    assert saved_marks(page) == {"use": "main", "recycling": "touched"}


def test_a_stage_that_another_window_marked_meanwhile_is_kept_once(people, signed_in, marked):
    page, _keys = marked

    response = save_marks(signed_in(people.aino), page, [{"stage": "use", "weight": "touched"}], initial=0)

    assert response.status_code == 302
    assert saved_marks(page) == {"use": "touched", "recycling": "main"}


def test_a_stage_given_twice_in_one_form_is_pointed_out(people, signed_in, marked):
    page, _keys = marked
    twice = [{"stage": "extraction", "weight": "main"}, {"stage": "extraction", "weight": "touched"}]

    response = save_marks(signed_in(people.aino), page, twice, initial=0)

    assert errors_of_rows(response) == [{}, {"__all__": ["Please correct the duplicate values below."]}]


def errors_of_rows(response):
    return response.context["form"].formsets["stage_marks"].errors


def test_a_contributor_is_offered_their_own_organisations_only(people, signed_in):
    form = signed_in(people.aino).get(add_address()).context["form"]
    refused = signed_in(people.olof).post(add_address(), written(organisation=people.authority.pk))

    assert [str(one) for one in form.fields["organisation"].queryset] == ["Example authority"]
    assert form.initial["organisation"] == people.authority.pk
    assert list(errors(refused)) == ["organisation"]


def test_a_collected_page_may_lack_what_its_source_lacks():
    practice = GoodPracticePageFactory(regions=[RegionFactory()], summary="Known.")
    own = GoodPracticePageFactory(regions=[RegionFactory()], summary="Known.")
    CollectedSourceFactory(page=practice)

    assert (missing(practice), len(missing(own)) > 1) == ([], True)


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Ανακύκλωση", 10),
        ("ά", 1),
        ("α\u0301", 1),
        ("Рудник ѝ", 8),
        ("и\u0300", 1),
        ("👩‍🔬", 1),
        ("🇪🇺", 1),
        ("<p>a&amp;b</p>", 3),
        ("  a  ", 1),
    ],
)
def test_a_text_is_as_long_as_its_reader_sees(text, signs):
    assert limits.length(text) == signs


@pytest.mark.parametrize("sign", ["ώ", "ω\u0301", "ѝ", "и\u0300", "👩‍🔬", "🇪🇺", "&amp;"])
def test_three_hundred_signs_fit_in_any_script_and_one_more_does_not(sign):
    fits = GoodPracticePage(title="T", difficulties=f"<p>{sign * 300}</p>")
    is_too_long = GoodPracticePage(title="T", difficulties=f"<p>{sign * 301}</p>")

    assert too_long(fits) == []
    assert too_long(is_too_long) == [("difficulties", "at most 300 characters. Shorten it by 1.")]


def test_regions_are_suggested_by_code_and_name_the_larger_first(people, signed_in):
    RegionFactory(code="SE", name="Sweden")
    RegionFactory(code="SE33", name="Övre Norrland")
    RegionFactory(code="SE332", name="Norrbottens län")
    RegionFactory(code="SE999", name="Norrbotten of old", last_edition=2013)

    answer = signed_in(people.aino).get(reverse("knowledge_regions"), {"q": "norr"}).json()

    assert [one["label"] for one in answer["results"]] == ["Övre Norrland (SE33)", "Norrbottens län (SE332)"]
    assert [region.code for region in regions_like("se")] == ["SE", "SE33", "SE332"]


def test_a_name_that_several_regions_share_means_the_largest():
    RegionFactory(code="LU000", name="Luxembourg")
    RegionFactory(code="LU", name="Luxembourg")

    assert [find_region(words).code for words in ("Luxembourg", "luxembourg (LU000)", "lu000")] == [
        "LU",
        "LU000",
        "LU000",
    ]


@pytest.mark.parametrize("words", ["", "x" * 5000, "%00", "\x00", "';--"])
def test_rubbish_asked_of_the_suggestions_gives_no_error(people, signed_in, words):
    assert signed_in(people.aino).get(reverse("knowledge_regions"), {"q": words}).status_code == 200
