"""A search is kept once, by one person, under a name in words."""

import threading

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.db import connection, connections
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from search import saved as keeping
from search.forms import SearchForm
from search.keep import keep_box
from search.models import SavedSearch
from search.queries import search
from tests.factories import RawMaterialFactory, RegionFactory, UserFactory
from tests.factories.search import findable
from tests.search.printed import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]

SAVE = "/my/searches/save/"


def asked(address):
    return SearchForm(QueryDict(address), address=reverse("search"))


def kept(user):
    return list(
        user.saved_searches.order_by("pk").values_list("name", "asked", "frequency").order_by("asked")
    )


def read(response):
    return BeautifulSoup(response.content, "html.parser")


def test_a_search_is_saved_with_its_name_and_its_letters(signed_in):
    aino = UserFactory()
    client = signed_in(aino)

    response = client.post(
        f"{SAVE}?stage=use&q=red+mud&sort=title", {"name": " Mud  uses ", "frequency": "daily"}
    )

    assert (response.status_code, response["Location"]) == (302, "/search/?q=red+mud&stage=use&sort=title")
    assert kept(aino) == [("Mud uses", "q=red+mud&stage=use", "daily")]
    assert [str(m) for m in get_messages(response.wsgi_request)] == [
        "Saved as “Mud uses”. On days when there is something new you get a letter, at most one a day."
    ]


@pytest.mark.parametrize(
    ("frequency", "said"),
    [
        ("weekly", "You get a letter once a week when there is something new."),
        ("monthly", "You get a letter once a month when there is something new."),
        ("never", "You find it under “My work”."),
    ],
)
def test_how_often_letters_come_is_said_at_once(signed_in, frequency, said):
    response = signed_in(UserFactory()).post(f"{SAVE}?q=mud", {"name": "Mud", "frequency": frequency})

    assert [str(m) for m in get_messages(response.wsgi_request)] == [f"Saved as “Mud”. {said}"]


def test_after_saving_one_is_back_where_one_was(signed_in):
    findable("Mud")
    client = signed_in(UserFactory())
    shown = BeautifulSoup(client.get("/good-practices/?q=mud&view=table").content, "html.parser")
    form = shown.select_one("#keep form")
    fields = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}

    response = client.post(form["action"], {"frequency": "weekly", "back": fields["back"]})

    assert response["Location"] == "/good-practices/?q=mud&view=table"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "evil",
        "",
    ],
)
def test_saving_leads_to_no_other_site(signed_in, elsewhere):
    client = signed_in(UserFactory())

    response = client.post(f"{SAVE}?q=mud", {"frequency": "weekly", "back": elsewhere})

    assert response["Location"] == "/search/?q=mud"


def test_who_has_to_mend_the_name_is_led_back_too(signed_in):
    client = signed_in(UserFactory())
    sent = {"frequency": "weekly", "name": "x" * 500, "back": "/good-practices/?q=mud"}

    refused = client.post(f"{SAVE}?kind=practice&q=mud", sent)

    soup = BeautifulSoup(refused.content, "html.parser")
    assert refused.status_code == 422
    assert soup.select_one("[name=back]")["value"] == "/good-practices/?q=mud"
    assert [link["href"] for link in soup.select("#main .actions a")] == ["/good-practices/?q=mud"]


def test_without_a_name_it_is_called_by_its_words(signed_in):
    aino = UserFactory()
    RegionFactory(code="FI", name="Finland")
    RegionFactory(code="SE", name="Sweden")

    client = signed_in(aino)
    client.post(f"{SAVE}?q=tailings&kind=practice&stage=use&region=FI&region=SE", {"frequency": "never"})

    assert [row[0] for row in kept(aino)] == ["tailings, good practices, Use, Finland or Sweden"]


def test_switches_and_bands_are_kept_and_named(signed_in):
    aino = UserFactory()
    address = "cost_from=1000&match_all=stage&stage=recycling&stage=use&stage_weight=main"

    signed_in(aino).post(f"{SAVE}?{address}", {"frequency": "never"})

    assert kept(aino) == [("Recycling and Use, main stage only, Cost from €1,000", address, "never")]
    form = asked(address)
    assert keeping.described(form) == "Everything, with 5 filters"
    assert keeping.form_of(aino.saved_searches.get()).query == form.query


