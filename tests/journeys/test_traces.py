"""What a real browser keeps for the site is what the privacy page lists."""

import pytest
from django.contrib.auth.models import Group

from home import cookies
from network.rights import OFFICERS
from tests.factories import UserFactory, complete_practice

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_browser_keeps_nothing_that_is_not_listed(open_as):
    officer = UserFactory(groups=Group.objects.filter(name=OFFICERS))
    draft = complete_practice()
    page = open_as(officer)

    for path in ("/", "/good-practices/", "/privacy/", f"/admin/pages/{draft.pk}/edit/"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Toggle sidebar").click()

    kept = {cookie["name"]: cookie["expires"] for cookie in page.context.cookies()}
    listed = {trace.name: trace.period for trace in cookies.cookies()}
    assert {"sessionid", "csrftoken", "wagtail_sidebar_collapsed"} <= set(kept) <= set(listed)
    until_closed = {name for name, expires in kept.items() if expires == -1}
    assert {name for name in kept if "close the browser" in listed[name]} == until_closed
    stored = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    beginnings = tuple(trace.name for trace in cookies.kept_by_scripts())
    assert stored != [] and [name for name in stored if not name.startswith(beginnings)] == []
