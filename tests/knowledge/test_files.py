import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, rich_text

from knowledge.files import files_for, may_read_file, readable
from knowledge.models import Evidence, PolicyInstrumentPage, SourceDocument
from tests.factories import (
    EvidenceFactory,
    GoodPracticePageFactory,
    LearningEventPageFactory,
    PolicyChangeFactory,
    PolicyInstrumentPageFactory,
    TakenUpFactory,
)
from tests.factories.knowledge import section
from tests.knowledge.answers import status
from tests.knowledge.form_data import errors, sent
from tests.knowledge.test_rows import evidence_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(people):
    return GoodPracticePageFactory(owner=people.aino, organisation=people.authority)


def document(name="minutes.txt", **fields):
    return SourceDocument.objects.create(title=name, file=ContentFile(b"Said and done.", name=name), **fields)


@pytest.mark.parametrize(
    ("confidentiality", "readers"),
    [
        ("public", ["carla", "aino", "cato", "olof", "bruno", "ilse", "axel", "ada"]),
        ("project", ["aino", "cato", "bruno", "axel", "ada"]),
        ("auditor", ["bruno", "axel", "ada"]),
    ],
)
def test_a_file_is_served_to_those_who_may_open_its_evidence(
    practice, people, client, signed_in, confidentiality, readers
):
    file = document()
    EvidenceFactory(page=practice, document=file, confidentiality=confidentiality)

    found = ["carla"] if status(client, file.url) == 200 else []
    for name in ("aino", "cato", "olof", "bruno", "ilse", "axel", "ada"):
        if status(signed_in(getattr(people, name)), file.url) == 200:
            found.append(name)

    assert found == readers


def test_a_file_stays_closed_when_one_of_its_pieces_of_evidence_is_confidential(practice, people, signed_in):
    file = document()
    EvidenceFactory(page=practice, document=file, confidentiality="auditor")
    EvidenceFactory(page=GoodPracticePageFactory(owner=people.olof), document=file, confidentiality="public")

    assert status(signed_in(people.olof), file.url) == 403


def test_a_file_that_nothing_refers_to_is_for_who_brought_it_and_for_officers(people, client, signed_in):
    file = document(uploaded_by_user=people.aino)

    visitor = client.get(file.url)
    statuses = [status(signed_in(user), file.url) for user in (people.aino, people.olof, people.bruno)]

    assert (visitor.status_code, visitor.url.split("?")[0]) == (302, reverse("account_login"))
    assert statuses == [200, 403, 200]


# Whose a file is


def of_aino(people, **fields):
    """A file that Aino brought for her authority."""
    return document(uploaded_by_user=people.aino, organisation=people.authority, **fields)


@pytest.mark.parametrize(
    ("confidentiality", "readers"),
    [
        ("public", ["aino", "cato", "bruno", "axel", "ada"]),
        ("project", ["aino", "cato", "bruno", "axel", "ada"]),
        ("auditor", ["aino", "bruno", "axel", "ada"]),
    ],
)
def test_a_file_that_no_page_shows_is_for_its_people(people, who_may, confidentiality, readers):
    file = of_aino(people, confidentiality=confidentiality)

    assert who_may(may_read_file, file) == readers
    assert who_may(lambda user: file in files_for(user)) == readers


@pytest.mark.parametrize("confidentiality", ["project", "auditor"])
def test_evidence_that_everybody_may_open_does_not_open_a_file_that_is_closed_itself(
    practice, people, who_may, confidentiality
):
    file = of_aino(people, confidentiality=confidentiality)
    EvidenceFactory(page=practice, document=file, added_by=people.aino)

    assert "carla" not in who_may(may_read_file, file)
    assert "olof" not in who_may(may_read_file, file)


