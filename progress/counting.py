"""The counting rules: one function per indicator, from rows to the records behind a number.

The number is how many records there are; the page, the home page, the CSV files, the locked figures and the
tests all ask here. The rules in words stand in progress.indicators; change both together, with the version.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from events.people import country_names
from network import kept
from progress import queries

EXAMPLE = "Example"


@dataclass(frozen=True)
class CountedRecord:
    """One thing that counts, since when and why. An address is empty where nothing public can be opened, the
    day of what no longer counts."""

    id: str
    title: str
    url: str
    date: date | None
    project: str
    region: str
    because: str
    because_url: str = ""
    is_example: bool = False


def instruments_improved(project=None, until=None):
    """Published instruments with at least one validated and proved change, since the first one."""
    first = {}
    for change in queries.validated_changes(project):
        first.setdefault(change.instrument_id, change)
    changes = [change for change in first.values() if day(change.validated_at) <= last_day(until)]
    describe = page_describer([change.instrument for change in changes])
    return [
        describe(
            change.instrument,
            day(change.validated_at),
            change.title,
            is_example=is_example(change.title, change.instrument.title),
        )
        for change in changes
    ]


def practices_counted(project=None, until=None):
    """Published practices an officer has decided to count, never one that is only collected."""
    validations = [
        validation
        for validation in queries.counted_practices(project)
        if day(validation.at) <= last_day(until)
    ]
    describe = page_describer([validation.page for validation in validations])
    because = _("Checked and counted by an officer")
    return [
        describe(
            validation.page,
            day(validation.at),
            because,
            is_example=is_example(validation.page.title, str(validation.page.organisation or "")),
        )
        for validation in validations
    ]


def events_held(project=None, until=None):
    """Published events that are over, with people present from two countries, list and agenda."""
    documented = [event for event in queries.documented_events(project) if is_over(event, until)]
    countries = queries.countries_present([event.pk for event in documented])
    events = [event for event in documented if len(countries[event.pk]) >= 2]
    describe, names = page_describer(events), country_names()
    because = _("Attendance list and agenda; people present from %(countries)s")
    return [
        describe(
            event,
            event.last_day,
            because % {"countries": ", ".join(sorted(names.get(code, code) for code in countries[event.pk]))},
            is_example=is_example(event.title),
        )
        for event in events
    ]


def organisations_with_capacity(project=None, until=None):
    """Linked organisations that sent somebody to an event and of which somebody says they learned."""
    standing = queries.merged_organisations()

    def organisation_of(registration):
        organisation = registration.participant.organisation
        return organisation and standing.get(organisation.pk, organisation)

    since = capacity_since(organisation_of, project, until)
    learned = event_describer(since)
    return [
        learned(
            counted_on,
            first,
            id=f"organisation-{organisation.pk}",
            title=organisation.name,
            region=organisation.region.name if organisation.region else "",
            is_example=is_example(organisation.name, first.event.title),
        )
        for organisation, (counted_on, first) in since.items()
    ]


def people_with_capacity(project=None, until=None):
    """People who were present at an event and say that they learned. They are not named."""
    since = capacity_since(lambda registration: registration.participant, project, until)
    learned, names = event_describer(since), country_names()
    return [
        learned(
            counted_on,
            first,
            id=f"person-{person.uuid}",
            title=_("Person %(number)s") % {"number": person.uuid.hex[:8]},
            region=names.get(person.country, person.country),
            is_example=is_example(first.event.title, person.organisation_name, person.name),
        )
        for person, (counted_on, first) in since.items()
    ]


def capacity_since(who, project, until):
    """Since which day each one that `who` finds behind a place counts, and by which positive answer."""
    attended, answered = {}, {}
    for registration in queries.attended_registrations(project):
        if (one := who(registration)) and is_over(registration.event, until):
            attended.setdefault(one, registration.event.last_day)
    answers = sorted(
        queries.positive_registrations(project),
        key=lambda registration: registration.survey_answer.answered_at,
    )
    for registration in answers:
        if one := who(registration):
            answered.setdefault(one, registration)
    since = {
        one: (max(attended[one], day(registration.survey_answer.answered_at)), registration)
        for one, registration in answered.items()
        if one in attended
    }
    return {one: found for one, found in since.items() if found[0] <= last_day(until)}


def page_describer(pages):
    """A function from a page and what makes it count to its record; it reads once for all pages."""
    addresses, regions = queries.page_addresses(pages), queries.region_names(pages)

    def describe(page, counted_on, because, *, is_example):
        is_public = page.pk in addresses
        return CountedRecord(
            id=f"page-{page.permanent_id}",
            title=page.title if is_public else _("Not open to everybody"),
            url=addresses.get(page.pk, ""),
            date=counted_on,
            project=page.project.acronym if page.project else "",
            region=", ".join(regions[page.pk]) if is_public else "",
            because=because if is_public else "",
            is_example=is_example,
        )

    return describe


def event_describer(since):
    """The same for those who learned at an event: it is the event that makes them count."""
    addresses = queries.page_addresses(registration.event for _day, registration in since.values())

    def describe(counted_on, registration, **facts):
        event = registration.event
        return CountedRecord(
            date=counted_on,
            project=event.project.acronym if event.project else "",
            url="",
            because=event.title if event.pk in addresses else _("An event that is not open to everybody"),
            because_url=addresses.get(event.pk, ""),
            **facts,
        )

    return describe


def day(moment):
    """The day of a moment on the site's own clock."""
    return timezone.localtime(moment).date()


def last_day(until):
    """The last day that counts: the one that was asked for, or today."""
    return until or timezone.localdate()


def is_over(event, until):
    """Whether an event has ended by the end of that day; today it is the clock that decides."""
    if not event.is_dated:
        return False
    ended, now = event.last_day, timezone.now()
    if ended != last_day(until):
        return ended < last_day(until)
    if event.end > now:
        kept.until(event.end)
    return event.end <= now


def is_example(*texts):
    """Whether a record was only made up to show the site: examples say so where they begin."""
    return any(text.startswith(EXAMPLE) for text in texts)


RULES = {
    "instruments-improved": instruments_improved,
    "practices-counted": practices_counted,
    "events-held": events_held,
    "organisations-with-capacity": organisations_with_capacity,
    "people-with-capacity": people_with_capacity,
}


def counted(indicator, project=None, until=None):
    """The records behind an indicator's number, the newest first: of one project, or of all."""
    records = RULES[indicator.rule_key](project, until)
    return sorted(records, key=lambda record: (-record.date.toordinal(), record.title, record.id))
