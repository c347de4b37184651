"""Synonyms and names in the admin: who may write them, and what is said to whom when something is wrong."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from network.rights import ADMINISTRATORS, AUDITORS, CONTRIBUTORS, EXPERTS, OFFICERS
from regions.models import VocabularyName
from search.importing import import_synonyms
from search.models import LexiconVersion, SynonymSet, SynonymTerm
from tests.factories import UserFactory
from tests.factories.regions import RegionFactory

ADD = "wagtailsnippets_search_synonymset:add"
EDIT = "wagtailsnippets_search_synonymset:edit"
LIST = "wagtailsnippets_search_synonymset:list"
DELETE = "wagtailsnippets_search_synonymset:delete"
NAMES = "wagtailsnippets_regions_vocabularyname"

pytestmark = pytest.mark.django_db


def member_of(group):
    return UserFactory(groups=[Group.objects.get(name=group)])


@pytest.fixture
def bruno(signed_in):
    """An officer, signed in."""
    return signed_in(member_of(OFFICERS))


@pytest.fixture
def red_mud():
    synonyms = SynonymSet.objects.create(name="Red mud")
    for text in ("red mud", "bauxite residue"):
        SynonymTerm.objects.create(synonyms=synonyms, language="en", text=text)
    return synonyms


def typed(*terms, name="Red mud", **more):
    """What the form sends: each term is (text, language) or (text, language, "on")."""
    data = {
        "name": name,
        "note": "",
        "is_active": "on",
        "terms-TOTAL_FORMS": len(terms),
        "terms-INITIAL_FORMS": 0,
        "terms-MIN_NUM_FORMS": 2,
        "terms-MAX_NUM_FORMS": 1000,
    }
    for number, (text, language, *symbol) in enumerate(terms):
        data |= {f"terms-{number}-text": text, f"terms-{number}-language": language, f"terms-{number}-id": ""}
        if symbol:
            data[f"terms-{number}-is_symbol"] = "on"
    return data | more


def changed(synonyms, *terms):
    """What the form sends when a set is changed: its own terms first, then more."""
    own = list(synonyms.terms.all())
    data = typed(*((term.text, term.language) for term in own), *terms, name=synonyms.name)
    data["terms-INITIAL_FORMS"] = len(own)
    return data | {f"terms-{number}-id": term.pk for number, term in enumerate(own)}


def words(synonyms):
    return [(term.text, term.language, term.is_symbol) for term in synonyms.terms.all()]


@pytest.mark.parametrize("group", [OFFICERS, ADMINISTRATORS])
def test_officers_and_administrators_change_synonyms_and_names(signed_in, red_mud, group):
    client = signed_in(member_of(group))
    name = VocabularyName.objects.create(facet="stage", value="use", language="en", text="service life")

    answers = [
        client.get(reverse(LIST)),
        client.get(reverse(ADD)),
        client.get(reverse(EDIT, args=[red_mud.pk])),
        client.get(reverse(DELETE, args=[red_mud.pk])),
        client.get(reverse(f"{NAMES}:list")),
        client.get(reverse(f"{NAMES}:edit", args=[name.pk])),
    ]

    assert [answer.status_code for answer in answers] == [200] * 6


@pytest.mark.parametrize("group", [CONTRIBUTORS, EXPERTS, AUDITORS])
def test_others_do_not(signed_in, red_mud, group):
    client = signed_in(member_of(group))

    answers = [
        client.get(reverse(LIST)),
        client.post(reverse(ADD), typed(("a", "en"), ("b", "en"))),
        client.post(reverse(EDIT, args=[red_mud.pk]), changed(red_mud, ("mud", "en"))),
        client.post(reverse(DELETE, args=[red_mud.pk])),
        client.get(reverse(f"{NAMES}:list")),
    ]

    # Wagtail sends them back to the admin's first page with a sentence.
    assert [answer.url for answer in answers] == [reverse("wagtailadmin_home")] * 5
    assert list(SynonymSet.objects.values_list("name", flat=True)) == ["Red mud"]


def test_a_new_set_is_kept_and_search_learns_of_it(bruno):
    before = LexiconVersion.current()

    bruno.post(reverse(ADD), typed(("  red   mud ", "en"), ("Rotschlamm", "de"), ("RM", "", "on"), ("", "")))

    made = SynonymSet.objects.get(name="Red mud")
    assert words(made) == [("red mud", "en", False), ("Rotschlamm", "de", False), ("RM", "", True)]
    assert (made.key, made.is_active, LexiconVersion.current() > before) == (None, True, True)


def test_a_term_is_added_and_search_learns_of_it(bruno, red_mud):
    before = LexiconVersion.current()

    bruno.post(reverse(EDIT, args=[red_mud.pk]), changed(red_mud, ("lodos rojos", "es")))

    assert words(red_mud) == [
        ("red mud", "en", False),
        ("bauxite residue", "en", False),
        ("lodos rojos", "es", False),
    ]
    assert LexiconVersion.current() > before


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ([("red mud", "en"), ("Red  Mud", "en")], "“Red Mud” stands here twice, for the same language."),
        ([("red mud", "en")], "A set needs at least two words or phrases that mean the same."),
        ([], "A set needs at least two words or phrases that mean the same."),
        ([("red mud", "en"), ("", "de")], "A set needs at least two words or phrases that mean the same."),
        ([("red mud", "en"), ("m" * 300, "en")], "at most 100 characters"),
        ([("red mud", "en"), ("…", "en")], "Write a word: “…” has no letter and no number."),
        ([("red mud", "en"), ("=mud", "en")], "Begin “=mud” with a letter or a number."),
        (
            [("red mud", "en"), ("a b c d e f g h i", "en")],
            "has 9 words. Search looks for phrases of up to 8.",
        ),
        (
            [("red mud", "en"), ("mud", "xx")],
            "Select a valid choice. xx is not one of the available choices.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_and_nothing_is_lost(bruno, terms, sentence):
    answer = bruno.post(reverse(ADD), typed(*terms, note="kept while it is wrong"))

    page = answer.content.decode()
    assert (answer.status_code, sentence in page, "kept while it is wrong" in page) == (200, True, True)
    assert not SynonymSet.objects.exists()


def test_the_same_word_in_two_languages_is_no_mistake(bruno):
    bruno.post(reverse(ADD), typed(("cluster", "en"), ("cluster", "fr")))

    assert words(SynonymSet.objects.get()) == [("cluster", "en", False), ("cluster", "fr", False)]


def test_a_name_that_is_taken_is_refused(bruno, red_mud):
    answer = bruno.post(reverse(ADD), typed(("a", "en"), ("b", "en")))

    assert "Set of synonyms with this Name already exists." in answer.content.decode()
    assert SynonymSet.objects.count() == 1


def test_a_word_that_stands_in_another_set_is_kept_with_a_warning(bruno, red_mud):
    answer = bruno.post(reverse(ADD), typed(("Red mud", "en"), ("clay", "en"), name="Clay"))

    warnings = [
        str(message) for message in get_messages(answer.wsgi_request) if message.level_tag == "warning"
    ]
    assert SynonymSet.objects.filter(name="Clay").exists()
    assert [warning.strip() for warning in warnings] == [
        "“Red mud” stands in the set “Red mud” too: who looks for it finds the words of both."
    ]


def test_a_set_is_found_by_any_of_its_words_once(bruno, red_mud):
    SynonymSet.objects.create(name="Slag")

    page = bruno.get(reverse(LIST), {"q": "d"}).content.decode()

    assert (page.count(reverse(EDIT, args=[red_mud.pk])) > 0, "Slag" in page) == (True, False)
    assert bruno.get(reverse(LIST), {"q": "u"}).context["object_list"].count() == 1


def test_the_list_takes_the_same_queries_for_one_set_and_for_five(bruno, red_mud, django_assert_num_queries):
    bruno.get(reverse(LIST))
    with CaptureQueriesContext(connection) as for_one:
        bruno.get(reverse(LIST))
    for number in range(4):
        SynonymSet.objects.create(name=f"Set {number}")

    with django_assert_num_queries(len(for_one)):
        bruno.get(reverse(LIST))


def test_all_sets_are_taken_out_as_a_file_that_can_be_loaded_again(bruno, red_mud, tmp_path):
    SynonymTerm.objects.create(synonyms=red_mud, text="RM", is_symbol=True)

    content = b"".join(bruno.get(reverse(LIST), {"export": "csv"}).streaming_content)

    assert content.decode("utf-8-sig").splitlines() == [
        "set,language,term,is_symbol",
        "Red mud,en,red mud,0",
        "Red mud,en,bauxite residue,0",
        "Red mud,,RM,1",
    ]
    path = tmp_path / "synonyms.csv"
    path.write_bytes(content)
    SynonymSet.objects.all().delete()
    assert import_synonyms(path).created == 1


def test_a_name_of_a_region_is_added_and_search_learns_of_it(bruno):
    RegionFactory(code="SE", name="Sweden")
    before = LexiconVersion.current()
    data = {"text": "Svearike", "facet": "region", "value": "SE", "language": "sv", "kind": "alias"}

    bruno.post(reverse(f"{NAMES}:add"), data | {"is_used": "on"})

    name = VocabularyName.objects.get()
    assert (name.text, name.value, name.is_shipped) == ("Svearike", "SE", False)
    assert LexiconVersion.current() > before


def test_a_name_of_nothing_is_refused_in_a_sentence(bruno):
    data = {"text": "Nowhere", "facet": "region", "value": "XX9", "language": "en", "kind": "alias"}

    answer = bruno.post(reverse(f"{NAMES}:add"), data)

    assert "There is no region with this code." in answer.content.decode()
    assert not VocabularyName.objects.exists()
