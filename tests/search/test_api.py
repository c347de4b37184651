import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from knowledge.models import ImportedRecord
from search import api
from search.models import SearchDocument
from search.query import EPOCH
from search.rate_limit import RateLimit
from tests.factories.knowledge import CollectedSourceFactory, GoodPracticePageFactory
from tests.factories.regions import RawMaterialFactory, RegionFactory
from tests.factories.search import findable, stages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]


@pytest.fixture(autouse=True)
def own_pace(monkeypatch):
    """Questions of other tests do not count."""
    monkeypatch.setattr(api, "rate_limit", RateLimit())


@pytest.fixture
def ask(client):
    """What the API answers: `ask("q=mud")` gives status and JSON."""

    def ask(question="", **headers):
        response = client.get(f"/api/v1/search?{question}", headers=headers)
        return response.status_code, json.loads(response.content)

    return ask


def test_a_result_says_what_a_program_needs(ask, settings):
    settings.SITE_URL = "https://adit.example"
    row = findable(
        "Red mud <cement>",
        summary="Mud & alumina",
        permanent_id="8c2f5a1e-0000-4000-8000-000000000001",
        external_id="GP-17",
        reference="GP-0057",
        place="Norrbotten, Sweden",
        region_codes=["SE332"],
        materials=["Bauxite"],
        material_codes=["bauxite"],
        stages=stages(recycling="main", use="touched", processing="main"),
        evidence={"state": "verified", "label": "Verified"},
        origin="collected",
        source="https://example.org/report",
        licence="source",
        organisation="A firm",
        year_begin=2019,
        year_end=None,
        cost="120000.50",
    )

    status, found = ask("q=mud")

    assert status == 200
    [result] = found["results"]
    assert result.pop("score") > 0
    assert result == {
        "id": "8c2f5a1e-0000-4000-8000-000000000001",
        "external_id": "GP-17",
        "kind": "practice",
        "reference": "GP-0057",
        "title": "Red mud <cement>",
        "summary": "Mud & alumina",
        "url": f"https://adit.example{row.display['url']}",
        "permanent_url": f"https://adit.example{row.display['url']}",
        "highlights": {
            "title": "Red <mark>mud</mark> &lt;cement&gt;",
            "text": "<mark>Mud</mark> &amp; alumina",
        },
        "place": "Norrbotten, Sweden",
        "regions": ["SE332"],
        "materials": ["bauxite"],
        "material_names": ["Bauxite"],
        "stages": ["processing", "recycling", "use"],
        "stage_weights": {"processing": "main", "recycling": "main", "use": "touched"},
        "evidence": "verified",
        "origin": "collected",
        "source": "https://example.org/report",
        "organisation": "A firm",
        "year_begin": 2019,
        "year_end": None,
        "begins": None,
        "ends": None,
        "cost_eur": 120000.5,
        "licence": "see the source",
        "modified": moment_of(row),
    }
    assert [found[name] for name in ("total", "page", "pages", "page_size", "correction")] == [
        1,
        1,
        1,
        20,
        None,
    ]


def test_what_is_not_known_is_null(ask):
    findable("Lithium", "material")

    [result] = ask()[1]["results"]

    known = {"id", "kind", "title", "summary", "url", "permanent_url", "highlights", "modified", "score"}
    empty = {"regions": [], "materials": [], "material_names": [], "stages": [], "stage_weights": {}}
    unknown = {name: value for name, value in result.items() if name not in known}
    assert unknown == dict.fromkeys(unknown) | empty


def test_an_event_says_when_it_is(ask):
    findable("Mud", "event", date="2027-07-10T11:30:00+03:00", end="2027-07-10T13:00:00+03:00")

    [result] = ask()[1]["results"]

    assert (result["begins"], result["ends"]) == ("2027-07-10T11:30:00+03:00", "2027-07-10T13:00:00+03:00")


