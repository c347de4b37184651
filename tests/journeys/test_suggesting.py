"""Suggestions in a real browser: a combobox for keyboard, mouse and ear."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from search import indexing
from search.engines import EMBEDDED
from tests.factories.regions import RawMaterialFactory, RegionFactory
from tests.factories.search import findable

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def items(settings):
    settings.ELASTICSEARCH_URL = ""
    findable("Lithium from old tailings", url="/search/?q=old+tailings")
    findable("Recycling of lithium batteries")
    RawMaterialFactory(code="lithium", name="Lithium")
    RegionFactory(code="LT", name="Lithuania")
    indexing.drain(EMBEDDED)


def typed(page, words, address="/search/"):
    """The search field with these words in it and its suggestions open."""
    page.goto(address)
    field = page.locator("input[role=combobox]")
    field.press_sequentially(words)
    expect(field).to_have_attribute("aria-expanded", "true")
    return field


def marked(field):
    """The words of the suggestion that the keyboard stands on."""
    return field.evaluate(
        "field => document.getElementById(field.getAttribute('aria-activedescendant'))?.textContent"
    )


def test_suggestions_work_by_keyboard_alone(items, open_as):
    page = open_as()
    field = typed(page, "lith")

    expect(page.locator(".suggest [role=option]")).to_have_text(
        [re.compile("^Lithium from old"), re.compile("^Recycling of"), "Lithium", "Lithuania LT"]
    )
    expect(page.get_by_role("group", name="Raw materials").get_by_role("option")).to_have_text(["Lithium"])
    expect(page.locator(".suggests [role=status]")).to_have_text("4 suggestions")
    assert marked(field) is None

    field.press("ArrowDown")
    assert marked(field) == "Lithium from old tailings practice"
    field.press("ArrowUp")
    assert marked(field) is None
    field.press("ArrowUp")
    assert marked(field) == "Lithuania LT"
    field.press("Home")
    assert marked(field) is None
    assert field.evaluate("field => field.selectionStart") == 0
    field.press("ArrowDown")
    field.press("End")
    assert marked(field) is None
    assert field.evaluate("field => field.selectionStart") == 4

    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("lith")
    expect(field).to_be_focused()
    field.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    for _ in range(3):
        field.press("ArrowDown")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?material=lithium$"))


def test_enter_without_a_choice_searches_for_what_was_typed(items, open_as):
    page = open_as()
    field = typed(page, "lith", "/")

    field.press("Enter")

    expect(page).to_have_url(re.compile(r"/search/\?q=lith$"))


def test_suggestions_work_with_the_mouse_and_close_when_the_field_is_left(items, open_as):
    page = open_as(viewport={"width": 1280, "height": 800})
    field = typed(page, "lith", "/progress/")

    field.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press("ArrowDown")
    page.locator(".suggest").get_by_role("option", name="Lithuania").click()

    expect(page).to_have_url(re.compile(r"/search/\?region=LT$"))


def test_only_the_answer_to_the_last_letters_is_shown(items, open_as):
    page = open_as()
    page.goto("/search/")
    asked = []
    page.on("request", lambda request: "/suggest/" in request.url and asked.append(request.url[-6:]))
    field = page.locator("input[role=combobox]")

    field.focus()
    # In one go: a busy machine may pause between two keys.
    field.evaluate(
        """field => {
            for (const letter of "lithua") {
                field.value += letter
                field.dispatchEvent(new InputEvent("input", { bubbles: true }))
            }
        }"""
    )

    expect(page.locator(".suggest [role=option]")).to_have_text(["Lithuania LT"])
    assert asked == ["lithua"]


def test_open_suggestions_break_no_rule_of_accessibility(items, open_as):
    page = open_as(viewport={"width": 390, "height": 800})
    field = typed(page, "lith")
    field.press("ArrowDown")

    found = Axe().run(page)

    assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_the_field_is_a_field(items, open_as):
    page = open_as(java_script_enabled=False)
    page.goto("/search/")

    page.get_by_role("searchbox", name="Search words").fill("lithium")
    page.get_by_role("searchbox", name="Search words").press("Enter")

    expect(page).to_have_url(re.compile(r"/search/\?q=lithium"))
    expect(page.locator("#results li.res")).to_have_count(3)
