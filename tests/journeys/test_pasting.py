"""What is pasted from Word, Excel and mails into the texts of a page."""

import json
import re

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from home.models import TextPage
from knowledge.models import GoodPracticePage
from network.rights import CONTRIBUTORS
from tests.factories import MembershipFactory, UserFactory
from tests.factories.knowledge import section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOLD = "A table was pasted. Texts keep no tables: each of its rows is an item of a list now."
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style>p.MsoNormal {margin:0cm}</style><title>Doc</title></head><body lang=EN><h2>Figures</h2>
<p class=MsoNormal>Before the <b>table</b>.<o:p></o:p></p>
<table class=MsoTableGrid border=1><caption>Tonnes by year</caption>
<tr><td><p class=MsoNormal><b>Year<o:p></o:p></b></p></td><td><p class=MsoNormal>Tonnes</p></td>
<td><p class=MsoNormal><o:p>&nbsp;</o:p></p></td></tr>
<tr><td><p class=MsoNormal>2016</p></td>
<td><p class=MsoNormal>412,000</p><p class=MsoNormal>(measured)</p></td>
<td>sand</td></tr><tr><td>&nbsp;</td><td> </td><td></td></tr></table><p class=MsoNormal>After.</p>
<script>alert(1)</script></body></html>"""
SHEET = """<meta name=Generator content="Microsoft Excel 15"><table><!--StartFragment--><col width=64 span=2>
<tr><td>Ort</td><td align=right>1.5</td></tr><tr><td colspan=2>Łódź</td></tr><!--EndFragment--></table>"""
WITHIN = """<table><tr><td>Pond</td><td>Parts <table><tr><td>sand</td><td>60 %</td></tr><tr><td>clay</td>
<td>40 %</td></tr></table></td></tr>
<tr><td>Heap</td><td>slag<ul><li>old</li><li>new</li></ul></td></tr></table>"""
FRAME = """<table width=600><tr><td><p>Dear all,</p><p>the pond is dry.</p></td></tr></table>"""
CELL = "<table><tr><td>412,000</td></tr></table>"
PLAIN = "<p>One <i>line</i>.</p>"
# What is pasted, the blocks that the editor holds then, and whether its writer is told.
PASTED = [
    (
        WORD,
        [
            ("unstyled", "Figures"),
            ("unstyled", "Before the table."),
            ("unstyled", "Tonnes by year"),
            ("unordered-list-item", "Year; Tonnes"),
            ("unordered-list-item", "2016; 412,000 (measured); sand"),
            ("unstyled", "After."),
        ],
        True,
    ),
    (SHEET, [("unordered-list-item", "Ort; 1.5"), ("unordered-list-item", "Łódź")], True),
    (
        WITHIN,
        [
            ("unordered-list-item", "Pond; Parts sand; 60 %; clay; 40 %"),
            ("unordered-list-item", "Heap; slag old new"),
        ],
        True,
    ),
    (FRAME, [("unstyled", "Dear all,"), ("unstyled", "the pond is dry.")], False),
    (CELL, [("unstyled", "412,000")], False),
    (PLAIN, [("unstyled", "One line.")], False),
]


@pytest.fixture
def editor(open_as, settings):
    """The editor of a new practice, in the hands of somebody who may write one."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    aino = UserFactory(email="aino@example.org", groups=Group.objects.filter(name=CONTRIBUTORS))
    MembershipFactory(user=aino)
    page = open_as(aino, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"/admin/pages/add/knowledge/goodpracticepage/{section('good-practices').pk}/")
    return page


def paste(page, html, name="challenge"):
    """Put this on the clipboard and press the keys, as a person does."""
    page.evaluate(
        """(html) => navigator.clipboard.write([new ClipboardItem({
            "text/html": new Blob([html], { type: "text/html" }),
            "text/plain": new Blob(["words"], { type: "text/plain" }),
        })])""",
        html,
    )
    field = page.locator(f"[data-contentpath={name}]")
    field.locator(".public-DraftEditor-content").click()
    page.keyboard.press("Control+V")
    return field


def dropped(page, html, name="challenge"):
    """Hand this over as another program does that cleans nothing: Chromium cleans what pages put there."""
    field = page.locator(f"[data-contentpath={name}]")
    field.locator(".public-DraftEditor-content").click()
    field.locator(".public-DraftEditor-content").evaluate(
        """(editor, html) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/html", html);
            clipboardData.setData("text/plain", "words");
            const options = { clipboardData, bubbles: true, cancelable: true };
            editor.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        html,
    )
    return field


def sends(page, field, kept):
    """Wait until these kinds and words of paragraphs are what the editor sends."""
    wanted = json.dumps(kept, ensure_ascii=False)
    page.wait_for_function(
        """([input, wanted]) => {
            const blocks = JSON.parse(input.value)?.blocks ?? [];
            const sent = blocks.map(({ type, text }) => [type, text]);
            return JSON.stringify(sent) === JSON.stringify(JSON.parse(wanted));
        }""",
        arg=[field.locator("[data-draftail-input]").element_handle(), wanted],
    )


@pytest.mark.parametrize("way", [paste, dropped])
def test_pasted_tables_become_lists_and_their_writer_is_told(editor, way):
    for html, kept, is_told in PASTED:
        editor.reload()
        field = way(editor, html)

        sends(editor, field, kept)
        note = field.get_by_role("status").filter(has_text=TOLD)
        expect(note).to_have_count(1 if is_told else 0)


def test_a_pasted_list_is_saved_with_the_draft(editor):
    editor.get_by_role("textbox", name="Title").first.fill("Tailings re-mined")
    field = paste(editor, WORD)
    sends(editor, field, PASTED[0][1])

    editor.get_by_role("button", name="Save draft").click()
    editor.wait_for_url(re.compile(r"/admin/pages/\d+/"))

    draft = GoodPracticePage.objects.get().get_latest_revision_as_object()
    assert re.sub(r' data-block-key="\w+"', "", draft.challenge) == (
        "<p><b>Figures</b></p><p>Before the <b>table</b>.</p><p>Tonnes by year</p>"
        "<ul><li><b>Year</b>; Tonnes</li><li>2016; 412,000 (measured); sand</li></ul><p>After.</p>"
    )


def test_an_editor_with_headings_keeps_them(open_as):
    page = open_as(UserFactory(is_superuser=True, is_staff=True))
    page.goto(f"/admin/pages/{TextPage.objects.first().pk}/edit/")
    page.locator("[data-contentpath=body] .public-DraftEditor-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")

    field = dropped(page, "<h2>Figures</h2><p>Text</p>", "body")

    sends(page, field, [("header-two", "Figures"), ("unstyled", "Text")])
