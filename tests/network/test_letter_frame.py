"""Every letter goes out twice in one: as text, and as HTML that loads nothing and hides no address."""

import re

import pytest
from django.core import mail

from network import letters
from network.letter_frame import Paragraph, Piece, as_html, paragraphs
from tests.factories import LetterFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://adit.example"


def test_a_letter_leaves_as_text_and_as_html():
    LetterFactory(subject="Published", text="Hello Aino,\n\nit is public:\nhttps://adit.example/x/\n")

    letters.send_waiting()

    (sent,) = mail.outbox
    assert sent.body == "Hello Aino,\n\nit is public:\nhttps://adit.example/x/\n"
    ((html, kind),) = sent.alternatives
    assert kind == "text/html"
    assert '<a href="https://adit.example/x/">it is public</a>' in html
    assert [part.get_content_type() for part in sent.message().walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_a_calendar_file_stays_beside_both():
    LetterFactory(text="Hello,", calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", calendar_method="REQUEST")

    letters.send_waiting()

    kinds = [part.get_content_type() for part in mail.outbox[0].message().walk()]
    assert kinds == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
    ]


def test_paragraphs_links_and_codes_are_found_in_the_text():
    text = """Hello,

type this code:

WFM4-X2TB

Read it and decide:
https://adit.example/admin/5/

The event: https://adit.example/events/x/.
Begins: Monday

* Mine water as heat
  https://adit.example/good-practices/heat/
"""

    assert list(paragraphs(text, has_code=True)) == [
        Paragraph(lines=((Piece("Hello,"),),)),
        Paragraph(lines=((Piece("type this code:"),),)),
        Paragraph(code="WFM4-X2TB"),
        Paragraph(link=Piece("Read it and decide", "https://adit.example/admin/5/")),
        Paragraph(
            lines=(
                (
                    Piece("The event: "),
                    Piece("https://adit.example/events/x/", "https://adit.example/events/x/"),
                    Piece("."),
                ),
                (Piece("Begins: Monday"),),
            )
        ),
        Paragraph(
            lines=(
                (Piece("* Mine water as heat"),),
                (
                    Piece(
                        "https://adit.example/good-practices/heat/",
                        "https://adit.example/good-practices/heat/",
                    ),
                ),
            )
        ),
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/login/",
        "https://adit.example.evil.example/login/",
        "https://adit.example@evil.example/",
        "http://adit.example/",
    ],
)
def test_what_somebody_typed_hides_no_address_of_another_site_behind_words(address):
    text = f"The reader writes:\n\nSign in here:\n{address}\n"

    found = list(paragraphs(text))

    assert found[-1] == Paragraph(lines=((Piece("Sign in here:"),), (Piece(address, address),)))


def test_what_somebody_typed_stays_text_and_the_letter_loads_nothing():
    letter = LetterFactory(
        subject="<b>Hi</b>", text='<script>alert(1)</script> & <img src="https://evil.example/x.png">\n'
    )

    html = as_html(letter)

    assert "<script" not in html and "<img" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;img src=&quot;" in html
    assert "<title>&lt;b&gt;Hi&lt;/b&gt;</title>" in html
    assert re.findall(r"url\(|@import|src=(?!&)|<link", html) == []
    assert "prefers-color-scheme: dark" in html


def test_a_code_is_a_code_only_in_a_letter_that_holds_one():
    assert list(paragraphs("EU27")) == [Paragraph(lines=((Piece("EU27"),),))]
