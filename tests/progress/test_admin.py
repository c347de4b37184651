from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from network.rights import ADMINISTRATORS, AUDITORS, CONTRIBUTORS, EXPERTS, OFFICERS
from progress.locking import lock_period
from progress.models import Indicator, ReportingPeriod, Snapshot, Target
from tests.factories import ProjectFactory, UserFactory
from tests.factories.progress import TargetFactory, indicator, make_periods

pytestmark = pytest.mark.django_db


def member_of(group):
    return UserFactory(groups=[Group.objects.get(name=group)])


@pytest.fixture
def officer(signed_in):
    """The secretariat's officer, signed in."""
    return signed_in(member_of(OFFICERS))


@pytest.fixture
def old_period():
    """A period that was over long ago."""
    return make_periods(ProjectFactory(acronym="EMRIE"), date(2025, 1, 1), date(2025, 6, 30))[0]


def addresses(period):
    """Everything that changes or shows something in this part of the admin."""
    target = TargetFactory(project=period.project, indicator=indicator("GP"))
    return [
        reverse("indicator:index"),
        reverse("indicator:edit", args=[indicator("GP").pk]),
        reverse("target:index"),
        reverse("target:add"),
        reverse("target:edit", args=[target.pk]),
        reverse("target:delete", args=[target.pk]),
        reverse("progress_periods:index"),
        reverse("progress_periods:add"),
        reverse("progress_periods:edit", args=[period.pk]),
        reverse("progress_periods:delete", args=[period.pk]),
        reverse("progress_periods:lock", args=[period.pk]),
        reverse("snapshot:index"),
    ]


@pytest.mark.parametrize("group", [OFFICERS, ADMINISTRATORS])
def test_officers_and_administrators_plan_and_lock(signed_in, old_period, group):
    client = signed_in(member_of(group))

    refused = [address for address in addresses(old_period) if client.get(address).status_code != 200]

    assert refused == []


@pytest.mark.parametrize("group", [CONTRIBUTORS, EXPERTS, AUDITORS])
def test_others_in_the_admin_cannot(signed_in, old_period, group):
    client = signed_in(member_of(group))

    opened = [address for address in addresses(old_period) if client.get(address).status_code == 200]

    assert opened == []


def test_visitors_are_sent_to_sign_in(client, old_period):
    sent = {
        client.get(address).headers.get("Location", "").split("?")[0] for address in addresses(old_period)
    }

    assert sent == {reverse("account_login")}


def test_no_form_takes_a_count(officer, old_period):
    forms = {
        address: set(officer.get(address).context["form"].fields)
        for address in (
            reverse("indicator:edit", args=[indicator("GP").pk]),
            reverse("target:add"),
            reverse("progress_periods:add"),
        )
    }

    assert list(forms.values()) == [
        {"name", "official_code"},
        {"project", "indicator", "value", "planned"},
        {"project", "number", "start", "end"},
    ]


def test_an_indicator_can_be_renamed_and_neither_made_nor_deleted(officer):
    practices = indicator("GP")

    officer.post(
        reverse("indicator:edit", args=[practices.pk]),
        {"name": "Practices shared", "official_code": "RCO1", "rule_key": "events-held", "key": "XX"},
    )
    officer.post(reverse("indicator:add"), {"name": "Mine", "official_code": ""})
    officer.post(reverse("indicator:delete", args=[practices.pk]))

    practices.refresh_from_db()
    assert (practices.name, practices.official_code) == ("Practices shared", "RCO1")
    assert (practices.key, practices.rule_key) == ("GP", "practices-counted")
    assert Indicator.objects.count() == 5


def test_a_target_can_be_set_once_for_each_indicator(officer):
    project = ProjectFactory()
    form = {"project": project.pk, "indicator": indicator("GP").pk, "value": "12", "planned": "2, 4"}

    officer.post(reverse("target:add"), form)
    second = officer.post(reverse("target:add"), form | {"planned": "4, 2"})

    assert list(Target.objects.values_list("project", "value", "planned")) == [(project.pk, 12, "2, 4")]
    assert second.context["form"].errors


def test_an_officer_locks_a_period_after_seeing_its_figures(officer, old_period):
    address = reverse("progress_periods:lock", args=[old_period.pk])
    shown = officer.get(address)
    before = Snapshot.objects.count()

    officer.post(address)

    assert [(counter.key, counter.value) for counter in shown.context["counters"]] == [
        ("PI", 0),
        ("GP", 0),
        ("EV", 0),
        ("ORG", 0),
        ("PPL", 0),
    ]
    assert (before, Snapshot.objects.count()) == (0, 5)


def test_a_period_that_still_runs_cannot_be_locked_and_the_page_says_why(officer):
    first = timezone.localdate().replace(day=1)
    period = make_periods(ProjectFactory(), first, first + timedelta(days=100))[0]

    response = officer.post(reverse("progress_periods:lock", args=[period.pk]), follow=True)

    assert "This period is not over yet." in response.content.decode()
    assert not period.is_locked


def test_a_locked_period_and_its_figures_cannot_be_changed_or_deleted(officer, old_period):
    lock_period(old_period, UserFactory())
    snapshot = Snapshot.objects.first()

    tried = [
        officer.get(reverse("progress_periods:edit", args=[old_period.pk])),
        officer.post(reverse("progress_periods:delete", args=[old_period.pk])),
        officer.get(reverse("snapshot:edit", args=[snapshot.pk])),
        officer.post(reverse("snapshot:delete", args=[snapshot.pk])),
        officer.get(reverse("snapshot:add")),
    ]

    assert {response.status_code for response in tried} == {302}
    assert officer.get(reverse("progress_periods:index")).status_code == 200
    assert ReportingPeriod.objects.filter(pk=old_period.pk).exists()
    assert Snapshot.objects.count() == 5
    assert officer.get(reverse("snapshot:index")).status_code == 200
    assert officer.get(reverse("snapshot:inspect", args=[snapshot.pk])).status_code == 200


@pytest.mark.parametrize("name", ["target:index", "progress_periods:index", "snapshot:index"])
def test_long_lists_cost_as_many_queries_as_short_ones(officer, name):
    def make():
        period = make_periods(ProjectFactory(), date(2025, 1, 1), date(2025, 6, 30))[0]
        TargetFactory(project=period.project, indicator=indicator("GP"))
        lock_period(period, UserFactory())

    make()
    officer.get(reverse(name))
    with CaptureQueriesContext(connection) as one:
        officer.get(reverse(name))

    for _ in range(2):
        make()

    with CaptureQueriesContext(connection) as three:
        officer.get(reverse(name))
    assert len(three) == len(one)
