"""Pages in the words of schema.org (JSON-LD), for programs. Nothing is said that the page hides."""

import json

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe

from events.choices import EventMode
from knowledge.choices import Licence, Origin
from knowledge.reading.marks import marks_of
from knowledge.reading.values import permanent_address
from network.addresses import full_address
from regions.choices import PointPrecision

LICENCES = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
}
MODES = {
    EventMode.ON_SITE: "OfflineEventAttendanceMode",
    EventMode.ONLINE: "OnlineEventAttendanceMode",
    EventMode.HYBRID: "MixedEventAttendanceMode",
}
FILES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
# In a script nothing that begins like a tag may stand, whoever wrote it; so written, JSON means the same.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}
LONGEST = 300


def script(things):
    """What is known of a page as one block of data, which no browser runs."""
    graph = {"@context": "https://schema.org", "@graph": [known(thing) for thing in things]}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


def shortened(text):
    """As much of a text as is shown where somebody shares the page, whole words of it."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] + " …"


def known(thing):
    """The thing without what is not known of it."""
    if isinstance(thing, dict):
        values = {name: known(value) for name, value in thing.items()}
        return {name: value for name, value in values.items() if value not in (None, "", [], {})}
    return [known(one) for one in thing] if isinstance(thing, list) else thing


def site():
    """The site and how one searches it."""
    return {
        "@type": "WebSite",
        "@id": full_address("/#site"),
        "name": settings.WAGTAIL_SITE_NAME,
        "url": full_address("/"),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": full_address(reverse("search")) + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def body(operator):
    """Who publishes: the body that runs the site, or the site while nobody real is named."""
    named = operator.is_named
    return {
        "@type": "Organization",
        "@id": full_address("/#publisher"),
        "name": operator.name if named else settings.WAGTAIL_SITE_NAME,
        "url": full_address("/"),
        "email": operator.email if named else "",
        "logo": full_address(static("favicon.svg")),
    }


def article(page, address, picture, operator):
    """A good practice or a policy instrument."""
    is_collected = page.origin == Origin.COLLECTED
    return {
        "@type": "Article",
        "@id": permanent_address(page),
        "identifier": page.reference,
        "url": address,
        "headline": page.title,
        "alternativeHeadline": page.title_original,
        "description": shortened(page.summary),
        "inLanguage": page.source_language,
        "datePublished": moment(page.first_published_at),
        "dateModified": moment(page.last_published_at),
        "image": picture and picture.url,
        "license": LICENCES.get(page.licence),
        # Who a source speaks of has not written what is said here.
        "author": None if is_collected else owner(page),
        "isBasedOn": page.collected_source.url if is_collected else None,
        "publisher": body(operator),
        "about": [
            {"@type": "Thing", "name": one.name, "url": full_address(one.get_absolute_url())}
            for one in marks_of(page).materials
        ],
        "spatialCoverage": places(page),
    }


def event(page, address, operator):
    """A learning event. Where it is joined online is told to those who take part, and not here."""
    status = getattr(page, "status", None) if page.pk else None
    is_off = bool(status and status.cancelled_at)
    return {
        "@type": "EducationEvent",
        "@id": permanent_address(page),
        "identifier": page.reference,
        "url": address,
        "name": page.title,
        "description": shortened(page.summary),
        "startDate": page.start and page.local_start.isoformat(),
        "endDate": page.end and page.local_end.isoformat(),
        "eventStatus": f"https://schema.org/{'EventCancelled' if is_off else 'EventScheduled'}",
        "eventAttendanceMode": f"https://schema.org/{MODES[EventMode(page.mode)]}",
        "location": locations(page, address),
        "inLanguage": list(page.languages),
        "organizer": owner(page) or body(operator),
    }


def locations(page, address):
    """Where an event is: a place, the web, or both."""
    found = []
    if page.is_on_site:
        name = page.venue or page.city
        where = ", ".join(part for part in (page.address, page.city) if part)
        found.append({"@type": "Place", "name": name, "address": where} if name else None)
    if page.mode != EventMode.ON_SITE:
        found.append({"@type": "VirtualLocation", "url": address})
    return [one for one in found if one]


def owner(page):
    """The organisation a page belongs to, linked or as it is stated."""
    name = page.organisation.name if page.organisation else page.organisation_as_stated
    if not name:
        return None
    website = page.organisation.website if page.organisation else ""
    return {"@type": "Organization", "name": name, "url": website}


def places(page):
    return [
        {
            "@type": "AdministrativeArea",
            "name": one.name,
            "identifier": one.code,
            "url": full_address(one.get_absolute_url()),
        }
        for one in marks_of(page).regions
    ]


def region(region, address):
    """A region with its code; a point only where it is the region's own."""
    is_own = region.point != PointPrecision.COUNTRY and region.latitude is not None
    return {
        "@type": "AdministrativeArea",
        "@id": address,
        "url": address,
        "name": region.name,
        "alternateName": region.name_local,
        "identifier": {"@type": "PropertyValue", "propertyID": "NUTS", "value": region.code},
        "geo": {"@type": "GeoCoordinates", "latitude": region.latitude, "longitude": region.longitude}
        if is_own
        else None,
    }


def material(material, address):
    """A raw material as a term of the site's list."""
    return {
        "@type": "DefinedTerm",
        "@id": address,
        "url": address,
        "name": material.name,
        "alternateName": material.symbol,
        "termCode": material.code,
        "inDefinedTermSet": full_address(reverse("materials")),
    }


def dataset(name, description, path, kind, operator):
    """All pages of one kind, which can be had as files."""
    return {
        "@type": "Dataset",
        "@id": full_address(path) + "#dataset",
        "url": full_address(path),
        "name": name,
        "description": description,
        "isAccessibleForFree": True,
        "creator": body(operator),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": form,
                "contentUrl": full_address(f"{reverse('search_export', args=[ending])}?kind={kind}"),
            }
            for ending, form in FILES.items()
        ],
    }


def trail(crumbs, title, address):
    """The way from the first page to this one."""
    steps = [*((label, full_address(url)) for label, url in crumbs if url), (title, address)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": str(label), "item": item}
            for number, (label, item) in enumerate(steps, start=1)
        ],
    }


def moment(time):
    return time and time.isoformat(timespec="seconds")