def test_the_api_says_what_the_files_say(ask, client, committed):
    with committed():
        page = GoodPracticePageFactory(start="2019-05", end="2023", cost_amount=12000, stages={"use": "main"})
        CollectedSourceFactory(page=page, url="https://example.org/report")

    [said] = ask("kind=practice")[1]["results"]
    content = b"".join(client.get("/search/results.json?kind=practice").streaming_content)

    [written] = json.loads(content)["results"]
    shared = (written.keys() & said.keys()) - {"materials", "stages", "evidence"}
    assert {name: said[name] or "" for name in shared} == {name: written[name] for name in shared}
    assert {"reference", "source", "organisation", "year_begin", "year_end", "cost_eur", "licence"} <= shared


# Since when


def moment_of(row):
    """The moment in which a row last changed, as the API writes it."""
    moment = EPOCH + timedelta(microseconds=row.version)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.fixture
def three(settings):
    """Items that changed on three days of 2026: 1 March, 1 July at 08:00 in Brussels, 1 November."""
    settings.TIME_ZONE = "Europe/Brussels"
    moments = {
        "March": datetime(2026, 3, 1, tzinfo=UTC),
        "July": datetime(2026, 7, 1, 6, tzinfo=UTC),
        "November": datetime(2026, 11, 1, tzinfo=UTC),
    }
    for name, moment in moments.items():
        row = findable(f"{name} mud", facets={"stage": ["use"]})
        row.version = (moment - EPOCH) // timedelta(microseconds=1)
        row.save()


@pytest.mark.parametrize(
    ("since", "titles"),
    [
        ("1970-01-01", ["July mud", "March mud", "November mud"]),
        ("0001-01-01", ["July mud", "March mud", "November mud"]),
        ("2026-07-01", ["July mud", "November mud"]),
        ("20260701", ["July mud", "November mud"]),
        ("2026-07-01T08:00", ["July mud", "November mud"]),
        ("2026-07-01T08:00:00.000001", ["November mud"]),
        ("2026-07-01T06:00:00Z", ["July mud", "November mud"]),
        ("2026-07-01T06:00:01Z", ["November mud"]),
        ("2026-07-01T08:00:00%2B02:00", ["July mud", "November mud"]),
        # A plus that was not written as one, and a blank for the T.
        ("2026-07-01T08:00:00+02:00", ["July mud", "November mud"]),
        ("2026-07-01%2008:00", ["July mud", "November mud"]),
        ("2026-07-02", ["November mud"]),
        ("9999-12-31T23:59:59-14:00", []),
        ("", ["July mud", "March mud", "November mud"]),
    ],
)
def test_only_what_changed_since_can_be_asked_for(ask, three, since, titles):
    status, found = ask(f"q=mud&sort=title&modified_since={since}")

    assert (status, [result["title"] for result in found["results"]]) == (200, titles)
    counted = {one["value"]: one["count"] for one in found["facets"]["stage"]}
    assert (found["total"], counted.get("use", 0)) == (len(titles), len(titles))


@pytest.mark.parametrize(
    "since",
    ["yesterday", "2026", "2026-13-01", "2026-02-30", "1.7.2026", "1753344000", "-1", "9" * 99],
)
def test_a_moment_that_is_none_is_refused_in_a_sentence(ask, since):
    status, refusal = ask(f"modified_since={since}")

    assert status == 422
    assert refusal["errors"][0].endswith(
        "” is no modified_since: it is a day or a moment such as 2026-11-30 or 2026-11-30T08:00:00Z."
    )


def test_what_reads_differently_now_is_told_since_before(ask, committed):
    with committed():
        page = GoodPracticePageFactory(title="Mud")
    [before] = ask("q=mud")[1]["results"]
    nothing = ask(f"q=mud&modified_since={timezone.now().isoformat().replace('+', '%2B')}")[1]["total"]

    with committed():
        CollectedSourceFactory(page=page)
    [after] = ask(f"q=mud&modified_since={before['modified']}")[1]["results"]

    assert nothing == 0
    assert (before["licence"], after["licence"]) == ("CC BY 4.0", "see the source")
    assert after["modified"] > before["modified"]


def test_an_answer_that_did_not_change_is_not_sent_again(client, three):
    address = "/api/v1/search?modified_since=2026-07-01"
    etag = client.get(address)["ETag"]

    same = client.get(address, headers={"If-None-Match": etag})
    told = {"title": "Other mud", "url": "/", "summary": ""}
    SearchDocument.objects.filter(display__title="July mud").update(display=told)
    other = client.get(address, headers={"If-None-Match": etag})

    assert (same.status_code, other.status_code) == (304, 200)


