"""Searching in a real browser: filters act at once, the place is kept, and it all works without scripts."""

import re

import pytest
from playwright.sync_api import expect

from search import indexing, sync
from search.engines import EMBEDDED
from tests.factories import GoodPracticePageFactory, RegionFactory
from tests.factories.search import findable

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def three_practices(settings):
    settings.ELASTICSEARCH_URL = ""
    RegionFactory(code="SE", name="Sweden")
    RegionFactory(code="PL", name="Poland")
    findable("Mud cement", facets={"stage": ["use"], "region": ["SE"], "year": ["2021"]})
    findable("Mud bricks", facets={"stage": ["use"], "region": ["PL"], "year": ["2020"]})
    findable("Mud dams", facets={"stage": ["post-mining"], "region": ["PL"]})
    indexing.drain(EMBEDDED)


def test_filters_act_at_once_and_keep_what_was_unfolded_and_focused(three_practices, open_as):
    page = open_as()
    page.goto("/good-practices/?q=mud")
    page.evaluate("window.isSamePage = true")

    page.locator("#facet-stage").evaluate("facet => facet.open = false")
    page.locator("#facet-year summary").click()
    page.get_by_label("Name or NUTS code").fill("pol")
    page.get_by_role("checkbox", name=re.compile("Poland")).check()

    expect(page).to_have_url(re.compile(r"/good-practices/\?q=mud&region=PL$"))
    expect(page).to_have_title("mud: 2 good practices – Adit")
    expect(page.locator("#results li.res")).to_have_count(2)
    expect(page.locator("#announcement")).to_have_text("2 good practices, page 1 of 1")
    expect(page.locator("#kinds [aria-current]")).to_have_text("Good practices 2")
    expect(page.locator("#stage-use ~ .n")).to_have_text("1")
    expect(page.get_by_role("checkbox", name=re.compile("Poland"))).to_be_focused()
    expect(page.get_by_label("Name or NUTS code")).to_have_value("pol")
    assert not page.locator("#facet-stage").evaluate("facet => facet.open")
    assert page.locator("#facet-year").evaluate("facet => facet.open")
    assert page.evaluate("window.isSamePage")


def test_chips_order_and_the_search_field_work_together_and_back_goes_back(three_practices, open_as):
    page = open_as()
    page.goto("/good-practices/?q=mud&region=PL&stage=use")

    page.get_by_role("link", name="Remove filter Region: Poland").click()
    expect(page).to_have_url(re.compile(r"\?q=mud&stage=use$"))
    expect(page.locator("#results")).to_be_focused()
    page.get_by_label("Sort by").select_option("title")
    expect(page.locator("#results h2").first).to_have_text("Mud bricks")
    page.get_by_label("Search words").click()
    page.get_by_label("Search words").fill("cement")
    page.get_by_label("Search words").press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=cement&stage=use&sort=title$"))
    page.go_back()

    expect(page).to_have_url(re.compile(r"\?q=mud&stage=use&sort=title$"))
    expect(page.get_by_label("Search words")).to_have_value("mud")
    expect(page.locator("#results li.res h2")).to_have_text(["Mud bricks", "Mud cement"])


