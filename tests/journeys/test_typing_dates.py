"""The calendar of a date field in the admin, in a real browser: never in the way, and what is typed stays."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from network.rights import CONTRIBUTORS
from tests.factories import UserFactory
from tests.factories.knowledge import section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def form(open_as):
    """The form of a new event in a window of this size, and its open calendar: `form(1280, 800)`."""

    def opened(width, height):
        section("events")
        aino = UserFactory(groups=[Group.objects.get(name=CONTRIBUTORS)])
        page = open_as(aino, viewport={"width": width, "height": height})
        page.goto("/my/start-an-event/")
        return page, page.locator(".xdsoft_datetimepicker:visible")

    return opened


@pytest.mark.parametrize("width", [390, 1280])
def test_the_calendar_closes_with_escape_and_covers_no_button(form, width):
    page, calendar = form(width, 800)

    page.locator("#id_end").focus()
    expect(calendar).to_have_count(1)
    expect(calendar).to_be_in_viewport(ratio=1)
    save = page.get_by_role("button", name="Save draft")
    if width == 1280:  # on a phone the button stands below the form
        save.click(trial=True)
    page.keyboard.press("Escape")

    expect(calendar).to_have_count(0)
    expect(page.locator("#id_end")).to_be_focused()
    save.click(trial=True)


def test_what_is_typed_stays_until_the_server_has_read_it(form):
    page, calendar = form(1280, 800)

    page.fill("#id_title", "A weekend when the clocks change")
    page.fill("#id_start", "soon")
    expect(calendar).to_have_count(1)
    page.fill("#id_end", "2027-10-31 03:30 CET")
    # It opens a moment after the field is entered.
    expect(calendar).to_have_count(1)
    page.keyboard.press("Escape")
    page.locator("#id_title").focus()

    expect(calendar).to_have_count(0)
    expect(page.locator("#id_start")).to_have_value("soon")
    expect(page.locator("#id_end")).to_have_value("2027-10-31 03:30 CET")
