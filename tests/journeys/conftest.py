"""A real browser in front of the real site."""

import os

import pytest
from playwright.sync_api import sync_playwright

from tests.conftest import chromium
from tests.factories.network import PASSWORD

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Remember a failure, so that what each window showed is kept as a picture with the test's files."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all journeys. Playwright's loop makes Django think it runs in async code."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(live_server, settings):
    """The address of the running site, which also writes its links and letters with it."""
    settings.SITE_URL = settings.WAGTAILADMIN_BASE_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    return live_server.url


@pytest.fixture
def open_as(browser, site, request, tmp_path):
    """A fresh window: `open_as()` for a visitor, `open_as(user)` for somebody who signs in by the form."""
    contexts = []

    def open_window(user=None, **options):
        context = browser.new_context(base_url=site, **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        if user:
            page.goto("/account/login/")
            page.get_by_label("Email").fill(user.email)
            page.get_by_label("Password", exact=True).fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url("**/my/")
        return page

    yield open_window
    for number, context in enumerate(contexts):
        if request.node.stash.get(FAILED, False) and context.pages:
            context.pages[0].screenshot(path=tmp_path / f"window-{number}.png", full_page=True)
        context.close()