def test_a_facet_unfolds_and_is_looked_into_without_a_new_search(three_practices, open_as):
    RegionFactory(code="SE3", name="Norra Sverige")
    RegionFactory(code="SE33", name="Övre Norrland")
    findable("Mud roads", facets={"region": ["SE", "SE3", "SE33"]})
    indexing.drain(EMBEDDED)
    page = open_as()
    page.goto("/good-practices/?q=mud")
    page.evaluate("window.isSamePage = true")

    page.get_by_role("link", name="Parts of Sweden").click()
    expect(page.get_by_role("link", name="Hide parts of Sweden")).to_be_focused()
    expect(page.get_by_role("link", name="Hide parts of Sweden")).to_be_in_viewport()
    page.get_by_role("link", name="Parts of Norra Sverige").press("Enter")
    expect(page.get_by_role("checkbox", name=re.compile("Övre Norrland"))).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?q=mud$"))
    page.get_by_label("Name or NUTS code").press_sequentially("ovre", delay=20)
    expect(page.locator("#filters-in-region label")).to_have_text(["Övre Norrland (SE33)1"])
    expect(page.get_by_label("Name or NUTS code")).to_be_focused()
    page.get_by_role("checkbox", name=re.compile("Övre Norrland")).check()

    expect(page).to_have_url(re.compile(r"\?q=mud&region=SE33$"))
    expect(page.locator("#results li.res h2")).to_have_text(["Mud roads"])
    expect(page.get_by_label("Name or NUTS code")).to_have_value("ovre")
    assert page.locator("#results[aria-busy]").count() == 0
    assert page.evaluate("window.isSamePage")


def test_on_a_phone_the_filters_are_a_sheet_that_stays_until_it_is_sent(three_practices, open_as):
    page = open_as(viewport={"width": 390, "height": 800})
    page.goto("/good-practices/?q=mud")

    page.get_by_role("button", name="Filters").click()
    page.get_by_role("checkbox", name=re.compile("Use")).check()
    expect(page.get_by_role("button", name="Show 2 results")).to_be_visible()
    page.get_by_role("button", name="Show 2 results").click()

    expect(page.locator("#facets")).to_be_hidden()
    expect(page.get_by_role("button", name="Filters (1)")).to_be_visible()
    expect(page.locator("#results li.res")).to_have_count(2)


def test_without_scripts_everything_is_sent_with_one_form(three_practices, open_as):
    page = open_as(java_script_enabled=False)
    page.goto("/good-practices/?q=mud")

    page.get_by_role("checkbox", name=re.compile("Use")).check()
    page.get_by_role("button", name="Show 3 results").click()
    page.get_by_label("Sort by").select_option("title")
    page.get_by_role("button", name="Sort").click()
    page.get_by_label("Search words").fill("bricks")
    page.get_by_role("button", name="Search", exact=True).click()

    expect(page).to_have_url(re.compile(r"\?q=bricks&stage=use&.*sort=title$"))
    expect(page.locator("#results li.res h2")).to_have_text(["Mud bricks"])


def test_the_keyboard_comes_to_the_results_in_three_steps(three_practices, open_as):
    page = open_as()
    page.goto("/search/?q=mud")

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to results")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#results")).to_be_focused()


def test_without_scripts_an_address_has_what_was_chosen_and_nothing_else(three_practices, open_as):
    page = open_as(java_script_enabled=False)
    page.goto("/good-practices/?q=mud")

    page.get_by_role("checkbox", name=re.compile("Poland")).check()
    page.get_by_role("button", name="Show 3 results").click()

    expect(page).to_have_url(re.compile(r"/good-practices/\?q=mud&region=PL&sort=best$"))
    expect(page.locator("#results li.res")).to_have_count(2)


def test_a_practice_is_compared_from_its_own_page_with_what_is_chosen(settings, open_as):
    settings.ELASTICSEARCH_URL = ""
    GoodPracticePageFactory(title="Dams", reference="GP-0001")
    heaps = GoodPracticePageFactory(title="Heaps", reference="GP-0002")
    sync.synchronise()
    page = open_as()
    page.goto("/good-practices/")
    page.get_by_label("Compare Dams").check()

    page.goto(heaps.url)
    page.get_by_role("link", name="Compare with others").click()

    expect(page).to_have_url(re.compile(r"/compare/\?practice=GP-0002&practice=GP-0001$"))
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    page.get_by_role("link", name="Remove Dams").click()
    page.goto("/good-practices/")
    expect(page.get_by_label("Compare Heaps")).to_be_checked()
    expect(page.get_by_label("Compare Dams")).not_to_be_checked()
