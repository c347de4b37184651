import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests.factories import (
    CollectedSourceFactory,
    EvidenceFactory,
    FocusAreaFactory,
    GoodPracticePageFactory,
    PolicyChangeFactory,
    RawMaterialFactory,
    RegionFactory,
)
from tests.search.printed import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]


def compared(soup):
    """The titles side by side."""
    return [words(link) for link in soup.select(".sides thead a.title")]


def notes(soup):
    return [words(note) for note in soup.select("header .note p")]


def row(soup, label):
    """What each practice says on a subject."""
    line = next(line for line in soup.select(".sides tbody tr") if words(line.th) == label)
    return [words(cell) for cell in line.select("td")]


def address(*practices):
    return "/compare/?" + "&".join(f"practice={practice.reference}" for practice in practices)


def test_practices_stand_side_by_side_in_the_order_of_the_address(page):
    first = GoodPracticePageFactory(title="Slag register", stages={"use": "main", "recycling": "touched"})
    second = GoodPracticePageFactory(title="Dam archive", stages={"extraction": "main"})

    soup = page(f"/compare/?practice={second.permanent_id}&practice={first.reference.lower()}")

    assert compared(soup) == ["Dam archive", "Slag register"]
    assert row(soup, "Use") == ["no", "main stage"]
    assert row(soup, "Recycling") == ["no", "also"]
    assert row(soup, "Extraction") == ["main stage", "no"]
    assert notes(soup) == []
    assert soup.select_one("link[rel=canonical]")["href"] == "http://localhost:8000" + address(second, first)


def test_every_subject_is_said_or_not_stated(page):
    country = RegionFactory(code="SE", name="Sweden")
    known = GoodPracticePageFactory(
        title="Slag register",
        regions=[RegionFactory(code="SE3", name="North", parent=country)],
        raw_materials=[RawMaterialFactory(name="Copper", is_strategic=True)],
        focus_areas=[FocusAreaFactory(name="Mine waste")],
        start="2021-03",
        end="2024",
        maturity="completed",
        cost_amount=410_000,
        summary="A dam was lowered.",
        challenge="<p>Nobody knew.</p>",
        description="<p>A register of heaps.</p>",
        evidence_of_success="<p>It is used.</p>",
        resources_needed="<p>A database.</p>",
        difficulties="<p>Nobody answered.</p>",
        transfer_potential="<p>A law is needed.</p>",
        organisation_as_stated="Example authority",
        source_language="sv",
    )
    known.resource_items.create(what="Register", paid_by="State", amount=1000)
    known.transfer_conditions.create(condition="A duty to report", factor="legal", difficulty="hard")
    known.save()
    EvidenceFactory(page=known)
    change = PolicyChangeFactory(status="validated")
    change.inspirations.create(practice=known)
    change.save()
    empty = GoodPracticePageFactory(title="Empty", summary="", challenge="", description="")

    soup = page(address(known, empty))

    assert {words(line.th): row(soup, words(line.th)) for line in soup.select("tbody + tbody tr")} == {
        "Place": ["North, Sweden (SE3)", "not stated"],
        "Period": ["March 2021 to 2024", "not stated"],
        "How far it has come": ["Completed", "not stated"],
        "Cost": ["€410,000", "not stated"],
        "Raw materials": ["Copper (strategic)", "not stated"],
        "Focus areas": ["Mine waste", "not stated"],
        "Evidence": ["Evidence in review", "Self-reported"],
        "Summary": ["A dam was lowered.", "not stated"],
        "The problem": ["Nobody knew.", "not stated"],
        "What was done": ["A register of heaps.", "not stated"],
        "What shows that it worked": ["It is used.", "not stated"],
        "Resources needed": ["Register, State, €1,000 A database.", "not stated"],
        "Difficulties": ["Nobody answered.", "not stated"],
        "What must hold elsewhere": ["A duty to report (hard) A law is needed.", "not stated"],
        "Used elsewhere": ["in 1 validated change", "no validated change yet"],
        "Source": ["Example authority", "not stated"],
    }
    assert [text["lang"] for text in soup.select("td p[lang]")] == ["sv"] * 6


def test_what_was_collected_names_its_source(page):
    practice = GoodPracticePageFactory()
    CollectedSourceFactory(page=practice, url="https://example.org/report")

    soup = page(address(practice))

    assert row(soup, "Evidence") == ["From a public source"]
    assert row(soup, "Source") == ["https://example.org/report"]


