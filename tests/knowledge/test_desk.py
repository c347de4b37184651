import re

import pytest
from django.urls import reverse
from wagtail.log_actions import log

from knowledge import claims, review
from knowledge.models import GoodPracticePage
from tests.factories import (
    CollectedSourceFactory,
    EvidenceFactory,
    GoodPracticePageFactory,
    OrganisationFactory,
    PolicyChangeFactory,
    complete_practice,
)

pytestmark = pytest.mark.django_db

# What an officer wrote, and what the evidence is called that was accepted.
WORDS = ("Well founded", "Weighbridge log")


@pytest.fixture
def practice(people):
    page = GoodPracticePageFactory(owner=people.aino, organisation=people.authority, title="Old pond")
    page.save_revision(user=people.aino)
    EvidenceFactory(page=page, title="Weighbridge log", added_by=people.aino)
    return page


def offered(response):
    """The names of the decisions that the page offers."""
    return re.findall(r'name="decision" value="(\w+)"', response.content.decode())


def offers(signed_in, people, address):
    """For each person what is offered, or the status where nothing is shown."""
    found = {}
    for name in ("aino", "cato", "olof", "bruno", "ilse", "axel", "ada"):
        response = signed_in(getattr(people, name)).get(address)
        found[name] = offered(response) if response.status_code == 200 else response.status_code
    return found


def test_a_published_practice_offers_each_person_what_they_may_decide(practice, people, signed_in):
    assert offers(signed_in, people, reverse("knowledge_page_desk", args=[practice.pk])) == {
        "aino": [],
        "cato": [],
        "olof": 302,
        "bruno": ["count"],
        "ilse": ["admit"],
        "axel": [],
        "ada": ["count"],
    }


def test_a_page_in_review_offers_officers_to_approve_or_send_back(people, signed_in):
    page = complete_practice(owner=people.aino)
    page.save_revision(user=people.aino)
    review.submit(page, people.aino)

    assert offers(signed_in, people, reverse("knowledge_page_desk", args=[page.pk])) == {
        "aino": [],
        "cato": 302,
        "olof": 302,
        "bruno": ["approve", "reject"],
        "ilse": [],
        "axel": [],
        "ada": ["approve", "reject"],
    }


def test_a_collected_page_offers_only_to_confirm_it(practice, people, signed_in):
    CollectedSourceFactory(page=practice)

    found = offers(signed_in, people, reverse("knowledge_page_desk", args=[practice.pk]))

    assert found == {
        "aino": ["confirm"],
        "cato": ["confirm"],
        "olof": 302,
        "bruno": ["confirm"],
        "ilse": [],
        "axel": [],
        "ada": ["confirm"],
    }


def test_visitors_come_to_the_sign_in_page(client, practice):
    response = client.get(reverse("knowledge_page_desk", args=[practice.pk]))

    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))


def test_an_officer_counts_twice_and_it_counts_once(practice, people, signed_in):
    address = reverse("knowledge_page_desk", args=[practice.pk])

    statuses = [signed_in(people.bruno).post(address, {"decision": "count"}).status_code for _ in range(2)]

    assert statuses == [302, 302]
    assert practice.validations.count() == 1


@pytest.mark.parametrize("name", ["aino", "cato", "olof", "ilse", "axel"])
def test_who_is_no_officer_counts_nothing_at_the_desk(practice, people, signed_in, name):
    address = reverse("knowledge_page_desk", args=[practice.pk])

    response = signed_in(getattr(people, name)).post(address, {"decision": "count"})

    # Who is no author has no business at the desk of a page.
    assert response.status_code == (302 if name == "olof" else 422)
    assert practice.validations.count() == 0


def test_an_opinion_that_is_too_long_is_refused_and_kept(practice, people, signed_in):
    opinion = "ő" * 501

    response = signed_in(people.ilse).post(
        reverse("knowledge_page_desk", args=[practice.pk]), {"decision": "admit", "admit-opinion": opinion}
    )

    assert response.status_code == 422
    assert "Shorten the opinion by 1." in response.content.decode()
    assert opinion in response.content.decode()


def test_an_officer_approves_at_the_desk(people, signed_in):
    page = complete_practice(owner=people.aino)
    page.save_revision(user=people.aino)
    review.submit(page, people.aino)

    signed_in(people.bruno).post(
        reverse("knowledge_page_desk", args=[page.pk]), {"decision": "approve", "approve-comment": "Good."}
    )

    assert GoodPracticePage.objects.get(pk=page.pk).live


