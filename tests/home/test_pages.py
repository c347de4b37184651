import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import SiteIdentity
from network.rights import CONTRIBUTORS, OFFICERS
from tests.factories import (
    GoodPracticePageFactory,
    MembershipFactory,
    RawMaterialFactory,
    RegionFactory,
    UserFactory,
)
from tests.factories.events import LearningEventPageFactory

pytestmark = pytest.mark.django_db


def a_practice():
    return GoodPracticePageFactory(
        regions=[RegionFactory()],
        raw_materials=[RawMaterialFactory(is_critical=True)],
        stages={"use": "main"},
    )


def test_the_first_page_of_an_empty_site_says_what_is_missing(client):
    page = client.get("/").content.decode()

    assert "No good practice has been published yet." in page
    assert "No event is planned at the moment." in page


@pytest.mark.parametrize("path", ["/", "/my/"])
def test_a_page_costs_the_same_queries_with_one_item_and_with_five(
    path, signed_in, django_capture_on_commit_callbacks, django_assert_num_queries
):
    aino = MembershipFactory().user
    client = signed_in(aino)

    def more(number):
        with django_capture_on_commit_callbacks(execute=True):
            for _ in range(number):
                a_practice()
                GoodPracticePageFactory(owner=aino)
                LearningEventPageFactory()

    more(1)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    more(4)

    with django_assert_num_queries(len(one)):
        client.get(path)


def test_a_visitor_is_sent_to_the_sign_in_page_from_my_work(client):
    answer = client.get("/my/")

    assert answer.headers["Location"] == "/account/login/?next=/my/"


@pytest.mark.parametrize(
    ("groups", "status", "where"),
    [
        ([], 403, None),
        ([CONTRIBUTORS], 302, "/admin/pages/add/knowledge/goodpracticepage/"),
        ([OFFICERS], 302, "/admin/pages/add/knowledge/goodpracticepage/"),
    ],
)
def test_who_may_write_gets_the_form_and_others_learn_how(signed_in, groups, status, where):
    client = signed_in(UserFactory(groups=Group.objects.filter(name__in=groups)))

    answer = client.get("/my/submit-a-practice/")

    assert answer.status_code == status
    if where:
        assert answer.headers["Location"].startswith(where)
    else:
        assert "not linked to an organisation yet" in answer.content.decode()


def test_my_work_shows_my_pages_with_how_far_their_review_has_come(signed_in):
    aino = UserFactory(groups=Group.objects.filter(name=CONTRIBUTORS))
    GoodPracticePageFactory(owner=aino, title="Mine water as heat", live=False)

    page = signed_in(aino).get("/my/").content.decode()

    assert "Mine water as heat" in page
    assert "Not submitted yet." in page


def test_the_eu_emblem_appears_only_when_the_settings_say_so(client):
    without = client.get("/privacy/").content.decode()
    identity = SiteIdentity.for_request(client.get("/privacy/").wsgi_request)
    identity.funding_statement, identity.shows_eu_emblem = "Co-funded by the European Union", True
    identity.save()
    with_emblem = client.get("/privacy/").content.decode()

    assert "Co-funded by the European Union" not in without
    assert "Co-funded by the European Union" in with_emblem


@pytest.mark.parametrize(
    "path", ["/", "/search/", "/good-practices/", "/progress/", "/events/", "/regions/", "/account/login/"]
)
def test_nobody_who_reads_a_new_site_writes_anything(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200

    changes = [query["sql"] for query in asked if re.match("INSERT|UPDATE|DELETE|REPLACE", query["sql"])]
    # What the cache keeps is written at once or not at all (config.busy).
    assert [change for change in changes if "django_cache" not in change] == []
