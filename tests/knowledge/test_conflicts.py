"""Nobody saves over what somebody else saved in the meantime without having been shown it."""

import pytest
from django.urls import reverse
from wagtail.models import Revision

from knowledge import review
from knowledge.models import Evidence, GoodPracticePage, PolicyChange
from network.models import Organisation, Project
from progress.models import Indicator, Target
from tests.factories import (
    EvidenceFactory,
    GoodPracticePageFactory,
    OrganisationFactory,
    PolicyChangeFactory,
    PolicyInstrumentPageFactory,
    ProjectFactory,
    RegionFactory,
    complete_practice,
)
from tests.factories.progress import TargetFactory
from tests.knowledge.sent_forms import filled

pytestmark = pytest.mark.django_db

JSON = {"HTTP_ACCEPT": "application/json"}
CONFLICT_FORM = "form:has(button.serious)"


@pytest.fixture
def page(people):
    page = GoodPracticePageFactory(
        owner=people.aino, organisation=people.authority, title="Old pond", summary="The first words."
    )
    page.challenge = "<p>A pond.</p>"
    page.keywords.add("slag")
    page.key_figures.create(value="12 t", label="reprocessed")
    page.regions = [RegionFactory(name="Lapland")]
    page.save_revision(user=people.aino)
    return page