def test_the_same_search_typed_sorted_or_shown_otherwise_is_one_search(signed_in):
    aino = UserFactory()
    client = signed_in(aino)

    client.post(f"{SAVE}?q=red+mud&stage=use&stage=recycling", {"name": "Mud", "frequency": "weekly"})
    again = client.post(
        f"{SAVE}?stage=recycling&stage=use&q=red++mud+&page=3&sort=newest",
        {"name": "Other", "frequency": "daily"},
    )

    assert [row[0] for row in kept(aino)] == ["Mud"]
    assert [str(m) for m in get_messages(again.wsgi_request)][-1] == (
        "You keep this search already, as “Mud”. Change it under “My work”."
    )


def test_two_people_keep_the_same_search_each_for_themselves(signed_in):
    aino, bruno = UserFactory(), UserFactory()
    for person in (aino, bruno):
        signed_in(person).post(f"{SAVE}?q=mud", {"name": "Mud", "frequency": "weekly"})

    assert len(kept(aino)) == len(kept(bruno)) == 1


def test_at_most_fifty_searches_are_kept(signed_in, monkeypatch):
    aino = UserFactory()
    for number in range(keeping.MOST):
        keeping.save(aino, asked(f"q=mud{number}"))

    response = signed_in(aino).post(f"{SAVE}?q=gold", {"name": "My gold", "frequency": "monthly"})
    soup = read(response)

    assert response.status_code == 422
    assert "You keep 50 searches, which is as many as one may." in words(soup.select_one(".errors"))
    assert soup.select_one("[name=name]")["value"] == "My gold"
    assert soup.select_one("[name=frequency] option[selected]")["value"] == "monthly"
    assert aino.saved_searches.count() == 50


def test_what_cannot_be_saved_is_said_and_nothing_typed_is_lost(signed_in):
    aino = UserFactory()

    response = signed_in(aino).post(f"{SAVE}?q=mud", {"name": "x" * 121, "frequency": "hourly"})
    soup = read(response)

    assert response.status_code == 422
    assert [words(item) for item in soup.select(".errors li")] == [
        "Name: Shorten the name to 120 characters; it has 121.",
        "E-mail about new results: Choose how often you want a letter.",
    ]
    assert soup.select_one("[name=name]")["value"] == "x" * 121
    assert kept(aino) == []


@pytest.mark.parametrize("rubbish", ["\x00", "'\"><script>", "9" * 5000, "\U0001f600" * 300, "*:*", "%ff"])
def test_rubbish_is_saved_or_refused_but_never_an_error(signed_in, rubbish):
    aino = UserFactory()
    client = signed_in(aino)

    for name in ("q", "stage", "region", "year", "kind", "page"):
        address = f"{SAVE}?{QueryDict(mutable=True).urlencode()}"
        response = client.post(
            address, {"name": rubbish, "frequency": "weekly"}, query_params={name: rubbish}
        )
        assert response.status_code in (302, 422)

    assert client.get("/my/searches/").status_code == 200


def test_a_visitor_signs_in_and_comes_back_to_the_same_search_with_the_form_open(client, page):
    findable("Mud")
    aino = UserFactory()

    soup = page("/search/?q=mud&kind=practice")
    link = soup.select_one("#keep a.btn")["href"]
    client.post(link, {"login": aino.email, "password": "tailings-and-daylight"})
    login = client.post(link, {"login": aino.email, "password": "tailings-and-daylight"}, follow=False)
    back = page("/search/?q=mud&kind=practice&save=yes")

    assert link == "/account/login/?next=%2Fsearch%2F%3Fq%3Dmud%26kind%3Dpractice%26save%3Dyes%23keep"
    assert login["Location"] == "/search/?q=mud&kind=practice&save=yes#keep"
    assert back.select_one("#keep details").has_attr("open")
    assert back.select_one("#keep form")["action"] == "/my/searches/save/?kind=practice&q=mud"
    assert back.select_one("#keep [name=name]")["value"] == "mud, good practices"


def test_saving_without_an_account_leads_to_signing_in(client):
    response = client.post(f"{SAVE}?q=mud", {"name": "Mud", "frequency": "daily"})

    assert response["Location"].startswith("/account/login/?next=/my/searches/save/")
    assert SavedSearch.objects.count() == 0


def test_a_search_is_renamed_paused_resumed_and_deleted(signed_in):
    aino = UserFactory()
    saved, _ = keeping.save(aino, asked("q=mud"))
    client = signed_in(aino)
    address = f"/my/searches/{saved.pk}/"

    client.post(address, {"name": "Red mud", "frequency": "monthly"})
    assert kept(aino) == [("Red mud", "q=mud", "monthly")]

    client.post(f"{address}pause/")
    assert "Paused" in words(read(client.get("/my/searches/")).select_one("tbody tr"))
    assert not SavedSearch.objects.writing().exists()

    client.post(f"{address}pause/")
    assert SavedSearch.objects.writing().exists()

    assert client.get(f"{address}delete/").status_code == 200
    assert kept(aino) != []
    client.post(f"{address}delete/")
    assert kept(aino) == []


