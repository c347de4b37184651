"""People on duty see how search is; others do not."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from network.rights import OFFICERS
from search import engines, notes
from search.models import SearchCount
from tests.factories import RegionFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]


def officer():
    return UserFactory(groups=[Group.objects.get(name=OFFICERS)])


def lines(response):
    text = BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)
    return " ".join(text.split())


def test_an_officer_sees_engines_backlog_and_what_is_looked_for(signed_in, committed):
    with committed():
        RegionFactory(name="Lapland")
    SearchCount.objects.create(text="red mud", day=timezone.localdate(), count=5)
    SearchCount.objects.create(text="unobtainium", day=timezone.localdate(), count=4, zero=4)
    SearchCount.objects.create(text="a neighbour", day=timezone.localdate(), count=1)

    shown = lines(signed_in(officer()).get(reverse("search_staff")))

    for part in (
        "All engines answer. 1 public item, 0 waiting to be described.",
        "Embedded answers 1 0",
        "1 rows in",
        "Asked Found nothing red mud 5 0 unobtainium 4 4",
        "Looked for in vain Text Asked Found nothing unobtainium 4 4",
    ):
        assert part in shown
    assert "neighbour" not in shown


def test_others_do_not_see_it(signed_in, client):
    assert client.get(reverse("search_staff")).status_code == 302
    assert signed_in(UserFactory()).get(reverse("search_staff")).status_code == 403


def test_the_admins_first_page_says_what_is_wrong_and_only_then(signed_in, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    client = signed_in(officer())
    assert "Search needs attention" not in client.get("/admin/").content.decode()

    notes.trouble_begins(engines.ELASTICSEARCH, notes.ANSWERS, "Elasticsearch did not answer.")

    told = lines(client.get("/admin/"))
    assert "Search needs attention Elasticsearch did not answer. How search is" in told
    notes.trouble_ends(engines.ELASTICSEARCH, notes.ANSWERS)
    assert "Search needs attention" not in client.get("/admin/").content.decode()
