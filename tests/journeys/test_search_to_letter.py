"""The whole way of a searcher: a slip of the pen, filters, a comparison, a kept search, a letter, the end."""

import csv
import io
import re
from datetime import timedelta

import pytest
from defusedxml import ElementTree
from django.core import mail
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from network.letters import send_waiting
from search.digests import write_due
from search.sync import synchronise
from tests.factories import (
    GoodPracticePageFactory,
    RawMaterialFactory,
    RegionFactory,
    UserFactory,
)
from tests.factories.network import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def places():
    """Sweden with three levels below it, and Portugal."""
    parent, found = None, {}
    for code, name in (("SE", "Sweden"), ("SE3", "Norra"), ("SE33", "Övre"), ("SE332", "Norrbottens län")):
        parent = found[code] = RegionFactory(code=code, name=name, parent=parent)
    found["PT"] = RegionFactory(code="PT", name="Portugal")
    return found


@pytest.fixture
def lithium():
    return RawMaterialFactory(code="lithium", name="Lithium", symbol="Li")


def publish(title, region, *materials):
    practice = GoodPracticePageFactory(title=title, regions=[region], raw_materials=materials)
    synchronise()
    return practice


def titles(page):
    return page.locator("#results .res h2").all_inner_texts()


def test_from_a_slip_of_the_pen_to_a_letter_and_its_end(open_as, places, lithium, site):
    copper = RawMaterialFactory(code="copper", name="Copper", symbol="Cu")
    publish("Lithium tailings of the north", places["SE332"], lithium)
    publish("Lithium tailings by the lake", places["SE33"], lithium)
    publish("Lithium tailings of the south", places["PT"], lithium)
    publish("Lithium tailings under the hill", places["PT"], lithium)
    publish("Lithium tailings and their farmers", places["PT"], lithium)
    publish("Copper tailings with lithium", places["SE332"], copper)
    reader = UserFactory(email="reader@example.org")
    page = open_as()

    correct_the_words(page)
    narrow_to_the_north(page)
    compare_two(page)
    save_it(page, reader)
    take_it_along(page, ["Lithium tailings by the lake", "Lithium tailings of the north"])

    publish("Lithium tailings seen from above", places["SE332"], lithium)
    letter = the_only_letter()
    assert letter.to == [reader.email]
    assert "Lithium tailings seen from above" in letter.body
    assert "by the lake" not in letter.body, "what was there when it was saved is not new"

    stop_the_letters(open_as(), letter)
    publish("Lithium tailings once more", places["SE332"], lithium)
    assert letters_in(days=3) == []


def correct_the_words(page):
    page.goto("/")
    page.get_by_label("What are you working on?").fill("litium tailngs")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text(re.compile("Showing results for"))).to_be_visible()
    assert len(titles(page)) == 6
    page.get_by_role("link", name=re.compile("litium tailngs")).click()
    expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()
    page.goto("/good-practices/?q=lithium+tailings")


def narrow_to_the_north(page):
    """Each number promises what choosing it shows."""
    for country, part in (("Sweden", "Norra"), ("Norra", "Övre")):
        page.get_by_role("link", name=f"Parts of {country}").click()
        expect(page.get_by_role("checkbox", name=re.compile(part))).to_be_visible()
    choose(page, "region-SE33", 3)
    choose(page, "material-lithium", 2)
    assert sorted(titles(page)) == ["Lithium tailings by the lake", "Lithium tailings of the north"]


def choose(page, value, count):
    box = page.locator(f"#{value}")
    promised = page.locator(f"label:has(#{value}) .n").inner_text()
    box.check()
    expect(page.locator("#results .res")).to_have_count(count)
    assert promised == str(count)


def compare_two(page):
    address = page.url
    for box in page.get_by_role("checkbox", name=re.compile("Compare")).all()[:2]:
        box.check()
    page.get_by_role("button", name="Compare chosen practices").click()
    expect(page.get_by_role("heading", name="Compare good practices")).to_be_visible()
    expect(page.get_by_role("link", name="Lithium tailings by the lake", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Lithium tailings of the north", exact=True)).to_be_visible()
    page.goto(address)


def save_it(page, reader):
    """A visitor signs in on the way and comes back to the same search."""
    page.get_by_role("link", name="Save search").click()
    page.get_by_label("Email").fill(reader.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Name (optional)").fill("Lithium in the north")
    page.get_by_label("E-mail about new results").select_option("daily")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/my/searches/")
    page.get_by_role("link", name="Lithium in the north", exact=True).click()
    assert sorted(titles(page)) == ["Lithium tailings by the lake", "Lithium tailings of the north"]


def take_it_along(page, expected):
    """Feed and files open and hold what the page shows."""
    keep = page.locator("#keep")
    feed = fetched(page, keep.get_by_role("link", name="Atom"))
    assert sorted(e.find(f"{ATOM}title").text for e in ElementTree.fromstring(feed).iter(f"{ATOM}entry")) == (
        expected
    )
    book = load_workbook(io.BytesIO(fetched(page, keep.get_by_role("link", name="XLSX"))))
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert set(expected) <= cells
    assert "Lithium tailings of the south" not in cells
    rows = list(
        csv.reader(io.StringIO(fetched(page, keep.get_by_role("link", name="CSV")).decode("utf-8-sig")))
    )
    assert sorted(cell for row in rows for cell in row if cell in expected) == expected


def fetched(page, link):
    response = page.request.get(link.get_attribute("href"))
    assert response.status == 200
    return response.body()


def letters_in(days):
    """The letters that leave within so many days from now."""
    mail.outbox.clear()
    for hour in range(24 * days):
        write_due(timezone.now() + timedelta(hours=hour))
    send_waiting()
    return list(mail.outbox)


def the_only_letter():
    letters = letters_in(days=3)
    assert len(letters) == 1
    return letters[0]


def stop_the_letters(page, letter):
    """By the link in its header, without signing in: opening it stops nothing, the button does."""
    address = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page.goto(address)
    page.get_by_role("button", name="Stop the letters").click()
    expect(page.get_by_role("heading", name="No more letters about this")).to_be_visible()
