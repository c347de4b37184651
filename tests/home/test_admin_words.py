"""In the admin an officer meets Adit: its name, its mark, its words."""

import ast
import gettext
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import gettext as said

from knowledge.review import submit
from network.rights import CONTRIBUTORS, OFFICERS
from tests.factories import EvidenceFactory, GoodPracticePageFactory, UserFactory, complete_practice

pytestmark = pytest.mark.django_db
OURS = settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES"
JARGON = re.compile(
    r"slug|promote|moderat(?:ion|or|ed)|snippet|workflow|wagtail|title tag|meta description", re.IGNORECASE
)
# What is filled in, and what a browser reads and nobody else.
NOT_WORDS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}|<[^>]+>")


def entries(path):
    """What a .po file holds: {msgid: (plural or None, [what is said])}."""
    found, current, field = {}, {}, None
    for line in [*path.read_text().splitlines(), ""]:
        if match := re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$', line):
            field = match[1]
            current[field] = ast.literal_eval(match[2])
        elif line.startswith('"'):
            current[field] += ast.literal_eval(line)
        elif not line and "msgid" in current:
            words = [value for name, value in current.items() if name.startswith("msgstr")]
            found[current["msgid"]] = (current.get("msgid_plural"), words)
            current = {}
    return found


def test_the_words_that_are_read_are_the_words_that_are_written():
    with (OURS / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    for msgid, (plural, words) in entries(OURS / "django.po").items():
        read = [compiled.ngettext(msgid, plural, n) for n in (1, 2)] if plural else [compiled.gettext(msgid)]
        assert msgid == "" or read == words


def test_what_is_filled_in_is_something_that_is_there_to_be_filled_in():
    gap = re.compile(r"%\(\w+\)[sd]|\{\w+\}")

    for msgid, (plural, words) in entries(OURS / "django.po").items():
        known = set(gap.findall(msgid + (plural or "")))
        assert all(set(gap.findall(text)) <= known for text in words)


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_nothing_that_wagtail_can_say_is_jargon(domain):
    rooms = [Path(app.path) for app in apps.get_app_configs() if app.name.startswith("wagtail")]
    files = [room / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po" for room in rooms]
    sentences = {text for file in files if file.exists() for text in entries(file)}

    jargon = sorted(text for text in sentences if JARGON.search(NOT_WORDS.sub("", said(text))))

    assert len(sentences) > 50
    assert jargon == []


def submitted(page, user):
    """The page in front of the officers."""
    page.save_revision(user=user)
    submit(page, user)


class Reader(HTMLParser):
    """Reads what a person reads or hears of a page: its text, names and hints, not its code."""

    SPOKEN = ("aria-label", "title", "placeholder", "alt")
    CODE = ("script", "style")

    def __init__(self):
        super().__init__()
        self.words, self.inside = [], ""

    def handle_starttag(self, tag, attrs):
        self.inside = tag if tag in self.CODE else ""
        values = dict(attrs)
        self.words += [value for name, value in attrs if name in self.SPOKEN and value]
        if tag == "button" or values.get("type") in ("submit", "button"):
            self.words.append(values.get("value") or "")

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if not self.inside:
            self.words.append(data)


def words(answer):
    """What a person reads or hears of a page of the admin, and what its script shows in the menu."""
    page = answer.content.decode()
    reader = Reader()
    reader.feed(page)
    menu = re.search(r'<script id="wagtail-sidebar-props"[^>]*>(.*?)</script>', page, re.DOTALL)
    labels = re.findall(r'"label": ?"([^"]*)"', json.dumps(json.loads(menu[1]))) if menu else []
    return " ".join(" ".join([*reader.words, *labels]).split())


def jargon_of(client, addresses):
    """{address: the words around each piece of jargon}."""
    found = {}
    for address in addresses:
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        text = words(answer)
        if pieces := [text[max(0, m.start() - 40) : m.end() + 40] for m in JARGON.finditer(text)]:
            found[address] = pieces
    return found


def test_an_officer_meets_no_jargon_wherever_they_work(signed_in):
    bruno = UserFactory(groups=Group.objects.filter(name=OFFICERS))
    aino = UserFactory(groups=Group.objects.filter(name=CONTRIBUTORS))
    public, waiting = GoodPracticePageFactory(), complete_practice(owner=aino)
    submitted(waiting, aino)
    evidence = EvidenceFactory(page=public)
    pages = [
        reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        for page in (public, waiting)
        for name in ("edit", "history", "usage", "workflow_history", "delete", "move", "copy")
    ]
    of_public = [reverse(f"wagtailadmin_pages:{name}", args=[public.pk]) for name in ("unpublish",)]
    section = public.get_parent()
    lists = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore_root"),
        reverse("wagtailadmin_explore", args=[section.pk]),
        reverse("wagtailadmin_pages:search") + "?q=a",
        reverse("wagtailadmin_pages:add_subpage", args=[section.pk]),
        reverse("wagtailadmin_pages:add", args=["knowledge", "goodpracticepage", section.pk]),
        reverse("wagtailadmin_pages:add", args=["knowledge", "policyinstrumentpage", section.pk]),
        reverse("wagtailadmin_pages:add", args=["events", "learningeventpage", section.pk]),
        reverse("knowledge_desk"),
        reverse("knowledge_page_desk", args=[waiting.pk]),
        reverse("knowledge_evidence_desk", args=[evidence.pk]),
        reverse("wagtailsnippets_knowledge_evidence:list"),
        reverse("wagtailsnippets_knowledge_evidence:edit", args=[evidence.pk]),
        reverse("wagtailsnippets_knowledge_evidence:delete", args=[evidence.pk]),
        reverse("wagtailsnippets_network_organisation:list"),
        reverse("wagtailsnippets_network_organisation:add"),
        reverse("wagtailadmin_reports:workflow"),
        reverse("wagtailadmin_reports:workflow_tasks"),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_reports:locked_pages"),
        reverse("wagtailimages:index"),
        reverse("wagtaildocs:index"),
        reverse("wagtailadmin_account"),
        reverse("set_aside"),
    ]

    assert jargon_of(signed_in(bruno), pages + of_public + lists) == {}


def test_an_author_meets_none_either(signed_in):
    aino = UserFactory(groups=Group.objects.filter(name=CONTRIBUTORS))
    draft = complete_practice(owner=aino)
    addresses = [reverse("wagtailadmin_home"), reverse("wagtailadmin_pages:edit", args=[draft.pk])]

    before = jargon_of(signed_in(aino), addresses)
    submitted(draft, aino)

    assert before == {}
    assert jargon_of(signed_in(aino), addresses) == {}


def test_what_is_submitted_says_so_in_the_words_of_the_letters(signed_in):
    aino = UserFactory(groups=Group.objects.filter(name=CONTRIBUTORS))
    draft = complete_practice(owner=aino, title="Mine water as heat")
    client = signed_in(aino)

    page = words(client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])))
    submitted(draft, aino)
    after = words(client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])))

    assert "Submit for review" in page
    assert "Take it back from the review" in after


def test_the_admin_bears_the_name_and_the_mark_and_loads_its_colours_last(signed_in):
    bruno = UserFactory(groups=Group.objects.filter(name=OFFICERS))

    page = signed_in(bruno).get("/admin/").content.decode()

    assert re.search(r"<title>.* - Adit</title>", page)
    assert "/static/favicon.svg" in page and "favicon.ico" not in page
    assert page.index("wagtailadmin/css/core.css") < page.index("css/admin.css") < page.index("</head>")
    logo = page.partition("data-wagtail-sidebar-branding-logo>")[2].partition("</template>")[0]
    assert "adit-mark" in logo and "Adit" in logo
    assert "guide.wagtail.org" not in page


def test_the_admin_is_offered_in_the_languages_of_the_site_only(signed_in):
    bruno = UserFactory(groups=Group.objects.filter(name=OFFICERS))

    page = signed_in(bruno).get(reverse("wagtailadmin_account")).content.decode()

    assert "Deutsch" not in page and "German" not in page