def editor(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def draft(page):
    return GoodPracticePage.objects.get(pk=page.pk).get_latest_revision_as_object()


@pytest.fixture
def windows(page, people, signed_in):
    """What Aino and Cato have before them: both opened the page before anybody saved."""
    return [filled(signed_in(user).get(editor(page))) for user in (people.aino, people.cato)]


def test_the_second_of_two_who_save_a_page_reads_both_texts_and_nothing_is_saved(
    page, people, signed_in, windows
):
    aino, cato = windows
    signed_in(people.aino).post(editor(page), aino | {"summary": "What Aino wrote."})
    before = Revision.objects.count()

    answer = signed_in(people.cato).post(
        editor(page),
        cato | {"summary": "What Cato wrote.", "title": "New pond", "key_figures-0-value": "13 t"},
    )

    shown = [(one.label, one.mine, one.theirs) for one in answer.context["differences"]]
    assert answer.status_code == 409
    assert shown == [
        ("Title", "New pond", "Old pond"),
        ("Summary", "What Cato wrote.", "What Aino wrote."),
        (
            "Key figures",
            "Figure with its unit: 13 t; What it counts: reprocessed",
            "Figure with its unit: 12 t; What it counts: reprocessed",
        ),
    ]
    assert f"{people.aino} saved a newer version on" in answer.content.decode()
    assert (draft(page).summary, Revision.objects.count()) == ("What Aino wrote.", before)


def test_what_was_typed_is_saved_over_the_newer_version_once_that_was_shown(page, people, signed_in, windows):
    aino, cato = windows
    signed_in(people.aino).post(editor(page), aino | {"summary": "What Aino wrote."})
    client = signed_in(people.cato)
    words = "What Cato wrote: “<b>”\r\nand a second line."
    answer = client.post(editor(page), cato | {"summary": words})

    saved = client.post(editor(page), filled(answer, CONFLICT_FORM))

    assert saved.status_code == 302
    page = draft(page)
    assert page.summary.splitlines() == words.splitlines()
    assert [region.name for region in page.regions.all()] == ["Lapland"]
    assert [tag.name for tag in page.keywords.all()] == ["slag"]
    assert "<p" in page.challenge and "A pond." in page.challenge
    assert [figure.value for figure in page.key_figures.all()] == ["12 t"]


def test_a_third_version_is_shown_before_it_is_overwritten_too(page, people, signed_in, windows):
    aino, cato = windows
    signed_in(people.aino).post(editor(page), aino | {"summary": "What Aino wrote."})
    answer = signed_in(people.cato).post(editor(page), cato | {"summary": "What Cato wrote."})
    again = filled(signed_in(people.aino).get(editor(page)))
    signed_in(people.aino).post(editor(page), again | {"summary": "What Aino wrote next."})

    answer = signed_in(people.cato).post(editor(page), filled(answer, CONFLICT_FORM))

    assert answer.status_code == 409
    assert [one.theirs for one in answer.context["differences"]] == ["What Aino wrote next."]


FORGED = {
    "nothing": {"loaded_revision_id": [], "loaded_revision_created_at": []},
    "empty": {"loaded_revision_id": "", "loaded_revision_created_at": ""},
    "another": {"loaded_revision_id": "1", "loaded_revision_created_at": "x"},
    "no number": {"loaded_revision_id": "\x00 or 1=1"},
    "an own save that is none": {"overwrite_revision_id": "999999"},
    "an own save that is no number": {"overwrite_revision_id": "x"},
}


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_form_that_names_nothing_or_rubbish_overwrites_nothing_of_others(
    page, people, signed_in, windows, forged
):
    aino, cato = windows
    signed_in(people.aino).post(editor(page), aino | {"summary": "What Aino wrote."})

    answer = signed_in(people.cato).post(editor(page), cato | {"summary": "What Cato wrote."} | forged)

    assert answer.status_code == 409
    assert draft(page).summary == "What Aino wrote."


def test_a_form_that_names_nothing_saves_over_ones_own_version(page, people, signed_in, windows):
    aino, _cato = windows

    answer = signed_in(people.aino).post(editor(page), aino | {"summary": "Mine."} | FORGED["nothing"])

    assert (answer.status_code, draft(page).summary) == (302, "Mine.")


def test_one_person_with_two_windows_is_asked_too(page, people, signed_in):
    client = signed_in(people.aino)
    first, second = filled(client.get(editor(page))), filled(client.get(editor(page)))
    client.post(editor(page), first | {"summary": "In the first window."})

    answer = client.post(editor(page), second | {"summary": "In the second window."})

    assert (answer.status_code, draft(page).summary) == (409, "In the first window.")


def test_who_typed_the_same_as_the_other_is_asked_nothing(page, people, signed_in, windows):
    aino, cato = windows
    signed_in(people.aino).post(editor(page), aino | {"summary": "The same."})

    assert signed_in(people.cato).post(editor(page), cato | {"summary": "The same."}).status_code == 302


def test_submitting_an_older_text_is_asked_about_as_well(people, signed_in):
    page = complete_practice(owner=people.aino, organisation=people.authority, title="Old pond")
    page.save_revision(user=people.aino)
    cato = filled(signed_in(people.cato).get(editor(page)))
    aino = filled(signed_in(people.aino).get(editor(page)))
    signed_in(people.aino).post(editor(page), aino | {"summary": "What Aino wrote."})
    client = signed_in(people.cato)

    answer = client.post(editor(page), cato | {"summary": "What Cato wrote.", "action-submit": "Submit"})
    in_review = draft(page).workflow_in_progress
    client.post(editor(page), filled(answer, CONFLICT_FORM))

    assert (answer.status_code, in_review) == (409, False)
    assert (draft(page).workflow_in_progress, draft(page).summary) == (True, "What Cato wrote.")


def test_saving_by_itself_goes_on_and_is_refused_over_a_newer_version(page, people, signed_in, windows):
    aino, cato = windows
    first = signed_in(people.aino).post(editor(page), aino | {"summary": "One."}, **JSON).json()
    second = signed_in(people.aino).post(
        editor(page), aino | {"summary": "Two.", "overwrite_revision_id": first["revision_id"]}, **JSON
    )
    refused = signed_in(people.cato).post(editor(page), cato | {"summary": "Mine."}, **JSON)
    nameless = signed_in(people.cato).post(
        editor(page), cato | {"summary": "Mine."} | FORGED["nothing"], **JSON
    )
    full = signed_in(people.aino).post(
        editor(page), aino | {"summary": "Three.", "overwrite_revision_id": first["revision_id"]}
    )

    assert (first["success"], second.json()["success"]) == (True, True)
    assert [(one.status_code, one.json()["error_code"]) for one in (refused, nameless)] == [
        (400, "invalid_revision")
    ] * 2
    assert (full.status_code, draft(page).summary) == (302, "Three.")


def test_who_may_not_edit_the_page_is_shown_nothing_of_it(page, people, signed_in, windows):
    _aino, cato = windows

    answer = signed_in(people.olof).post(editor(page), cato | {"summary": "Mine."} | FORGED["another"])

    assert (answer.status_code, b"Old pond" in answer.content) == (302, False)


def test_a_decision_in_an_old_window_of_the_editor_saves_nothing(people, signed_in):
    page = complete_practice(owner=people.aino)
    page.save_revision(user=people.aino)
    review.submit(page, people.aino)
    client = signed_in(people.birgit)
    data = filled(client.get(editor(page)))
    state = GoodPracticePage.objects.get(pk=page.pk).current_workflow_task_state
    state.task.specific.on_action(state, people.bruno, "approve")
    before = Revision.objects.count()

    answer = client.post(
        editor(page), data | {"action-workflow-action": "true", "workflow-action-name": "approve"}
    )

    said = client.get(answer.url).content.decode()
    assert answer.url == reverse("knowledge_page_desk", args=[page.pk])
    assert "It is not in review any more: it was decided already." in said
    assert Revision.objects.count() == before


def change_of(people):
    instrument = PolicyInstrumentPageFactory(owner=people.aino, organisation=people.authority)
    change = PolicyChangeFactory(instrument=instrument, claimed_by=people.aino, title="Before")
    change.inspirations.create(practice=GoodPracticePageFactory(), taken="The order")
    change.save()
    return change


ROWS = {
    "evidence": (
        lambda people: EvidenceFactory(
            page=GoodPracticePageFactory(owner=people.aino, organisation=people.authority), title="Before"
        ),
        "wagtailsnippets_knowledge_evidence:edit",
        (Evidence, "title", "Title"),
    ),
    "policy change": (
        change_of,
        "wagtailsnippets_knowledge_policychange:edit",
        (PolicyChange, "title", "Title"),
    ),
    "organisation": (
        lambda people: OrganisationFactory(name="Before"),
        "wagtailsnippets_network_organisation:edit",
        (Organisation, "name", "Name in English"),
    ),
    "project": (
        lambda people: ProjectFactory(title="Before"),
        "wagtailsnippets_network_project:edit",
        (Project, "title", "Title"),
    ),
    "target": (
        lambda people: TargetFactory(planned="1", indicator=Indicator.objects.first()),
        "target:edit",
        (Target, "planned", "Plan, period by period"),
    ),
}


@pytest.fixture(params=ROWS)
def row(request, people):
    """A row: (its address, model and field that is changed, three values for it)."""
    make, view, field = ROWS[request.param]
    thing = make(people)
    values = ("1, 2", "1, 3", "1, 4") if request.param == "target" else ("One", "Two", "Three")
    return reverse(view, args=[thing.pk]), thing, field, values


def test_the_second_of_two_who_save_a_row_reads_both_texts(row, people, signed_in):
    address, thing, (model, name, label), (one, two, _three) = row
    first = filled(signed_in(people.bruno).get(address))
    second = filled(signed_in(people.birgit).get(address))
    assert signed_in(people.bruno).post(address, first | {name: one}).status_code == 302

    client = signed_in(people.birgit)
    answer = client.post(address, second | {name: two})
    kept = getattr(model.objects.get(pk=thing.pk), name)
    saved = client.post(address, filled(answer, CONFLICT_FORM))

    assert answer.status_code == 409
    assert [(d.label, d.mine, d.theirs) for d in answer.context["differences"]] == [(label, two, one)]
    assert f"{people.bruno} saved a newer version" in answer.content.decode()
    assert kept == one
    assert (saved.status_code, getattr(model.objects.get(pk=thing.pk), name)) == (302, two)


@pytest.mark.parametrize("forged", [[], "", "0" * 32, "\x00"])
def test_a_row_is_not_overwritten_by_a_form_that_names_nothing_or_rubbish(row, people, signed_in, forged):
    address, thing, (model, name, _label), (one, two, _three) = row
    first = filled(signed_in(people.bruno).get(address))
    second = filled(signed_in(people.birgit).get(address))
    signed_in(people.bruno).post(address, first | {name: one})

    answer = signed_in(people.birgit).post(address, second | {name: two, "seen_version": forged})

    assert (answer.status_code, getattr(model.objects.get(pk=thing.pk), name)) == (409, one)


def test_a_form_that_came_back_with_errors_still_names_what_it_was_made_from(row, people, signed_in):
    address, thing, (model, name, _label), (one, two, _three) = row
    first = filled(signed_in(people.bruno).get(address))
    client = signed_in(people.birgit)
    wrong = client.post(address, filled(client.get(address)) | {name: ""} | {name: "x" * 2000})
    signed_in(people.bruno).post(address, first | {name: one})

    answer = signed_in(people.birgit).post(address, filled(wrong) | {name: two})

    assert (wrong.status_code, answer.status_code) == (200, 409)
    assert getattr(model.objects.get(pk=thing.pk), name) == one


def test_a_row_that_nobody_else_touched_is_saved_without_a_question(row, people, signed_in):
    address, thing, (model, name, _label), values = row
    client = signed_in(people.bruno)

    statuses = [
        client.post(address, filled(client.get(address)) | {name: value}).status_code for value in values
    ]

    assert statuses == [302, 302, 302]
    assert getattr(model.objects.get(pk=thing.pk), name) == values[-1]


def test_who_may_not_edit_a_row_is_shown_nothing_of_it(people, signed_in):
    piece = ROWS["evidence"][0](people)
    address = reverse("wagtailsnippets_knowledge_evidence:edit", args=[piece.pk])
    data = filled(signed_in(people.bruno).get(address))

    answer = signed_in(people.olof).post(address, data | {"title": "Mine", "seen_version": "x"})

    assert (answer.status_code, b"Before" in answer.content) == (302, False)
