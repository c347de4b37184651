"""Search engines get every public page, and are kept from what is nobody's to list."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from home import sitemap
from tests.factories import (
    GoodPracticePageFactory,
    LearningEventPageFactory,
    RawMaterialFactory,
    RegionFactory,
)

pytestmark = pytest.mark.django_db
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MAY, JUNE = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = "https://adit.example"


def listed(client, path="/sitemap.xml"):
    """{path: day it changed last} of a sitemap."""
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/xml; charset=utf-8")
    found = {}
    for entry in ET.fromstring(answer.content):  # noqa: S314 - our own answer
        place = entry.find(f"{SPACE}loc").text
        assert place.startswith("https://adit.example/")
        changed = entry.find(f"{SPACE}lastmod")
        found[unquote(place.removeprefix("https://adit.example"))] = changed is not None and changed.text[:10]
    return found


def test_robots_are_kept_out_of_rooms_and_shown_the_sitemap(client):
    answer = client.get("/robots.txt")

    lines = answer.content.decode().splitlines()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /my/"} <= set(lines)
    assert lines[-1] == "Sitemap: https://adit.example/sitemap.xml"


def test_every_public_page_is_listed_with_the_day_it_changed(client):
    region = RegionFactory(code="FI1D7", last_edition=None)
    RegionFactory(code="FI")
    group = RawMaterialFactory(code="battery-materials")
    lithium = RawMaterialFactory(code="lithium", parent=group)
    RawMaterialFactory(code="chalk")
    practice = GoodPracticePageFactory(regions=[region], raw_materials=[lithium], last_published_at=MAY)
    event = LearningEventPageFactory(last_published_at=JUNE)

    found = listed(client)

    assert found[practice.url] == "2026-05-01"
    assert found[event.url] == "2026-06-01"
    assert (found["/regions/FI1D7/"], found["/regions/FI/"]) == ("2026-05-01", "2026-05-01")
    assert (found["/materials/lithium/"], found["/materials/battery-materials/"]) == ("2026-05-01",) * 2
    assert found["/materials/chalk/"] is False
    assert found["/progress/"] == "2026-06-01"
    assert {"/", "/good-practices/", "/events/", "/privacy/", "/regions/", "/materials/"} <= set(found)
    for path in found:
        assert client.get(path).status_code == 200, path


def test_drafts_and_what_only_some_may_read_are_not_listed(client):
    draft = GoodPracticePageFactory(live=False, regions=[RegionFactory(code="SE33")])
    closed = GoodPracticePageFactory(regions=[RegionFactory(code="PT1C")])
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)

    found = listed(client)

    assert {draft.url, closed.url} & set(found) == set()
    assert (found["/regions/SE33/"], found["/regions/PT1C/"]) == (False, False)


def test_addresses_in_other_scripts_and_with_signs_of_xml_stay_readable(client):
    page = GoodPracticePageFactory(title="Шахта", slug="шахта-у")

    assert unquote(page.url) in listed(client)


def test_it_costs_the_same_queries_with_one_page_and_with_five(client, django_assert_num_queries):
    def more(number):
        for _ in range(number):
            GoodPracticePageFactory(regions=[RegionFactory()], raw_materials=[RawMaterialFactory()])

    more(1)
    client.get("/sitemap.xml")
    with CaptureQueriesContext(connection) as one:
        client.get("/sitemap.xml")
    more(4)

    with django_assert_num_queries(len(one)):
        client.get("/sitemap.xml")


def test_more_than_go_into_one_file_are_listed_in_several(client, monkeypatch):
    whole = listed(client)
    monkeypatch.setattr(sitemap, "MOST", 4)

    files = list(listed(client))
    parts = [listed(client, path) for path in files]

    assert files == [f"/sitemap-{number}.xml" for number in range(1, len(files) + 1)]
    assert {path: day for part in parts for path, day in part.items()} == whole
    assert [len(part) for part in parts[:-1]] == [4] * (len(files) - 1)
    assert client.get(f"/sitemap-{len(files) + 1}.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404
