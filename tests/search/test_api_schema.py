"""The API answers all that its description allows, and nothing else."""

import datetime as dt
import json
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from search import api
from search.rate_limit import RateLimit
from tests.factories import RegionFactory
from tests.factories.regions import FocusAreaFactory, RawMaterialFactory
from tests.factories.search import findable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]

many = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)


@pytest.fixture(autouse=True)
def something_to_find(settings, monkeypatch):
    settings.API_REQUESTS_A_MINUTE = 100_000
    monkeypatch.setattr(api, "rate_limit", RateLimit())
    for code in ("SE", "SE3", "SE33"):
        RegionFactory(code=code, name=code)
    RawMaterialFactory(code="lithium", name="Lithium")
    FocusAreaFactory(code="tailings", name="Tailings")
    findable("Mud", facets={"stage": ["use"], "year": ["2021"]}, numbers={"year": 2021, "cost": 900})


@pytest.fixture
def described(client):
    """{name: schema} of every parameter, as the API publishes them."""
    operation = client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/search"]["get"]
    return {one["name"]: one["schema"] for one in operation["parameters"]}


@pytest.fixture
def ask(client):
    def ask(asked):
        response = client.get(f"/api/v1/search?{urlencode(asked, doseq=True)}")
        return response.status_code, json.loads(response.content)

    return ask


def fitting(schema):
    """Values that the schema allows, as they are written in an address."""
    if schema["type"] == "array":
        return some.lists(fitting(schema["items"]), min_size=1, max_size=min(schema["maxItems"], 5))
    if "enum" in schema:
        return some.sampled_from(schema["enum"])
    if "pattern" in schema:
        return some.from_regex(schema["pattern"])
    if "anyOf" in schema:
        return some.one_of(*(fitting({"type": schema["type"], **one}) for one in schema["anyOf"]))
    if schema.get("format") == "date":
        return some.dates().map(dt.date.isoformat)
    if schema.get("format") == "date-time":
        return some.datetimes(timezones=some.just(dt.UTC)).map(dt.datetime.isoformat)
    if schema["type"] == "integer":
        return some.integers(schema["minimum"], schema["maximum"]).map(str)
    if schema["type"] == "number":
        cents = some.integers(schema["minimum"] * 100, int(schema["maximum"] * 100))
        return cents.map(lambda number: json.dumps(float(Decimal(number) / 100)))
    return some.text(max_size=schema["maxLength"])


def misfitting(schema):
    """Values that the schema does not allow."""
    if schema["type"] == "array":
        too_many = some.lists(
            fitting(schema["items"]), min_size=schema["maxItems"] + 1, max_size=schema["maxItems"] + 1
        )
        return some.one_of(misfitting(schema["items"]).map(lambda value: [value]), too_many)
    if schema["type"] == "integer":
        outside = some.integers(max_value=schema["minimum"] - 1) | some.integers(schema["maximum"] + 1)
        strange = some.sampled_from(["", " 5", "+5", "5.5", "0x1", "٥", "1_0", "five", "null", "true", "007"])
        return some.one_of(outside.map(str), strange)
    if schema["type"] == "number":
        return some.sampled_from(
            ["", "-1", "1e13", "0.001", "€5", "5 000", "1,5", "NaN", "Infinity", "٥", "+1", ".5"]
        )
    if "anyOf" in schema:
        return some.sampled_from(["2026-02-30", "2026", "2026-11-30T25:00:00Z", "soon", "-1"])
    if "maxLength" in schema:
        return some.integers(schema["maxLength"] + 1, 600).map(lambda length: " " * length)
    if schema.get("format") == "date":
        return some.sampled_from(
            ["", "2026-02-30", "2026-W01-1", "20260101", "0000-01-01", "2026-1-1", "soon"]
        )
    if "pattern" in schema:
        return some.sampled_from(["", "20", "3000", "999", "2026-13", "2026-00", " 2021 x", "now"])
    changed = some.sampled_from(schema["enum"]).flatmap(
        lambda value: some.sampled_from([f" {value}", f"{value} ", value.swapcase(), f"{value}x", ""])
    )
    return changed.filter(lambda value: value not in schema["enum"])


def test_all_that_the_description_allows_is_answered(ask, described):
    usable = {name: schema for name, schema in described.items() if schema.get("maxItems") != 0}

    @many
    @given(some.fixed_dictionaries({}, optional={name: fitting(usable[name]) for name in usable}))
    def holds(asked):
        status, answer = ask(asked)
        assert (status, answer.get("errors")) == (200, None), asked

    holds()


def test_what_the_description_does_not_allow_is_refused(ask, described):
    @many
    @given(some.sampled_from(sorted(described)), some.data())
    def holds(name, data):
        asked = {name: data.draw(misfitting(described[name]))}
        status, answer = ask(asked)
        assert (status, bool(answer.get("errors"))) == (422, True), asked

    holds()


@pytest.mark.parametrize(
    "question",
    [
        {"cost_from": "0", "cost_to": "0"},
        {"cost_from": "5", "cost_to": "1"},
        {"year_from": "2024", "year_to": "2020"},
        {"year_from": "2022", "year_last": "2021"},
        {"date_from": "2026-02-01", "date_last": "2026-01-31"},
        {"date_to": "0001-01-01"},
    ],
)
def test_a_range_in_which_nothing_can_lie_finds_nothing(ask, question):
    status, answer = ask(question)

    assert (status, answer["total"], answer["results"]) == (200, 0, [])


def test_beyond_the_last_page_there_are_no_results(ask):
    status, answer = ask({"page": "10000", "page_size": "100"})

    # The site also has the two regions above and below, the material and what was made findable.
    assert (status, answer["results"], answer["page"], answer["pages"]) == (200, [], 10_000, 1)


def test_the_last_year_is_counted_in_where_it_is_called_so(ask):
    assert [ask({name: "2021"})[1]["total"] for name in ("year_to", "year_last")] == [0, 1]
    assert ask({"year_to": "2021", "year_last": "2025"})[1]["total"] == 0
    assert ask({"year_last": "2999"})[1]["total"] == 1


def test_the_description_names_the_regions_and_materials_of_the_site(described):
    assert described["region"]["items"]["enum"] == ["SE", "SE3", "SE33"]
    assert described["material"]["items"]["enum"] == ["any-critical", "any-strategic", "lithium"]
    assert described["focus"]["items"]["enum"] == ["tailings"]


def test_what_no_name_exists_for_cannot_be_asked_for(ask, client):
    from regions.models import FocusArea

    FocusArea.objects.all().delete()

    operation = client.get("/api/v1/openapi.json").json()["paths"]["/api/v1/search"]["get"]
    schema = next(one["schema"] for one in operation["parameters"] if one["name"] == "focus")
    assert schema == {"type": "array", "items": {"type": "string"}, "maxItems": 0}
    assert ask({"focus": "tailings"})[0] == 422
