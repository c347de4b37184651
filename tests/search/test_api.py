import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.models import ImportedRecord
from search import api
from search.rate_limit import RateLimit
from tests.factories.knowledge import GoodPracticePageFactory
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
        region_codes=["SE332"],
        material_codes=["bauxite"],
        stages=stages(recycling="main", use="touched", processing="main"),
    )

    status, found = ask("q=mud")

    assert status == 200
    [result] = found["results"]
    assert result.pop("score") > 0
    assert result == {
        "id": "8c2f5a1e-0000-4000-8000-000000000001",
        "external_id": "GP-17",
        "kind": "practice",
        "title": "Red mud <cement>",
        "summary": "Mud & alumina",
        "url": f"https://adit.example{row.display['url']}",
        "highlights": {
            "title": "Red <mark>mud</mark> &lt;cement&gt;",
            "text": "<mark>Mud</mark> &amp; alumina",
        },
        "regions": ["SE332"],
        "materials": ["bauxite"],
        "stages": ["processing", "recycling", "use"],
    }
    assert [found[name] for name in ("total", "page", "pages", "page_size", "correction")] == [
        1,
        1,
        1,
        20,
        None,
    ]


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
        "page=2",
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


@pytest.mark.parametrize(("written", "code"), [("GR", "EL"), ("EL", "EL"), ("gb", "UK"), ("UK", "UK")])
def test_a_country_is_chosen_by_either_of_its_codes(ask, written, code):
    for country in ("EL", "UK"):
        RegionFactory(code=country, name=f"Country {country}", level=0)
        findable(f"Practice of {country}", facets={"region": [country]})

    status, answer = ask(f"region={written}&kind=practice")

    assert (status, [one["title"] for one in answer["results"]]) == (200, [f"Practice of {code}"])