def test_somebody_elses_search_is_not_there(signed_in):
    saved, _ = keeping.save(UserFactory(), asked("q=mud"))
    client = signed_in(UserFactory())

    for address in ("", "delete/"):
        assert client.get(f"/my/searches/{saved.pk}/{address}").status_code == 404
        assert client.post(f"/my/searches/{saved.pk}/{address}").status_code == 404
    assert client.post(f"/my/searches/{saved.pk}/pause/").status_code == 404
    assert client.get(f"/my/searches/{10**30}/").status_code == 404
    assert SavedSearch.objects.get().paused_at is None


def test_the_list_costs_as_many_queries_for_five_as_for_one(signed_in):
    aino = UserFactory()
    client = signed_in(aino)
    keeping.save(aino, asked("q=mud&stage=use"))

    def cost(address):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    client.get("/my/")
    one = [cost("/my/searches/"), cost("/my/")]
    for number in range(4):
        keeping.save(aino, asked(f"q=gold{number}&stage=use"))

    assert [cost("/my/searches/"), cost("/my/")] == one


def test_my_work_lists_saved_searches(signed_in):
    aino = UserFactory()
    keeping.save(aino, asked("q=mud"), name="Red mud", frequency="weekly")

    soup = read(signed_in(aino).get("/my/"))

    assert soup.select_one(".aside .ledger a")["href"] == "/search/?q=mud"
    assert words(soup.select_one(".aside .ledger")) == "Red mud E-mail: once a week"


def test_with_the_account_its_searches_go(signed_in):
    aino = UserFactory()
    keeping.save(aino, asked("q=mud"))

    aino.delete()

    assert SavedSearch.objects.count() == 0


def test_a_search_with_a_choice_that_is_gone_still_opens_and_says_so(signed_in):
    aino = UserFactory()
    lithium = RawMaterialFactory(name="Lithium", code="lithium")
    saved, _ = keeping.save(aino, asked("material=lithium&q=mud"))
    lithium.delete()
    client = signed_in(aino)

    results = client.get(keeping.address(saved))
    edit = client.get(f"/my/searches/{saved.pk}/")

    said = "There is no raw material “lithium”; it was left out."
    assert said in results.content.decode()
    assert said in edit.content.decode()


def test_the_seen_keys_are_kept_small():
    saved = SavedSearch()
    keys = {f"page:{number}" for number in range(10_000)}

    saved.seen_keys = keys

    assert saved.seen_keys == keys
    assert len(saved.seen) < 40_000
    assert SavedSearch().seen_keys == set()


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_save_at_once_make_one_row():
    aino = UserFactory()
    start = threading.Barrier(4)
    made = []

    def save():
        start.wait()
        try:
            made.append(keeping.save(aino, asked("q=mud"))[1])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=save) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(made) == [False, False, False, True]
    assert SavedSearch.objects.count() == 1


def test_the_box_below_the_results_asks_the_database_nothing(django_assert_num_queries):
    RegionFactory(code="FI", name="Finland")
    findable("Mud", facets={"region": ["FI"]})
    form = asked("q=mud&region=FI&stage=use")
    results = search(form.query)

    with django_assert_num_queries(0):
        box = keep_box(form, results)

    assert (box.line, box.form.initial["name"]) == ("“mud”, with 2 filters", "mud, Use, Finland")


def test_where_nothing_was_found_one_can_ask_to_be_told(page):
    soup = page("/search/?q=nothing")

    assert words(soup.select_one("#keep h2")) == "Be told when there is something"
    assert soup.select_one("#keep .btn")["href"].startswith("/account/login/?next=")


def test_a_person_signed_in_saves_from_the_page(signed_in):
    findable("Mud")
    aino = UserFactory()
    client = signed_in(aino)

    soup = read(client.get("/good-practices/?q=mud&view=table"))
    form = soup.select_one("#keep form")
    named = {field["name"]: field.get("value", "") for field in form.select("input")}
    client.post(form["action"], named | {"frequency": form.select_one("option[selected]")["value"]})

    assert kept(aino) == [("mud, good practices", "kind=practice&q=mud", "weekly")]
