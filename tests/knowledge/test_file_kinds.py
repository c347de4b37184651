"""What is taken as a document."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook
from wagtail.models import UploadedFile

from knowledge.models import SourceDocument
from tests.knowledge.answers import closed
from tests.knowledge.form_data import errors

pytestmark = pytest.mark.django_db

OPEN_TEXT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}
WORD = {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}


def container(**parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return target.getvalue()


def workbook():
    target = io.BytesIO()
    Workbook().save(target)
    return target.getvalue()


def posted(**fields):
    return {"title": "Minutes", "tags": "", "credit": "", "licence": "", "organisation": ""} | fields


def add(client, name, content):
    return client.post(reverse("wagtaildocs:add"), posted(file=SimpleUploadedFile(name, content)))


def add_in_chooser(client, name, content):
    data = posted(file=SimpleUploadedFile(name, content))
    data = {f"document-chooser-upload-{field}": value for field, value in data.items()}
    return client.post(reverse("wagtaildocs_chooser:create"), data)


def add_several(client, name, content):
    data = {"title": "Minutes", "files[]": SimpleUploadedFile(name, content)}
    return client.post(reverse("wagtaildocs:add_multiple"), data)


DOORS = [add, add_in_chooser, add_several]
RIGHT = {
    "a.pdf": b"%PDF-1.7 and so on",
    "a.PDF": b"%PDF-1.4",
    "a.txt": "Said and done, in Ελλάδα.".encode(),
    "b.txt": "Žádost".encode("cp1250"),
    "a.csv": "\ufeffName;Town\r\nAino;Kiruna\r\n".encode(),
    "b.csv": "Name;Town\r\nAino;Kiruna\r\n".encode("utf-16"),
    "a.docx": container(**WORD),
    "a.xlsx": workbook(),
    "a.odt": container(**OPEN_TEXT),
    "a.zip": container(readme="hello"),
}
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
WRONG = {
    "html.pdf": HTML,
    "noise.pdf": bytes(range(256)) * 40,
    "late.pdf": b"xxxxxxxx%PDF-1.7",
    "html.txt": HTML,
    "late-html.csv": b"name;town\r\n<script>alert(1)</script>;x",
    "wide-html.txt": HTML.decode().encode("utf-16"),
    "program.txt": b"\x7fELF\x02\x01\x01\x00\x00",
    "program.zip": b"\x7fELF\x02\x01\x01\x00\x00",
    "program-with-zip.zip": b"\x7fELF" + container(readme="hello"),
    "plain.docx": container(readme="hello"),
    "word.xlsx": container(**WORD),
    "word.odt": container(**WORD),
    "text.odp": container(**OPEN_TEXT),
    "cut.docx": container(**WORD)[:60],
    "pdf.docx": b"%PDF-1.7",
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", RIGHT)
def test_documents_that_are_what_their_name_says_are_taken(people, signed_in, door, name):
    door(signed_in(people.aino), name, RIGHT[name])

    file = SourceDocument.objects.get()
    with file.file.open() as opened:
        assert opened.read() == RIGHT[name]
    assert (file.uploaded_by_user, file.confidentiality) == (people.aino, "public")


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", WRONG)
def test_documents_that_are_something_else_are_refused_at_every_door(people, signed_in, door, name):
    response = door(signed_in(people.aino), name, WRONG[name])

    assert response.status_code == 200
    assert "but its content is something else." in response.content.decode()
    assert SourceDocument.objects.count() == UploadedFile.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "html.pdf",
            HTML,
            "Its name ends in .pdf, but its content is something else. Save it again as PDF.",
        ),
        (
            "html.txt",
            HTML,
            "Its name ends in .txt, but its content is something else. Save it again as plain text.",
        ),
        ("empty.pdf", b"", "The submitted file is empty."),
        (
            "a.svg",
            b"<svg/>",
            "File extension “svg” is not allowed. Allowed extensions are: "
            "csv, docx, odt, ods, odp, pdf, pptx, txt, xlsx, zip.",
        ),
    ],
)
def test_a_refused_document_gets_one_sentence(people, signed_in, name, content, sentence):
    response = add(signed_in(people.aino), name, content)

    assert errors(response) == {"file": [sentence]}


@pytest.mark.parametrize("door", DOORS)
def test_a_document_has_at_most_25_megabytes(people, signed_in, door):
    content = b"%PDF-1.7" + bytes(25 * 1024 * 1024)

    response = door(signed_in(people.aino), "a.pdf", content)

    assert "This file is too big" in response.content.decode()
    assert SourceDocument.objects.count() == 0


def test_a_new_file_belongs_to_the_only_organisation_of_who_brings_it(people, signed_in):
    for user in (people.aino, people.bruno):
        add_several(signed_in(user), "a.txt", b"Said.")

    assert list(SourceDocument.objects.order_by("pk").values_list("organisation", flat=True)) == [
        people.authority.pk,
        None,
    ]


def test_nobody_gives_a_file_to_an_organisation_of_others(people, signed_in):
    file = SimpleUploadedFile("a.txt", b"Said.")
    theirs = people.olof.memberships.get().organisation

    response = signed_in(people.aino).post(
        reverse("wagtaildocs:add"), posted(file=file, organisation=theirs.pk)
    )

    assert list(errors(response)) == ["organisation"]


def test_a_document_goes_out_as_a_file_to_keep_and_runs_nowhere(people, signed_in):
    client = signed_in(people.aino)
    add(client, "a.pdf", RIGHT["a.pdf"])

    response = closed(client.get(SourceDocument.objects.get().url))

    wanted = ("Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy")
    assert [response.headers[name] for name in wanted] == [
        'attachment; filename="a.pdf"',
        "nosniff",
        "default-src 'none'",
    ]