def test_what_is_no_page_is_known_by_its_key(ask):
    row = findable("Lithium", "material")

    [result] = ask()[1]["results"]

    assert (result["id"], result["external_id"]) == (row.key, None)


def test_facets_carry_names_and_counts(ask):
    findable("One", facets={"stage": ["recycling", "use"]})
    findable("Two", facets={"stage": ["recycling"]})

    facets = ask("stage=use")[1]["facets"]

    assert facets["stage"][:2] == [
        {"value": "recycling", "label": "Recycling", "count": 2},
        {"value": "use", "label": "Use", "count": 1},
    ]


def test_pages_have_the_size_asked_for(ask):
    for number in range(5):
        findable(f"Mud {number}")

    status, found = ask("q=mud&page_size=2&page=3&sort=title")

    assert status == 200
    assert [result["title"] for result in found["results"]] == ["Mud 4"]
    assert [found[name] for name in ("total", "page", "pages", "page_size")] == [5, 3, 3, 2]


@pytest.mark.parametrize(
    "question",
    [
        "colour=red",
        "view=table",
        "q=a&q=b",
        "kind=thing",
        "stage=nowhere",
        "region=XX99",
        "year=soon",
        "sort=colour",
        "page=0",
        "page=-1",
        "page=1e9",
        "page=1000000000",
        "page_size=0",
        "page_size=101",
        "page_size=ten",
        "page_size=%D9%A1",
        "q=" + "x" * 20_000,
        "&".join(f"stage=v{n}" for n in range(400)),
        "&".join(f"stage=v{n}" for n in range(1500)),
        "%00=1",
        "page=" + "9" * 5000,
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(ask, question):
    findable("Mud")

    status, refusal = ask(question)

    assert status == 422
    assert refusal["detail"] == " ".join(refusal["errors"])
    assert all(error.endswith(".") for error in refusal["errors"])
    assert len(refusal["detail"]) < 2_000


def test_a_refusal_says_what_is_wrong_and_not_what_a_page_would_do(ask):
    assert ask("kind=thing&stage=a&stage=b&page=0&q=" + "x" * 500)[1]["errors"] == [
        "A search takes up to 400 characters.",
        "There is no kind of result called “thing”.",
        "“0” is not a page number.",
        "2 choices of “Value-chain stage” do not exist, such as “a”.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "%00",
        "%ED%A0%80",
        "%FF",
        "'",
        '"',
        "title:(a OR",
        '{"a": 1}',
        "'; DROP",
        "<b>",
        "%F0%9F%98%80" * 30,
        "-",
        "%E2%80%AE",
    ],
)
def test_no_text_is_an_error(ask, text):
    findable("Mud")

    assert ask(f"q={text}")[0] == 200


def test_what_has_not_changed_is_not_sent_again(client):
    findable("Mud")
    first = client.get("/api/v1/search?q=mud")

    again = client.get("/api/v1/search?q=mud", headers={"if-none-match": first["ETag"]})
    findable("Other mud")

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert first["Cache-Control"] == "public, no-cache"


def test_pages_of_other_sites_may_read_it(client):
    answer = client.get("/api/v1/search", headers={"origin": "https://elsewhere.example"})
    permission = client.options("/api/v1/search", headers={"origin": "https://elsewhere.example"})
    page = client.get("/search/", headers={"origin": "https://elsewhere.example"})

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert (permission.status_code, permission["Access-Control-Allow-Origin"]) == (204, "*")
    assert permission["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in permission
    assert "Access-Control-Allow-Origin" not in page
    assert not answer.cookies


def test_only_the_head_is_sent_to_who_asks_for_it(client):
    whole, head = client.get("/api/v1/search"), client.head("/api/v1/search")

    assert (head.status_code, head.content) == (200, b"")
    assert (head["ETag"], head["Content-Length"]) == (whole["ETag"], str(len(whole.content)))


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_can_only_be_read(client, method):
    response = getattr(client, method)("/api/v1/search")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.json()["detail"] == "This address can only be read: use GET."


@pytest.mark.parametrize(
    "address", ["/api/v1/nothing", "/api/v1/search/", "/api/v2/search", "/api/", "/api/v2"]
)
def test_other_addresses_say_in_json_that_they_are_none(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert response.json()["errors"] == [
        "There is nothing at this address. The API is described at /api/v1/openapi.json."
    ]


def test_who_asks_too_often_is_told_when_to_come_back(client, settings):
    settings.API_REQUESTS_A_MINUTE = 2

    answers = [client.get("/api/v1/search") for _ in range(3)]
    other = client.get("/api/v1/search", REMOTE_ADDR="192.0.2.7")

    assert [answer.status_code for answer in (*answers, other)] == [200, 200, 429, 200]
    assert answers[2]["Retry-After"] == "30"
    assert answers[2].json()["detail"] == "Too many questions in one minute; ask again later."


def test_it_describes_itself(client):
    described = client.get("/api/v1/openapi.json").json()

    operation = described["paths"]["/api/v1/search"]["get"]
    assert described["openapi"].startswith("3.")
    assert {"q", "kind", "stage", "region", "page_size"} <= {one["name"] for one in operation["parameters"]}
    assert set(operation["responses"]) == {"200", "422", "429"}


def test_every_field_and_since_when_is_described(client, ask):
    findable("Mud")
    described = client.get("/api/v1/openapi.json").json()

    [result] = ask()[1]["results"]

    fields = described["components"]["schemas"]["Result"]["properties"]
    [since] = [
        one
        for one in described["paths"]["/api/v1/search"]["get"]["parameters"]
        if one["name"] == "modified_since"
    ]
    assert fields.keys() == result.keys()
    assert since["schema"]["examples"] == ["2026-11-30", "2026-11-30T08:00:00Z"]


def test_an_answer_costs_a_constant_number_of_queries(client):
    findable("Mud", facets={"region": ["SE"]})
    client.get("/api/v1/search?q=mud")
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get("/api/v1/search?q=mud")
    for number in range(4):
        findable(f"Mud {number}", facets={"region": ["SE"]})

    with CaptureQueriesContext(connection) as five:
        client.get("/api/v1/search?q=mud")

    assert len(one) == len(five)


def test_a_page_is_known_by_what_it_keeps(ask, committed):
    lapland = RegionFactory(code="FI1D7", name="Lappi")
    lithium = RawMaterialFactory(code="lithium", name="Lithium")
    with committed():
        page = GoodPracticePageFactory(title="Heaps and hills", regions=[lapland], raw_materials=[lithium])
        ImportedRecord.objects.create(page=page, import_set="set", external_id="77", revision_id=1)

    [result] = ask("q=heaps")[1]["results"]

    assert [result[name] for name in ("id", "external_id", "regions", "materials")] == [
        str(page.permanent_id),
        "77",
        ["FI1D7"],
        ["lithium"],
    ]
    assert ask("kind=region")[1]["results"][0]["regions"] == ["FI1D7"]
    assert ask("kind=material")[1]["results"][0]["materials"] == ["lithium"]


def test_programs_narrow_by_switches_and_bands_as_the_page_does(ask):
    findable("Main", facets={"stage": ["use"], "stage_main": ["use"]}, numbers={"year": 2021})
    findable("Touched", facets={"stage": ["use"], "stage_touched": ["use"]}, numbers={"year": 2021})
    findable("Old", facets={"stage": ["use"], "stage_main": ["use"]}, numbers={"year": 2019})

    status, found = ask("stage=use&stage_weight=main&match_all=stage&year_from=2020&year_to=2022")

    assert (status, [result["title"] for result in found["results"]]) == (200, ["Main"])
    assert ask("year_from=soon")[0] == 422
    assert ask("unfold=SE")[0] == 422


@pytest.mark.parametrize(("written", "code"), [("GR", "EL"), ("EL", "EL"), ("GB", "UK"), ("UK", "UK")])
def test_a_country_is_chosen_by_either_of_its_codes(ask, written, code):
    for country in ("EL", "UK"):
        RegionFactory(code=country, name=f"Country {country}", level=0)
        findable(f"Practice of {country}", facets={"region": [country]})

    status, answer = ask(f"region={written}&kind=practice")

    assert (status, [one["title"] for one in answer["results"]]) == (200, [f"Practice of {code}"])