@pytest.mark.parametrize("confidentiality", ["public", "project", "auditor"])
@pytest.mark.parametrize("live", [True, False])
def test_evidence_that_strangers_make_of_a_file_neither_opens_nor_closes_it(
    practice, people, who_may, confidentiality, live
):
    hidden, shown = of_aino(people), of_aino(people)
    EvidenceFactory(page=practice, document=shown, added_by=people.aino)
    before = who_may(may_read_file, hidden), who_may(may_read_file, shown)
    theirs = GoodPracticePageFactory(owner=people.olof, live=live)
    for file in (hidden, shown):
        EvidenceFactory(page=theirs, document=file, confidentiality=confidentiality, added_by=people.olof)

    after = who_may(may_read_file, hidden), who_may(may_read_file, shown)

    assert after == before
    assert "olof" not in after[0]
    assert "olof" in after[1]
    people.olof.delete()
    assert may_read_file(people.carla, shown)
    assert not may_read_file(people.carla, hidden)


def test_evidence_of_a_draft_opens_its_file_to_nobody_else(people, who_may):
    file = of_aino(people)
    EvidenceFactory(
        page=GoodPracticePageFactory(owner=people.aino, live=False), document=file, added_by=people.aino
    )

    assert who_may(may_read_file, file) == ["aino", "cato", "bruno", "ilse", "axel", "ada"]


def test_a_page_that_only_some_may_read_opens_no_file_to_all(practice, people, who_may):
    file = of_aino(people)
    EvidenceFactory(page=practice, document=file, added_by=people.aino)
    PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.LOGIN)

    assert "carla" not in who_may(may_read_file, file)


@pytest.mark.parametrize(
    ("live", "change_status", "is_open"),
    [
        (True, "decided", True),
        (True, "validated", True),
        (True, "declined", False),
        (False, "decided", False),
    ],
)
def test_proof_of_a_change_is_open_where_the_page_shows_the_change(people, live, change_status, is_open):
    instrument = PolicyInstrumentPageFactory(owner=people.aino, live=live)
    change = PolicyChangeFactory(instrument=instrument, status=change_status)
    TakenUpFactory(change=change, by=people.bruno)
    file = of_aino(people)
    EvidenceFactory(change=change, document=file, added_by=people.aino)

    assert may_read_file(people.carla, file) == is_open


def test_proof_of_a_change_that_nobody_took_up_is_as_closed_as_the_change(people):
    change = PolicyChangeFactory(instrument=PolicyInstrumentPageFactory(owner=people.aino), status="decided")
    file = of_aino(people)
    EvidenceFactory(change=change, document=file, added_by=people.aino)

    assert [may_read_file(one, file) for one in (people.carla, people.aino)] == [False, True]


@pytest.mark.parametrize("live", [True, False])
def test_the_text_before_a_change_is_open_while_its_instrument_is_public(people, live):
    file = of_aino(people)
    PolicyInstrumentPageFactory(owner=people.olof, baseline=file, live=live)

    assert may_read_file(people.carla, file) == live


@pytest.mark.parametrize(
    ("days", "live", "is_open"),
    [(None, True, True), (0, True, True), (-1, True, True), (1, True, False), (0, False, False)],
)
def test_material_of_an_event_is_open_from_its_day(people, client, days, live, is_open):
    file = of_aino(people)
    event = LearningEventPageFactory(live=live)
    day = None if days is None else timezone.localdate() + timedelta(days=days)
    event.materials.create(title="Slides", document=file, available_from=day)
    event.save()

    assert (status(client, file.url) == 200) == is_open
    if live:
        assert (file.filename in client.get(event.get_url()).content.decode()) == is_open


def test_readable_asks_the_same_number_of_questions_for_many_files(
    people, django_assert_num_queries, django_assert_max_num_queries
):
    files = [of_aino(people).pk for _ in range(5)]

    with django_assert_max_num_queries(8):
        assert readable(AnonymousUser(), files) == set()
    with django_assert_num_queries(0):
        assert readable(AnonymousUser(), [None]) == set()


