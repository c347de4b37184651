import datetime as dt
from decimal import Decimal

import pytest
from django.http import QueryDict

from search.forms import SearchForm
from search.query import Query
from tests.factories import FocusAreaFactory, RawMaterialFactory, RegionFactory

pytestmark = pytest.mark.django_db


def asked(query_string, **fixed):
    return SearchForm(QueryDict(query_string), address="/search/", **fixed)


def test_an_address_becomes_a_query():
    RegionFactory(code="SE33", name="Övre Norrland")
    RawMaterialFactory(code="copper", name="Copper")
    FocusAreaFactory(code="mine-water", name="Mine water")

    form = asked(
        "q=red+mud&kind=practice&stage=use&stage=recycling&material=copper&material=any-critical&region=SE33"
        "&focus=mine-water&evidence=verified&origin=collected&organisation_type=sme&language=sv&year=2021"
        "&sort=newest&page=3&view=table"
    )

    assert form.query == Query(
        text="red mud",
        kind="practice",
        facets={
            "stage": ("use", "recycling"),
            "material": ("copper", "any-critical"),
            "region": ("SE33",),
            "evidence": ("verified",),
            "focus": ("mine-water",),
            "organisation_type": ("sme",),
            "origin": ("collected",),
            "language": ("sv",),
            "year": ("2021",),
        },
        sort="newest",
        page=3,
    )
    assert (form.view, form.notes) == ("table", [])


def test_switches_and_bands_become_plain_values():
    form = asked(
        "match_all=stage&match_all=Material&stage_weight=Main&cost_from=100+000&cost_to=€250000.50&year_to=2024"
        "&date_from=2026-01-31&mode=online&date=2026-11&instrument_kind=legal-frame&instrument_state=addressed"
        "&crma=skills&rex=reuse&cost=1m-10m"
    )

    assert form.query == Query(
        facets={
            "crma": ("skills",),
            "rex": ("reuse",),
            "instrument_kind": ("legal-frame",),
            "instrument_state": ("addressed",),
            "mode": ("online",),
            "date": ("2026-11",),
            "cost": ("1m-10m",),
        },
        match_all=("stage", "material"),
        stage_weight="main",
        bands={
            "cost": (100_000, Decimal("250000.50")),
            "year": (None, 2024),
            "date": (dt.date(2026, 1, 31), None),
        },
    )
    assert form.notes == []


def test_an_address_keeps_switches_and_bands():
    query_string = (
        "stage=use&stage=recycling&match_all=stage&stage_weight=main&cost_from=0&year_from=2020&year_to=2024"
        "&date_to=2026-11-30"
    )

    assert asked(query_string).url() == f"/search/?{query_string}"


def test_an_empty_address_asks_for_everything():
    form = asked("q=&kind=&stage=&region=&year=&sort=&page=&view=")

    assert (form.query, form.view, form.notes) == (Query(), "list", [])


def test_letter_case_does_not_matter():
    RegionFactory(code="SE33")

    form = asked("kind=Practice&stage=Use&region=se33&sort=TITLE")

    assert form.query == Query(kind="practice", facets={"stage": ("use",), "region": ("SE33",)}, sort="title")


@pytest.mark.parametrize(
    ("query_string", "sentence"),
    [
        ("kind=cake", "There is no kind of result called “cake”; all kinds are shown."),
        ("stage=baking", "There is no value-chain stage “baking”; it was left out."),
        ("material=cake", "There is no raw material “cake”; it was left out."),
        ("region=XX99", "There is no region “XX99”; it was left out."),
        ("region=%00%ff", "There is no region “\ufffd”; it was left out."),
        ("focus=cake", "There is no focus area “cake”; it was left out."),
        ("evidence=cake", "There is no state of evidence “cake”; it was left out."),
        ("origin=cake", "There is no source “cake”; it was left out."),
        ("organisation_type=cake", "There is no kind of organisation “cake”; it was left out."),
        ("language=xx", "There is no language “xx”; it was left out."),
        ("year=20212", "There is no year “20212”; it was left out."),
        ("mode=cake", "There is no way to hold an event “cake”; it was left out."),
        ("date=2026-13", "There is no month “2026-13”; it was left out."),
        ("stage_weight=half", "Stages are “main” or “touched”, not “half”; it was left out."),
        ("match_all=cost", "One cannot ask for all of several choices of “Cost”; any of them will do."),
        ("match_all=%3Cb%3E", "One cannot ask for all of several choices of “<b>”; any of them will do."),
        ("cost_from=much", "“much” is not a sum in euro, such as 250000; it was left out."),
        ("cost_from=-5", "“-5” is not a sum in euro, such as 250000; it was left out."),
        ("year_to=20", "“20” is not a year, such as 2021; it was left out."),
        ("date_from=2026-02-30", "“2026-02-30” is not a day, such as 2026-11-30; it was left out."),
        ("date_from=20260230", "“20260230” is not a day, such as 2026-11-30; it was left out."),
        (
            "year_from=2024&year_to=2020",
            "Nothing of “Year it began” lies from 2024 up to 2020; both were left out.",
        ),
        (
            "cost_to=" + "9" * 400,
            "“" + "9" * 40 + "…” is not a sum in euro, such as 250000; it was left out.",
        ),
        (
            "stage=a&stage=b",
            "2 choices of “Value-chain stage” do not exist, such as “a”; they were left out.",
        ),
        ("sort=cake", "Results cannot be sorted by “cake”; this is their usual order."),
        ("page=0", "“0” is not a page number; this is page 1."),
        ("page=two", "“two” is not a page number; this is page 1."),
        ("page=" + "9" * 5000, "“" + "9" * 40 + "…” is not a page number; this is page 1."),
        ("view=cake", "There is no view called “cake”; this is the list."),
        ("view=table", "Only good practices can be shown as a table; this is the list."),
    ],
)
def test_what_cannot_be_used_is_left_out_and_said(query_string, sentence):
    form = asked(query_string)

    assert (form.query, form.view, form.notes) == (Query(), "list", [sentence])


def test_a_long_text_is_cut_and_said():
    form = asked("q=" + "a" * 500)

    assert form.query.text == "a" * 400
    assert form.notes == ["A search takes up to 400 characters; the others were left out."]


def test_too_many_choices_are_cut_and_said():
    form = asked("&".join(f"year={year}" for year in range(1800, 1910)))

    assert len(form.query.facets["year"]) == 100
    assert form.notes == ["One can make up to 100 choices of “Year it began”; the others were left out."]


def test_a_section_keeps_its_kind():
    form = asked("kind=event", kind="practice")

    assert form.query.kind == "practice"
    assert form.notes == ["This list shows one kind only: Good practices."]


def test_its_own_address_asks_the_same_again():
    RegionFactory(code="SE33")
    query_string = (
        "q=red+mud&kind=practice&stage=use&stage=recycling&region=SE33&sort=newest&view=table&page=3"
    )

    form = asked(query_string)

    assert form.url(page=form.query.page) == f"/search/?{query_string}"


def test_an_address_with_changes_starts_at_the_first_page():
    form = asked("q=mud&stage=use&stage=recycling&page=3")

    assert form.url(without=[("stage", "use")]) == "/search/?q=mud&stage=recycling"
    assert form.url(facets={}) == "/search/?q=mud"


def test_a_section_does_not_repeat_its_kind_in_its_address():
    form = SearchForm(QueryDict("q=mud"), address="/good-practices/", kind="practice")

    assert form.url() == "/good-practices/?q=mud"
    assert form.url(address="/search/") == "/search/?q=mud&kind=practice"
