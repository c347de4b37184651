"""Texts and the links in them: none tells the address of a draft, and no made-up one breaks anything."""

import json

import pytest
from django.urls import reverse
from wagtail.rich_text import expand_db_html

from knowledge.models import GoodPracticePage
from knowledge.models.practice import PROSE
from knowledge.texts import TextEditor, tables_as_lists
from tests.factories import GoodPracticePageFactory, OrganisationFactory
from tests.knowledge.sent_forms import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(people):
    """A draft of Olof's, who belongs to another body than Aino."""
    page = GoodPracticePageFactory(owner=people.olof, organisation=OrganisationFactory(), live=False)
    page.save_revision(user=people.olof)
    return page


def text_with_link(said):
    """What the editor sends for a text that is one link."""
    block = {
        "key": "abcde",
        "text": "Look there",
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"key": 0, "offset": 0, "length": 10}],
    }
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": said}
    return json.dumps({"blocks": [block], "entityMap": {"0": entity}})


def saved_with(client, page, said):
    """The status of the answers to who saves this link, opens the editor again and looks at the draft, and
    the words of the last two."""
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    saved = client.post(editor, filled(client.get(editor)) | {"challenge": text_with_link(said)})
    answers = [client.get(editor), client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))]
    words = "".join(answer.content.decode() for answer in answers)
    return [saved.status_code, *(answer.status_code for answer in answers)], words


def test_a_link_to_a_draft_tells_its_address_to_nobody(own, people, signed_in):
    secret = GoodPracticePageFactory(
        owner=people.aino, organisation=people.authority, slug="secret-words", live=False
    )

    statuses, words = saved_with(signed_in(people.olof), own, {"id": secret.pk})

    assert (statuses, "secret-words" in words) == ([302, 200, 200], False)


def test_a_link_to_a_public_page_leads_there(own, people, signed_in):
    public = GoodPracticePageFactory(owner=people.aino, organisation=people.authority, slug="open-words")

    statuses, words = saved_with(signed_in(people.olof), own, {"id": public.pk})

    assert (statuses, f'<a href="{public.url}">Look there</a>' in words) == ([302, 200, 200], True)


@pytest.mark.parametrize(
    "said",
    [
        {"id": "abc"},
        {"id": 10**30},
        {"id": -1},
        {"id": 1.5},
        {"id": [1]},
        {"id": "٣"},
        {"id": None},
        {"url": 5},
        {"url": None},
        {},
    ],
)
def test_a_link_to_nonsense_is_kept_as_words(own, people, signed_in, said):
    statuses, _words = saved_with(signed_in(people.olof), own, said)

    draft = GoodPracticePage.objects.get(pk=own.pk).get_latest_revision_as_object()
    assert (statuses, "linktype" in draft.challenge, "Look there" in draft.challenge) == (
        [302, 200, 200],
        False,
        True,
    )


def test_nonsense_that_a_text_holds_already_leads_nowhere():
    assert expand_db_html('<p><a linktype="page" id="abc">there</a></p>') == "<p><a>there</a></p>"


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "{",
        "[]",
        "3",
        "[" * 5000 + "]" * 5000,
        text_with_link({}).replace('"Look there"', "5"),
        text_with_link({}).replace('"entityMap": {"0"', '"entityMap": {"1"'),
        text_with_link({}).replace('"unstyled", "depth": 0', '"unordered-list-item", "depth": 1000000'),
    ],
)
def test_what_is_no_text_is_refused_and_the_old_one_stays(own, people, signed_in, sent):
    client, editor = signed_in(people.olof), reverse("wagtailadmin_pages:edit", args=[own.pk])
    client.raise_request_exception = False
    revision = own.latest_revision

    answer = client.post(editor, filled(client.get(editor)) | {"challenge": sent})

    own.refresh_from_db()
    assert (answer.status_code, own.latest_revision) == (400, revision)


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>a</p>", "<p>a</p>"),
        ("", ""),
        (
            "<p>Before</p><table><thead><tr><th>Year</th><th>Tonnes</th></tr></thead>"
            "<tbody><tr><td><p>2016</p></td><td>412,000<br>measured</td></tr></tbody></table><p>After</p>",
            "<p>Before</p><ul><li>Year; Tonnes</li><li>2016; 412,000 measured</li></ul><p>After</p>",
        ),
        (
            "<table><tr><td>a</td><td> </td><td>&amp;&lt;</td></tr><tr><td></td></tr></table>",
            "<ul><li>a; &amp;&lt;</li></ul>",
        ),
        (
            "<table><tr><td>Pond</td><td><table><tr><td>sand</td><td>60 %</td></tr></table></td></tr>"
            "</table>",
            "<ul><li>Pond; sand 60 %</li></ul>",
        ),
    ],
)
def test_tables_of_a_text_written_elsewhere_are_lists_in_the_editor(html, kept):
    assert tables_as_lists(html) == kept


def test_the_editor_shows_the_rows_of_a_stored_table_as_items():
    html = "<table><tr><td>2016</td><td>412,000</td></tr></table>"

    content = json.loads(TextEditor(features=PROSE).format_value(html))

    assert [(block["type"], block["text"]) for block in content["blocks"]] == [
        ("unordered-list-item", "2016; 412,000")
    ]
