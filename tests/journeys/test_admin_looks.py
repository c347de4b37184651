"""The admin in Adit's colours can be read, in light and dark, on a phone and on a desk."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.auth.models import Group
from django.urls import reverse

from network.rights import OFFICERS
from tests.factories import UserFactory, complete_practice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
INK, DARK_INK = "rgb(20, 35, 43)", "rgb(10, 17, 20)"
LINK, DARK_LINK = "rgb(10, 83, 101)", "rgb(134, 208, 222)"


def test_editor_and_desk_wear_the_colours_of_the_site_and_can_be_read(open_as):
    officer = UserFactory(groups=Group.objects.filter(name=OFFICERS))
    draft = complete_practice()
    page = open_as(officer)
    addresses = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_pages:edit", args=[draft.pk]),
        reverse("wagtailadmin_pages:history", args=[draft.pk]),
        reverse("wagtailadmin_explore", args=[draft.get_parent().pk]),
        reverse("knowledge_desk"),
        reverse("knowledge_page_desk", args=[draft.pk]),
    ]
    unreadable, menus, buttons = [], set(), set()

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            for address in addresses:
                page.goto(address)
                page.wait_for_load_state("networkidle")
                page.evaluate(AXE_SCRIPT)
                found = page.evaluate("rules => axe.run(rules)", CONTRAST)["violations"]
                unreadable += [
                    f"{address}, {scheme}, {width}: {node['html'][:120]} {node['failureSummary'][:200]}"
                    for violation in found
                    for node in violation["nodes"]
                ]
                menus.add((scheme, background(page, ".sidebar")))
                if "/edit/" in address:
                    buttons.add((scheme, background(page, "button.action-save")))

    assert unreadable == []
    assert menus == {("light", INK), ("dark", DARK_INK)}
    assert buttons == {("light", LINK), ("dark", DARK_LINK)}


def background(page, selector):
    return page.eval_on_selector(selector, "element => getComputedStyle(element).backgroundColor")
