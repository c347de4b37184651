import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledge.choices import EvidenceState, InstrumentState
from knowledge.models import GoodPracticePage
from knowledge.queries import evidence_states, instrument_states
from knowledge.reading import practice as practice_reading
from knowledge.reading.instrument import word_diff
from knowledge.reading.values import money, partial_date
from tests.factories import (
    CollectedSourceFactory,
    EvidenceFactory,
    GoodPracticePageFactory,
    PolicyChangeFactory,
    PolicyInstrumentPageFactory,
    RegionFactory,
    TakenUpFactory,
)
from tests.knowledge.full_pages import full_instrument, full_practice

pytestmark = pytest.mark.django_db


def text_of(response):
    """The words of the page's main part, one space between them."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.S)[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def test_a_full_practice_shows_everything_its_owner_wrote(client):
    practice = full_practice()

    text = text_of(client.get(practice.url))

    said = [
        "Evidence verified",
        "Extremadura 1, Spain (ES1)",
        "March 2021 to December 2025",
        "€4.3 million, total so far",
        "European Regional Development Fund",
        "Arsenic in the stream.",
        "They tested first.",
        "412,000 tonnes.",
        "0 t reprocessed",
        "Drilling Region €410,000",
        "Staff 2.5 full-time posts",
        "A buyer Money Hard",
        "New is the order of things.",
        "A call 0",
        f"Good practice {practice.reference}.",
    ]
    assert [words for words in said if words not in text] == []


def test_an_empty_practice_says_what_is_not_stated(client):
    practice = GoodPracticePageFactory(title="Almost nothing", summary="")

    text = text_of(client.get(practice.url))

    assert "Region not stated Owner not stated Period not stated Materials not stated" in text
    assert (
        "Not stated: the problem, what was done, evidence of success, resources needed, difficulties, "
        "whether it could work elsewhere." in text
    )


def test_a_collected_practice_says_so_and_asks_its_owner(client):
    practice = GoodPracticePageFactory()
    CollectedSourceFactory(page=practice)

    response = client.get(practice.url)

    text = text_of(response)
    assert "Collected from a public source, not confirmed by its owner." in text
    assert "Is this yours? Confirm or correct it" in text
    assert "Self-reported" not in text
    assert reverse("confirm_page", args=[practice.permanent_id]) in response.content.decode()


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("Alentejo", "Alentejo, Portugal (PT1C)"),
        ("ALENTEJO (regional)", "Alentejo, Portugal (PT1C)"),
        # A region that it lies in says no more; nor does its name in its own language.
        ("Continente", "Alentejo, Portugal (PT1C)"),
        ("Neves-Corvo", "Alentejo, Portugal (PT1C) , place as stated: Neves-Corvo"),
    ],
)
def test_a_place_that_only_repeats_its_region_is_said_once(client, place, shown):
    country = RegionFactory(code="PT", name="Portugal")
    mainland = RegionFactory(code="PT1", name="Mainland", name_local="Continente", parent=country)
    region = RegionFactory(code="PT1C", name="Alentejo", parent=mainland)
    practice = GoodPracticePageFactory(place=place, regions=[region])

    assert f"Region {shown} Owner" in text_of(client.get(practice.url))


def test_a_collected_practice_is_cited_as_adits_words_with_its_source(client):
    practice = GoodPracticePageFactory(organisation_as_stated="Example Institute", title="Re-mining")
    CollectedSourceFactory(page=practice)

    text = text_of(client.get(practice.url))

    assert (
        f"Adit. Re-mining . Good practice {practice.reference}. "
        "Collected from https://example.org/source . Adit." in text
    )
    assert "Example Institute." not in text


def test_the_text_of_a_practice_has_its_licence_and_a_collected_one_that_of_its_source(client):
    own, collected = GoodPracticePageFactory(licence="cc0-1.0"), GoodPracticePageFactory()
    CollectedSourceFactory(page=collected)

    pages = [BeautifulSoup(client.get(page.url).content, "html.parser") for page in (own, collected)]

    said = [page.select_one(".citebox .small").text for page in pages]
    assert said == ["Text: CC0 1.0", "Text: see the source"]


def test_a_confirmed_practice_no_longer_says_that_it_was_collected(client, people):
    practice = GoodPracticePageFactory()
    CollectedSourceFactory(page=practice, confirmed_by=people.aino, confirmed_at="2026-11-03T10:00Z")

    assert "Collected" not in text_of(client.get(practice.url))


def test_a_place_without_a_region_is_named_by_itself(client):
    practice = GoodPracticePageFactory(place="Neves-Corvo")

    assert "Region Neves-Corvo Owner" in text_of(client.get(practice.url))


def test_evidence_that_claims_nothing_is_not_given_a_claim(client):
    practice = GoodPracticePageFactory()
    EvidenceFactory(page=practice, kind="report", title="Yearbook", issuer="Example office")
    EvidenceFactory(page=practice, kind="report", title="Tables", claim="Tonnes reprocessed")

    rows = BeautifulSoup(client.get(practice.url).content, "html.parser").select(".ev-tbl tbody tr")

    assert [" ".join(row.get_text(" ").split()) for row in rows] == [
        "not stated Yearbook Report or data, Example office Evidence in review",
        "Tonnes reprocessed Tables Evidence in review",
    ]


def test_confidential_evidence_is_named_only_by_its_kind(client):
    practice = GoodPracticePageFactory()
    EvidenceFactory(page=practice, title="Secret minutes", kind="minutes", confidentiality="auditor")

    response = client.get(practice.url)

    assert "Secret minutes" not in response.content.decode()
    assert "https://example.org/text" not in response.content.decode()
    assert "Minutes, not public" in text_of(response)


def test_a_full_instrument_sums_validated_changes_only(client):
    instrument = full_instrument()

    text = text_of(client.get(instrument.url))

    said = [
        "Improved, validated",
        "Verified changes 1 1 more in review",
        "Practices used 1 from 1 region",
        "Funding influenced €1 million of €96 million; another €2 million in review",
        "Status In force until 2090",
        "Tailings are a cost only.",
        "Treat tailings as a resource Only a cost. Partly met",
        "Change validated 0",
        "It funds the re-mining of tailings.",
        "Practice 1 0",
        "Pilot plants",
        "€31.5 million",
        "Dolnośląskie 1, Poland (PL1)",
    ]
    assert [words for words in said if words not in text] == []


def test_an_empty_instrument_says_that_nothing_changed_yet(client):
    instrument = PolicyInstrumentPageFactory()

    text = text_of(client.get(instrument.url))

    assert "Addressed" in text
    assert "No change has been reported yet." in text


def test_declined_changes_are_shown_to_nobody(client):
    change = PolicyChangeFactory(title="A wish", status="declined")

    assert "A wish" not in text_of(client.get(change.instrument.url))


@pytest.mark.parametrize("make", [full_practice, full_instrument])
def test_a_page_with_five_of_everything_costs_as_many_queries_as_with_one(client, make):
    def queries(page):
        client.get(page.url)
        with CaptureQueriesContext(
            connection,
        ) as context:
            client.get(page.url)
        return len(context)

    one = queries(make(1))

    assert queries(make(5)) == one


def test_states_of_many_pages_cost_two_queries(django_assert_num_queries):
    practices = [GoodPracticePageFactory() for _ in range(3)]
    EvidenceFactory(page=practices[0], accepted_at="2026-10-03T10:00Z")
    EvidenceFactory(page=practices[0])
    EvidenceFactory(page=practices[1])
    instruments = [PolicyInstrumentPageFactory() for _ in range(4)]
    for instrument, status in zip(instruments, ("validated", "in-force", "announced"), strict=False):
        TakenUpFactory(change=PolicyChangeFactory(instrument=instrument, status=status))
        PolicyChangeFactory(instrument=instrument, status="declined")
        PolicyChangeFactory(instrument=instrument, status="in-force")

    with django_assert_num_queries(2):
        states = list(evidence_states(practices).values())
        instrument = list(instrument_states(instruments).values())

    assert states == [EvidenceState.VERIFIED, EvidenceState.IN_REVIEW, EvidenceState.SELF_REPORTED]
    assert instrument == [
        InstrumentState.VALIDATED,
        InstrumentState.CLAIMED,
        InstrumentState.IN_PROGRESS,
        InstrumentState.ADDRESSED,
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"start": "2016", "end": "2018-05"}, "2016 to May 2018"),
        ({"start": "2016-05-17", "maturity": "running"}, "since 17 May 2016, continuing"),
        ({"start": "2016", "maturity": "planned"}, "from 2016, planned"),
        ({"end": "2018"}, "until 2018"),
        ({"maturity": "stopped"}, "Stopped"),
        ({}, ""),
    ],
)
def test_a_period_is_as_exact_as_it_is_known(fields, words):
    assert practice_reading.period(GoodPracticePage(**fields)) == words


def test_sums_and_dates_in_words():
    sums = ("410000", "4300000", "12.50", "5000000000", "1000000", "1250000", "0")
    assert [money(Decimal(number)) for number in sums] == [
        "€410,000",
        "€4.3 million",
        "€12.50",
        "€5,000 million",
        "€1 million",
        "€1.3 million",
        "€0",
    ]
    assert [partial_date(text) for text in ("", "2016", "2016-05", "2016-05-17")] == [
        "",
        "2016",
        "May 2016",
        "17 May 2016",
    ]


def test_before_and_now_differ_word_by_word():
    assert word_diff("It funds the covering of pits.", "It funds re-mining of pits.") == {
        "before": [("same", "It funds "), ("gone", "the covering "), ("same", "of pits.")],
        "after": [("same", "It funds "), ("new", "re-mining "), ("same", "of pits.")],
    }