def test_long_texts_are_cut_and_lead_to_the_rest(page):
    practice = GoodPracticePageFactory(slug="long", difficulties=f"<p>{'Slow permits. ' * 60}</p>")

    soup = page(address(practice))

    [said] = row(soup, "Difficulties")
    assert len(said) < 380
    assert said.endswith("… Read on")
    assert soup.find("a", string="Read on")["href"] == "/good-practices/long/#difficulties"


def test_of_five_the_first_four_are_shown_and_a_sentence_says_so(page):
    practices = [GoodPracticePageFactory(title=f"Practice {letter}") for letter in "ABCDE"]

    soup = page(address(*practices))

    assert compared(soup) == ["Practice A", "Practice B", "Practice C", "Practice D"]
    assert notes(soup) == [
        "Four practices fit side by side; the first four are shown. Left out: “Practice E”."
    ]
    assert soup.select(".sides__add") == []


def test_what_not_everyone_may_read_is_left_out_as_if_it_were_unknown(page):
    shown = GoodPracticePageFactory(title="Shown")
    private = GoodPracticePageFactory(title="Private")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    draft = GoodPracticePageFactory(title="Draft", live=False)

    soup = page(f"{address(private, shown, draft)}&practice=GP-9999&practice={shown.permanent_id}")

    assert compared(soup) == ["Shown"]
    assert notes(soup) == [
        "No good practices that everyone may read are called "
        f"“{private.reference}”, “{draft.reference}”, “GP-9999”; they were left out."
    ]
    assert "Private" not in str(soup.main)
    assert words(soup.select_one("header .lead")) == (
        "One practice is chosen. Add another one to compare it with."
    )


def test_without_practices_the_page_says_how_to_choose_them(page):
    soup = page("/compare/")

    assert soup.select("table") == []
    assert words(soup.select_one("header .lead")).startswith("Choose up to 4 good practices in the list")
    assert [link["href"] for link in soup.select("header .actions a")] == ["/good-practices/"]


def test_each_practice_can_be_taken_out_and_another_one_added(page):
    first, second = GoodPracticePageFactory(title="First"), GoodPracticePageFactory(title="Second")

    soup = page(address(first, second))

    assert [link["href"] for link in soup.select(".sides__off")] == [address(second), address(first)]
    assert [field.get("value") for field in soup.select("form.sides__add input")] == [
        first.reference,
        second.reference,
        None,
    ]


def test_the_comparison_can_be_taken_along_as_csv(client):
    practice = GoodPracticePageFactory(
        title='=HYPERLINK("x")', slug="evil", cost_amount=5, stages={"use": "main", "recycling": "touched"}
    )
    practice.resource_items.create(what="@Register")
    practice.save()

    response = client.get(f"/compare/practices.csv?practice={practice.reference}")

    lines = response.content.decode().splitlines()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert lines[0].startswith("\ufeffReference,Title,Summary,Address,")
    assert lines[1].startswith(f'{practice.reference},"\'=HYPERLINK(""x"")",')
    assert "/good-practices/evil/,0,0,0,0,2,1,0,not" not in lines[1]
    assert ",0,0,0,0,2,1,0," in lines[1]
    assert ",'@Register," in lines[1]


def test_it_can_be_had_as_a_workbook_with_the_texts_themselves(client, page):
    practice = GoodPracticePageFactory(title='=HYPERLINK("x")', stages={"use": "main"})

    links = [link["href"] for link in page(f"/compare/?practice={practice.reference}").select("a[download]")]
    response = client.get(links[1])

    headings, row = openpyxl.load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)
    assert links == [f"/compare/practices.{kind}?practice={practice.reference}" for kind in ("csv", "xlsx")]
    assert dict(zip(headings, row, strict=True))["Title"] == '=HYPERLINK("x")'
    assert row[4:11] == (0, 0, 0, 0, 2, 0, 0)


def test_four_practices_cost_as_many_queries_as_one(client):
    region, material = RegionFactory(), RawMaterialFactory()
    practices = [
        GoodPracticePageFactory(regions=[region], raw_materials=[material], stages={"use": "main"})
        for number in range(4)
    ]

    def asked(address):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    asked(address(*practices))

    assert asked(address(*practices)) == asked(address(practices[0]))


@pytest.mark.parametrize("name", ["\x00", "'", "9" * 400, "%", "GP-", "\U0001f600", "=1+1", "<b>"])
def test_rubbish_names_give_a_page(client, name):
    names = [name, name + "x", *(f"{name}{number}" for number in range(100))]

    assert client.get("/compare/", {"practice": names}, follow=True).status_code == 200
    assert client.get("/compare/practices.csv", {"practice": names}).status_code == 200