def test_a_page_says_nothing_of_a_file_its_reader_may_not_open(practice, people, client, signed_in):
    file = of_aino(people, name="secret-minutes.txt", confidentiality="project")
    EvidenceFactory(page=practice, document=file, title="The secret minutes", added_by=people.aino)

    texts = [
        client.get(practice.get_url()).content.decode(),
        signed_in(people.cato).get(practice.get_url()).content.decode(),
    ]

    assert [("secret-minutes" in text, "The secret minutes" in text) for text in texts] == [
        (False, False),
        (True, True),
    ]


# What forms take

REFUSED = ["You cannot choose this. Choose something of your own."]


@pytest.mark.parametrize("confidentiality", ["public", "project", "auditor"])
def test_evidence_takes_no_file_of_others_and_does_not_tell_its_name(
    practice, people, signed_in, confidentiality
):
    file = of_aino(people, name="secret-minutes.txt", confidentiality=confidentiality)
    EvidenceFactory(page=practice, document=file, added_by=people.aino)
    theirs = GoodPracticePageFactory(owner=people.olof)

    response = signed_in(people.olof).post(
        reverse("wagtailsnippets_knowledge_evidence:add"),
        evidence_data(page=theirs.pk, document=file.pk, url=""),
    )
    unknown = signed_in(people.olof).post(
        reverse("wagtailsnippets_knowledge_evidence:add"),
        evidence_data(page=theirs.pk, document=999999, url=""),
    )

    assert errors(response) == errors(unknown) == {"document": REFUSED}
    assert "secret-minutes" not in response.content.decode()
    assert Evidence.objects.count() == 1


def test_evidence_takes_a_file_of_a_colleague(practice, people, signed_in):
    file = of_aino(people)

    signed_in(people.cato).post(
        reverse("wagtailsnippets_knowledge_evidence:add"),
        evidence_data(page=practice.pk, document=file.pk, url=""),
    )

    assert Evidence.objects.get().document == file


def test_evidence_in_a_file_one_may_not_read_is_edited_without_showing_it(practice, people, signed_in):
    file = document(name="secret-minutes.txt", confidentiality="auditor", uploaded_by_user=people.bruno)
    evidence = EvidenceFactory(page=practice, document=file, added_by=people.bruno, url="")
    address = reverse("wagtailsnippets_knowledge_evidence:edit", args=[evidence.pk])

    shown = signed_in(people.aino).get(address)
    signed_in(people.aino).post(
        address, evidence_data(page=practice.pk, title="Renamed", document=file.pk, url="")
    )

    assert (shown.status_code, "secret-minutes" in shown.content.decode()) == (200, False)
    evidence.refresh_from_db()
    assert (evidence.title, evidence.document) == ("Renamed", file)


def instrument_data(**fields):
    """What the editor's form sends for an instrument, filled with these values."""
    texts = ("description", "mining_gap", "intended_improvement")
    data = {
        "title": "Mining strategy",
        "slug": "mining-strategy",
        "source_language": "en",
        "scope": "regional",
        "regions-more": "",
        "licence": "cc-by-4.0",
        "authority_role": "owner",
        **{name: rich_text("") for name in texts},
        **{name: inline_formset([]) for name in ("stage_marks", "needs", "measures", "comments")},
    }
    return sent(data | fields)


def test_the_text_before_a_change_is_no_file_of_others(people, signed_in):
    file = of_aino(people, name="secret-minutes.txt")
    parent = section("policy-instruments")
    address = reverse("wagtailadmin_pages:add", args=["knowledge", "policyinstrumentpage", parent.pk])

    refused = signed_in(people.olof).post(address, instrument_data(baseline=file.pk))
    signed_in(people.aino).post(address, instrument_data(baseline=file.pk))

    assert errors(refused) == {"baseline": REFUSED}
    assert "secret-minutes" not in refused.content.decode()
    assert PolicyInstrumentPage.objects.values_list("owner", "baseline").get() == (people.aino.pk, file.pk)


