"""Values in words: places, dates, sums, links."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.urls import NoReverseMatch, reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from knowledge.fields import date_bounds
from language.typed import as_key
from network.addresses import full_address
from regions.choices import Stage
from regions.models import Region

MILLION = 1_000_000


def not_stated():
    return _("not stated")


def permanent_address(page):
    """The address that never changes, complete with the site's name."""
    return full_address(reverse("permanent_address", args=[page.permanent_id]))


def stages(marks):
    """All seven stages in their order, each with its weight in `marks`, which is {stage: weight}."""
    return [
        {"key": stage.value, "name": stage.label, "weight": marks.get(stage.value, "")} for stage in Stage
    ]


def stages_of(page):
    """The page's seven stages."""
    return stages({mark.stage: mark.weight for mark in page.stage_marks.all()})


def money(amount):
    """A sum in euro: €410,000, €4.3 million or €5,000 million."""
    if amount is None:
        return ""
    if amount >= MILLION:
        # A half goes up, as everybody who checks the figure by hand does it.
        millions = (Decimal(amount) / MILLION).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return _("€%(number)s million") % {"number": in_figures(millions, 1)}
    return "€" + in_figures(amount, 2)


def in_figures(number, places):
    """A number in the reader's way of writing; places behind the point only where there is something."""
    places = 0 if number == int(number) else places
    return formats.number_format(number, decimal_pos=places, use_l10n=True, force_grouping=True)


def partial_date(text):
    """A date as exact as it is known: 2016, May 2014, 17 May 2014."""
    if not text:
        return ""
    first = date_bounds(text)[0]
    if len(text) == 4:
        return text
    return formats.date_format(first, "F Y" if len(text) == 7 else "j F Y")


def day(moment):
    """The day of a moment, in the site's time zone."""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment)
    return formats.date_format(moment, "j F Y") if moment else ""


def link(label, url=""):
    return {"label": label, "url": url}


def address(thing):
    """The address of a region or material, empty where the site has no page for it."""
    try:
        return thing.get_absolute_url()
    except NoReverseMatch:
        return ""


def with_parents(regions):
    """These regions with what they lie in, in one query, in the order of their codes."""
    ids = [region.pk for region in regions]
    return list(Region.objects.filter(pk__in=ids).select_related("parent__parent__parent").order_by("code"))


def above(region):
    """What a region lies in, the smallest first."""
    while region := region.parent:
        yield region


def country_of(region):
    """The country a region lies in; itself when it is one, or the topmost that is known."""
    return [region, *above(region)][-1]


def compared(name):
    """A name as it is compared with others."""
    return as_key(name).casefold()


def place(region):
    """Region first, then country, code in brackets: Extremadura, Spain (ES43)."""
    country = country_of(region)
    name = region.name if country == region else f"{region.name}, {country.name}"
    return f"{name} ({region.code})"


def places(page, regions):
    """Where the page's subject is, as links; in words where no region says it."""
    found = [link(place(region), address(region)) for region in regions]
    names = {
        compared(name)
        for region in regions
        for one in (region, *above(region))
        for name in (one.name, one.name_local)
    }
    # Sources often repeat the name of the region or of one that it lies in, or say "Austria (national)".
    if page.place and compared(page.place.partition(" (")[0]) not in names:
        # Beside a region it is no second region.
        words = _("place as stated: %(place)s") if found else "%(place)s"
        found.append(link(words % {"place": page.place}))
    if page.scope != "regional":
        found.append(link(page.get_scope_display()))
    return found


def materials(of_page):
    """These materials as links, critical and strategic ones marked."""
    found = []
    for material in of_page:
        label = material.name
        if material.is_strategic:
            label = _("%(name)s (strategic)") % {"name": label}
        elif material.is_critical:
            label = _("%(name)s (critical)") % {"name": label}
        found.append(link(label, address(material)))
    return found


def owner(page):
    """The owner organisation in words, linked or as the source states it."""
    if page.organisation:
        kind = page.organisation.get_organisation_type_display()
        return f"{page.organisation.name}, {kind[:1].lower()}{kind[1:]}" if kind else page.organisation.name
    return page.organisation_as_stated


def crumbs(page, regions, request):
    """Home, section, first region."""
    section = page.get_parent()
    found = [(_("Home"), "/")]
    if section:
        found.append((section.title, section.get_url(request) or ""))
    if regions:
        found.append((regions[0].name, address(regions[0])))
    return found


def labels(choices, chosen):
    """The names of the values chosen from a closed list."""
    return ", ".join(str(choices(value).label) for value in chosen)


def name_of(choices, value):
    """What a value of a closed list is called; one that left the list, as it stands."""
    return dict(choices.choices).get(value, value)


def kept(facts):
    """Facts with “not stated” where nothing is known."""
    return [(label, value or not_stated()) for label, value in facts]


def known(facts):
    """Only the facts of which something is known."""
    return [(label, value) for label, value in facts if value]