def test_who_decides_about_an_older_submission_reads_who_decided_about_it(people, signed_in):
    page = complete_practice(owner=people.aino)
    page.save_revision(user=people.aino)
    review.submit(page, people.aino)
    address = reverse("knowledge_page_desk", args=[page.pk])
    client = signed_in(people.birgit)
    seen = re.search(r'name="seen" value="(\d+)"', client.get(address).content.decode())[1]
    signed_in(people.bruno).post(address, {"decision": "reject", "reject-comment": "Which year?"})
    review.submit(GoodPracticePage.objects.get(pk=page.pk), people.aino)

    answer = signed_in(people.birgit).post(address, {"decision": "approve", "seen": seen}, follow=True)

    assert "Already decided by Bruno" in answer.content.decode()
    page = GoodPracticePage.objects.get(pk=page.pk)
    assert (page.live, page.workflow_in_progress) == (False, True)


def test_a_second_click_says_that_it_was_decided_already(practice, people, signed_in):
    evidence = practice.evidence.get()
    address = reverse("knowledge_evidence_desk", args=[evidence.pk])

    answers = [
        signed_in(user).post(address, {"decision": "accept"}, follow=True).content.decode()
        for user in (people.bruno, people.bruno, people.birgit)
    ]

    assert ["You decided this already" in text for text in answers] == [False, True, False]
    assert ["Already decided by Bruno" in text for text in answers] == [False, False, True]


@pytest.mark.parametrize("seen", ["x", "-1", "9" * 30, "\x00", "0"])
def test_a_forged_word_of_what_was_seen_gives_no_error(people, signed_in, seen):
    page = complete_practice(owner=people.aino)
    page.save_revision(user=people.aino)
    review.submit(page, people.aino)
    change = PolicyChangeFactory(claimed_by=people.aino)

    statuses = [
        signed_in(people.bruno)
        .post(reverse("knowledge_page_desk", args=[page.pk]), {"decision": "reject", "seen": seen})
        .status_code,
        signed_in(people.bruno)
        .post(reverse("knowledge_change_desk", args=[change.pk]), {"decision": "validate", "seen": seen})
        .status_code,
    ]

    assert statuses == [422, 422]


def test_sending_back_needs_a_comment(people, signed_in):
    page = complete_practice(owner=people.aino)
    page.save_revision(user=people.aino)
    review.submit(page, people.aino)

    response = signed_in(people.bruno).post(
        reverse("knowledge_page_desk", args=[page.pk]), {"decision": "reject", "reject-comment": " "}
    )

    assert response.status_code == 422
    assert GoodPracticePage.objects.get(pk=page.pk).workflow_in_progress


def test_evidence_is_accepted_at_the_desk_by_officers(practice, people, signed_in):
    evidence = practice.evidence.get()
    address = reverse("knowledge_evidence_desk", args=[evidence.pk])

    found = offers(signed_in, people, address)
    signed_in(people.bruno).post(address, {"decision": "accept"})

    evidence.refresh_from_db()
    assert found == {
        "aino": [],
        "cato": [],
        "olof": 302,
        "bruno": ["accept"],
        "ilse": [],
        "axel": [],
        "ada": ["accept"],
    }
    assert evidence.accepted_by == people.bruno


def test_a_change_is_validated_at_the_desk_by_officers(people, signed_in):
    change = PolicyChangeFactory(claimed_by=people.aino)
    EvidenceFactory(change=change, kind="official-decision")
    change.inspirations.create(practice=GoodPracticePageFactory())
    change.save()
    address = reverse("knowledge_change_desk", args=[change.pk])

    found = offers(signed_in, people, address)
    signed_in(people.bruno).post(address, {"decision": "validate", "validate-comment": ""})

    change.refresh_from_db()
    assert found == {
        "aino": [],
        "cato": 302,
        "olof": 302,
        "bruno": ["take_up", "validate", "decline"],
        "ilse": [],
        "axel": [],
        "ada": ["take_up", "validate", "decline"],
    }
    assert (change.status, change.validated_by) == ("validated", people.bruno)


@pytest.mark.parametrize("name", ["page", "evidence", "change"])
def test_rubbish_at_the_desk_gives_no_error(practice, people, signed_in, name):
    client = signed_in(people.bruno)
    address = reverse(f"knowledge_{name}_desk", args=[999999])

    statuses = [
        client.get(address).status_code,
        client.post(address, {"decision": "count"}).status_code,
        client.post(reverse("knowledge_page_desk", args=[practice.pk]), {"decision": "x"}).status_code,
        client.post(reverse("knowledge_page_desk", args=[practice.pk])).status_code,
    ]

    assert statuses == [404, 404, 302, 302]


