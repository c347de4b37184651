import pytest

from progress.counting import RULES
from progress.indicators import INDICATORS, ensure_indicators
from progress.models import Indicator

pytestmark = pytest.mark.django_db


def test_every_indicator_has_a_rule():
    assert [facts["rule_key"] for facts in INDICATORS] == list(RULES)


def test_setting_up_twice_makes_nothing_twice_and_keeps_what_people_changed():
    Indicator.objects.filter(key="GP").update(name="Practices shared", official_code="RCO1", unit="changed")

    made = ensure_indicators()

    kept = Indicator.objects.get(key="GP")
    assert made == []
    assert Indicator.objects.count() == 5
    assert (kept.name, kept.official_code, kept.unit) == ("Practices shared", "RCO1", "good practices")


def test_an_indicator_that_is_missing_is_made():
    Indicator.objects.filter(key="PPL").delete()

    assert ensure_indicators() == ["Made the indicator PPL."]
