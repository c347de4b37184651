"""The five indicators every site has, and the rule each of them follows, in words."""

from progress.choices import IndicatorKind
from progress.models import Indicator

INDICATORS = [
    {
        "key": "PI",
        "name": "Policy instruments improved",
        "unit": "policy instruments",
        "kind": IndicatorKind.RESULT,
        "rule_key": "instruments-improved",
        "rule_version": 1,
        "definition": "A published policy instrument counts from the day an officer first validates one of "
        "its changes against a decision, an official text, a call or a letter of the authority. It counts "
        "once, however many changes follow, and no longer when that evidence is removed.",
    },
    {
        "key": "GP",
        "name": "Good practices shared",
        "unit": "good practices",
        "kind": IndicatorKind.OUTPUT,
        "rule_key": "practices-counted",
        "rule_version": 1,
        "definition": "A published good practice counts from the day an officer who is not among its authors "
        "decides that it counts. Being published is not enough. A lesson from what failed, and a practice "
        "collected from a public source that its owner has not confirmed, never count.",
    },
    {
        "key": "EV",
        "name": "Interregional learning events",
        "unit": "learning events",
        "kind": IndicatorKind.OUTPUT,
        "rule_key": "events-held",
        "rule_version": 1,
        "definition": "A published learning event counts on its last day, once it is over, people from at "
        "least two countries are marked as present, and its attendance list and its agenda are attached.",
    },
    {
        "key": "ORG",
        "name": "Organisations with increased capacity",
        "unit": "organisations",
        "kind": IndicatorKind.RESULT,
        "rule_key": "organisations-with-capacity",
        "rule_version": 1,
        "definition": "An organisation counts once somebody it sent was present at a learning event and "
        "somebody it sent says in a survey that their competence grew. It counts once, however many people "
        "it sends to however many events. Only an organisation that is linked for sure counts, not one that "
        "somebody typed in.",
    },
    {
        "key": "PPL",
        "name": "People with increased capacity",
        "unit": "people",
        "kind": IndicatorKind.RESULT,
        "rule_key": "people-with-capacity",
        "rule_version": 1,
        "definition": "A person counts once they were present at a learning event and say in its survey that "
        "their competence grew. They count once, however many events they attend, and are never named here.",
    },
]
EDITABLE = {"name"}


def ensure_indicators():
    """Make the indicators that are missing and bring the rest up to date; names and codes that people
    changed stay.

    Returns one line for each indicator made.
    """
    made = []
    for order, facts in enumerate(INDICATORS, 1):
        follows = {name: value for name, value in facts.items() if name not in EDITABLE} | {"order": order}
        _, is_new = Indicator.objects.update_or_create(
            key=facts["key"], defaults=follows, create_defaults=facts | {"order": order}
        )
        if is_new:
            made.append(f"Made the indicator {facts['key']}.")
    return made