def test_a_text_links_to_no_file(people, signed_in):
    file = of_aino(people)
    parent = section("policy-instruments")
    address = reverse("wagtailadmin_pages:add", args=["knowledge", "policyinstrumentpage", parent.pk])

    signed_in(people.olof).post(address, instrument_data(description=contentstate_with_link(file)))

    assert "linktype" not in PolicyInstrumentPage.objects.get().description
    assert not may_read_file(people.carla, file)


def contentstate_with_link(file):
    """A text with a link to the file, as the browser's editor would send it if it knew such links."""
    block = {
        "key": "a1b2c",
        "text": "See this",
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"offset": 4, "length": 4, "key": 0}],
    }
    entity = {"type": "DOCUMENT", "mutability": "MUTABLE", "data": {"id": file.pk, "url": file.url}}
    return json.dumps({"blocks": [block], "entityMap": {"0": entity}})


# Lists and the admin


@pytest.mark.parametrize("address", ["/admin/documents/", "/admin/documents/chooser/"])
def test_files_of_others_are_listed_nowhere(practice, people, signed_in, address):
    file = of_aino(people, name="secret-minutes.txt")
    EvidenceFactory(page=practice, document=file, added_by=people.aino)

    seen = {
        name: "secret-minutes" in signed_in(getattr(people, name)).get(address).content.decode()
        for name in ("aino", "olof", "bruno")
    }

    assert seen == {"aino": True, "olof": False, "bruno": True}


@pytest.mark.parametrize(
    "address",
    [
        "/admin/documents/chooser/chosen/{0}/",
        "/admin/documents/chooser/chosen-multiple/?id={0}",
        "/admin/documents/edit/{0}/",
        "/admin/documents/delete/{0}/",
        "/admin/documents/usage/{0}/",
    ],
)
def test_no_page_of_the_admin_tells_of_a_file_of_others(people, signed_in, address):
    file = of_aino(people, name="secret-minutes.txt")

    told = {}
    for name in ("aino", "olof"):
        answer = signed_in(getattr(people, name)).get(address.format(file.pk))
        told[name] = "secret-minutes" in answer.content.decode()

    assert told == {"aino": True, "olof": False}


@pytest.mark.parametrize("person", ["aino", "olof", "bruno", "ada"])
def test_files_are_searched_in_the_chooser_by_everybody(people, signed_in, person):
    of_aino(people)

    for address in ("/admin/documents/chooser/?q=minutes", "/admin/documents/chooser/results/?q=minutes"):
        assert signed_in(getattr(people, person)).get(address).status_code == 200


def test_only_a_files_people_and_officers_change_who_may_read_it(people, signed_in):
    file = of_aino(people)
    address = reverse("wagtaildocs:edit", args=[file.pk])
    data = {"title": "Minutes", "tags": "", "credit": "", "licence": "", "organisation": people.authority.pk}

    for name in ("olof", "axel", "ilse", "cato"):
        confidentiality = "auditor" if name != "cato" else "project"
        signed_in(getattr(people, name)).post(address, data | {"confidentiality": confidentiality})

    file.refresh_from_db()
    assert (file.confidentiality, file.organisation) == ("project", people.authority)


@pytest.mark.parametrize(
    "address",
    [
        "/admin/documents/delete/{0}/",
        "/admin/documents/multiple/{0}/delete/",
    ],
)
def test_a_file_is_deleted_only_while_nothing_holds_it(practice, people, signed_in, address):
    held, free = of_aino(people), of_aino(people)
    EvidenceFactory(page=practice, document=held, added_by=people.aino)

    for person in (people.olof, people.aino):
        for file in (held, free):
            assert signed_in(person).post(address.format(file.pk)).status_code in (200, 302)
        if person == people.olof:
            assert SourceDocument.objects.count() == 2

    assert SourceDocument.objects.get() == held
