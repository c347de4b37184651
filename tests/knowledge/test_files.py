import pytest
from django.core.files.base import ContentFile
from django.core.signals import request_finished
from django.db import close_old_connections
from django.urls import reverse

from knowledge.models import SourceDocument
from tests.factories import EvidenceFactory, GoodPracticePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(people):
    return GoodPracticePageFactory(owner=people.aino, organisation=people.authority)


def document(name="minutes.txt", **fields):
    return SourceDocument.objects.create(title=name, file=ContentFile(b"Said and done.", name=name), **fields)


def status(client, address):
    """How the address answers; the file behind it is closed, the test's connection stays open."""
    response = client.get(address)
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
    return response.status_code


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