def test_the_desk_lists_what_waits_for_each_person(practice, people, signed_in):
    PolicyChangeFactory(title="A call")
    draft = complete_practice(owner=people.aino, title="A draft")
    draft.save_revision(user=people.aino)
    review.submit(draft, people.aino)

    seen = {}
    for name in ("bruno", "ilse", "ada"):
        text = signed_in(getattr(people, name)).get(reverse("knowledge_desk")).content.decode()
        seen[name] = [words in text for words in ("Old pond", "Weighbridge log", "A call", "A draft")]

    assert seen == {
        "bruno": [True, True, True, True],
        "ilse": [True, False, False, False],
        "ada": [True, True, True, True],
    }
    assert signed_in(people.aino).get(reverse("knowledge_desk")).status_code == 302


def test_the_desk_costs_as_many_queries_with_five_of_everything_as_with_one(
    people, signed_in, django_assert_max_num_queries
):
    def fill():
        EvidenceFactory(page=GoodPracticePageFactory(owner=people.aino))
        EvidenceFactory(change=PolicyChangeFactory())
        draft = complete_practice(owner=people.aino)
        draft.save_revision(user=people.aino)
        review.submit(draft, people.aino)

    client = signed_in(people.bruno)
    fill()
    client.get(reverse("knowledge_desk"))
    with django_assert_max_num_queries(100) as one:
        client.get(reverse("knowledge_desk"))
    for _ in range(4):
        fill()

    with django_assert_max_num_queries(len(one)):
        client.get(reverse("knowledge_desk"))


def test_officers_keep_organisations_and_contributors_do_not(people, signed_in):
    OrganisationFactory(name="Geological survey")
    address = reverse("wagtailsnippets_network_organisation:list")

    statuses = [signed_in(user).get(address).status_code for user in (people.aino, people.bruno, people.ada)]

    assert statuses == [302, 200, 200]


def test_organisations_are_found_in_the_chooser_by_a_part_of_any_name(people, signed_in):
    OrganisationFactory(
        name="Geological survey", name_original="Sveriges geologiska undersökning", acronym="SGU"
    )
    address = reverse("wagtailsnippetchoosers_network_organisation:choose_results")

    found = [
        "Geological survey" in signed_in(people.bruno).get(address, {"q": words}).content.decode()
        for words in ("logical", "geologiska", "sgu", "nothing like it")
    ]

    assert found == [True, True, True, False]


def test_the_editor_of_a_page_in_review_leads_officers_to_its_decision(people, signed_in):
    page = complete_practice(owner=people.aino)
    page.save_revision(user=people.aino)
    review.submit(page, people.aino)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    found = {
        name: reverse("knowledge_page_desk", args=[page.pk])
        in footer(signed_in(getattr(people, name)).get(address))
        for name in ("aino", "bruno", "ada")
    }

    assert found == {"aino": False, "bruno": True, "ada": True}


def footer(response):
    """The bar with the buttons of the editor."""
    return response.content.decode().split("<footer", 1)[1]


def test_the_desk_of_a_page_tells_its_decisions_to_its_authors_and_those_who_decide(
    practice, people, signed_in
):
    claims.accept(practice.evidence.get(), people.bruno)
    log(instance=practice, action="knowledge.count", user=people.bruno, data={"comment": "Well founded"})
    address = reverse("knowledge_page_desk", args=[practice.pk])

    told = {
        name: [words in signed_in(getattr(people, name)).get(address).content.decode() for words in WORDS]
        for name in ("aino", "cato", "olof", "bruno", "ilse", "axel")
    }

    # What evidence is called, experts do not read in the log: some of it is for auditors.
    assert told == {
        "aino": [True, True],
        "cato": [True, True],
        "olof": [False, False],
        "bruno": [True, True],
        "ilse": [True, False],
        "axel": [True, True],
    }


def test_a_stranger_reads_no_log_of_a_page_by_a_decision_they_may_not_take(practice, people, signed_in):
    address = reverse("knowledge_page_desk", args=[practice.pk])

    response = signed_in(people.olof).post(address, {"decision": "approve"})

    assert response.status_code == 302
    assert practice.validations.count() == 0


def test_the_desk_of_a_change_names_no_evidence_for_auditors_to_experts(people, signed_in):
    change = PolicyChangeFactory(claimed_by=people.aino)
    EvidenceFactory(change=change, title="Pay slips", confidentiality="auditor")
    address = reverse("knowledge_change_desk", args=[change.pk])

    told = {
        name: "Pay slips" in signed_in(getattr(people, name)).get(address).content.decode()
        for name in ("bruno", "ilse", "axel")
    }

    assert told == {"bruno": True, "ilse": False, "axel": True}
