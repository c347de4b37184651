import pytest
from django.urls import reverse

from knowledge.models import PolicyChange, SourceDocument
from tests.factories import (
    GoodPracticePageFactory,
    LearningEventPageFactory,
    PolicyChangeFactory,
    PolicyInstrumentPageFactory,
)
from tests.knowledge.form_data import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(people):
    return GoodPracticePageFactory(
        owner=people.aino, organisation=people.authority, live=False, title="A pond nobody knows of"
    )


def page_of(signed_in, user, address, data=None):
    client = signed_in(user)
    response = client.post(address, data) if data is not None else client.get(address)
    return response.content.decode()


def test_the_form_of_evidence_opens_with_the_page_of_the_address_for_its_people_only(
    draft, people, signed_in
):
    address = f"{reverse('wagtailsnippets_knowledge_evidence:add')}?page={draft.pk}"

    told = {
        name: draft.title in page_of(signed_in, getattr(people, name), address)
        for name in ("aino", "cato", "olof", "bruno")
    }

    assert told == {"aino": True, "cato": True, "olof": False, "bruno": True}


def test_the_form_of_a_change_opens_with_the_instrument_of_the_address_for_its_people_only(people, signed_in):
    instrument = PolicyInstrumentPageFactory(owner=people.aino, live=False, title="A fund nobody knows of")
    address = f"{reverse('wagtailsnippets_knowledge_policychange:add')}?instrument={instrument.pk}"

    told = {
        name: instrument.title in page_of(signed_in, getattr(people, name), address)
        for name in ("aino", "olof", "bruno")
    }

    assert told == {"aino": True, "olof": False, "bruno": True}


def test_a_number_typed_into_a_chooser_tells_no_title(draft, people, signed_in):
    address = reverse("wagtailsnippets_knowledge_evidence:add")

    told = {
        name: draft.title in page_of(signed_in, getattr(people, name), address, {"page": draft.pk})
        for name in ("aino", "olof")
    }

    assert told == {"aino": True, "olof": False}


def test_a_number_typed_into_a_row_of_a_form_tells_no_title(draft, people, signed_in):
    data = {
        "inspirations-TOTAL_FORMS": "1",
        "inspirations-INITIAL_FORMS": "0",
        "inspirations-MIN_NUM_FORMS": "0",
        "inspirations-MAX_NUM_FORMS": "1000",
        "inspirations-0-practice": draft.pk,
    }
    address = reverse("wagtailsnippets_knowledge_policychange:add")

    told = {
        name: draft.title in page_of(signed_in, getattr(people, name), address, data)
        for name in ("aino", "olof")
    }

    assert told == {"aino": True, "olof": False}


def test_the_events_where_something_was_learned_are_those_one_may_see(people, signed_in):
    LearningEventPageFactory(title="A public workshop")
    LearningEventPageFactory(title="A workshop nobody knows of", live=False, owner=people.aino)
    address = reverse("wagtailsnippets_knowledge_policychange:add")
    titles = ("A public workshop", "A workshop nobody knows of")

    told = {}
    for name in ("aino", "olof"):
        text = page_of(signed_in, getattr(people, name), address)
        told[name] = [title in text for title in titles]

    assert told == {"aino": [True, True], "olof": [True, False]}


def test_the_practices_an_event_can_show_are_those_one_may_see(draft, people, signed_in):
    section = LearningEventPageFactory().get_parent()
    address = reverse("wagtailadmin_pages:add", args=["events", "learningeventpage", section.pk])

    told = {
        name: draft.title in page_of(signed_in, getattr(people, name), address) for name in ("aino", "olof")
    }

    assert told == {"aino": True, "olof": False}


def test_a_link_to_what_was_hidden_since_stays_and_tells_nothing(people, signed_in):
    event = LearningEventPageFactory(title="A workshop that was taken back", owner=people.aino)
    instrument = PolicyInstrumentPageFactory(owner=people.olof)
    change = PolicyChangeFactory(instrument=instrument)
    change.learned_at.add(event)
    event.live = False
    event.save()
    address = reverse("wagtailsnippets_knowledge_policychange:edit", args=[change.pk])

    text = page_of(signed_in, people.olof, address)

    assert "A workshop that was taken back" not in text
    assert "Something you may not open" in text
    assert f'value="{event.pk}"' in text


def test_a_file_of_others_is_no_choice_of_a_form(people, signed_in):
    file = SourceDocument.objects.create(title="Pay slips", file="minutes.pdf", uploaded_by_user=people.aino)
    practice = GoodPracticePageFactory(owner=people.olof)
    data = {
        "page": practice.pk,
        "change": "",
        "kind": "agenda",
        "title": "The agenda",
        "document": file.pk,
        "confidentiality": "public",
    }

    response = signed_in(people.olof).post(reverse("wagtailsnippets_knowledge_evidence:add"), sent(data))

    assert "document" in response.context["form"].errors
    assert "Pay slips" not in response.content.decode()


def test_a_change_is_chosen_by_those_who_have_to_do_with_it(people, signed_in):
    own = PolicyChangeFactory(
        instrument=PolicyInstrumentPageFactory(owner=people.aino), title="A call nobody knows of"
    )
    chooser = "wagtailsnippetchoosers_knowledge_policychange"
    addresses = (
        reverse(f"{chooser}:choose_results"),
        reverse(f"{chooser}:chosen", args=[own.pk]),
        f"{reverse(f'{chooser}:chosen_multiple')}?id={own.pk}",
    )

    told = {
        name: [own.title in page_of(signed_in, getattr(people, name), address) for address in addresses]
        for name in ("aino", "olof", "bruno")
    }

    assert told == {"aino": [True] * 3, "olof": [False] * 3, "bruno": [True] * 3}
    assert PolicyChange.objects.count() == 1
