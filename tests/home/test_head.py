"""What programs are told of a page: one title, description and address, a picture, data they can read."""

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from events import registration
from events.models import JoinLink
from home.models import Operator, TextPage
from knowledge.models import Picture
from tests.factories import (
    CollectedSourceFactory,
    GoodPracticePageFactory,
    LearningEventPageFactory,
    OrganisationFactory,
    PolicyInstrumentPageFactory,
    RawMaterialFactory,
    RegionFactory,
    UserFactory,
)
from tests.knowledge.picture_files import jpeg

pytestmark = pytest.mark.django_db
SITE = "https://adit.example"
BREAKS_OUT = "</script><script>alert(1)</script><!-- & ' \""


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = SITE


class Head:
    """The head of a page as a program reads it."""

    def __init__(self, answer):
        self.html = answer.content.decode().partition("</head>")[0]
        self.data = [
            json.loads(text) for text in self.all(r'<script type="application/ld\+json">(.*?)</script>')
        ]
        self.graph = {one["@type"]: one for block in self.data for one in block["@graph"]}

    def all(self, pattern):
        return [unescape(found) for found in re.findall(pattern, self.html, re.DOTALL)]

    def meta(self, name):
        return self.all(rf'<meta (?:name|property)="{name}" content="(.*?)">')

    @property
    def canonical(self):
        return self.all(r'<link rel="canonical" href="(.*?)">')


def head(client, path, **options):
    answer = client.get(path, **options)
    assert answer.status_code == 200, path
    return Head(answer)


def all_kinds():
    """One public page of every kind: {its path: the types of its data}."""
    region, material = RegionFactory(), RawMaterialFactory()
    crumbs = "BreadcrumbList"
    return {
        "/": {"WebSite", "Organization"},
        "/privacy/": set(),
        "/about/": set(),
        "/search/?q=mine": set(),
        "/good-practices/": {"Dataset"},
        "/policy-instruments/": {"Dataset"},
        "/good-practices/?stage=use": set(),
        "/events/": set(),
        "/regions/": set(),
        "/materials/": set(),
        "/progress/": set(),
        GoodPracticePageFactory(regions=[region], raw_materials=[material]).url: {"Article", crumbs},
        PolicyInstrumentPageFactory(regions=[region]).url: {"Article", crumbs},
        LearningEventPageFactory().url: {"EducationEvent", crumbs},
        region.get_absolute_url(): {"AdministrativeArea", crumbs},
        material.get_absolute_url(): {"DefinedTerm", crumbs},
    }


def test_every_public_page_has_one_of_each_and_says_what_it_is(client):
    for path, types in all_kinds().items():
        page = head(client, path, headers={"host": "localhost"})

        counts = [len(page.all("<title>(.*?)</title>")), len(page.canonical)]
        counts += [
            len(page.meta(name)) for name in ("description", "og:title", "og:url", "og:image", "og:type")
        ]
        assert (path, counts) == (path, [1] * 7)
        assert (path, set(page.graph)) == (path, types)
        assert page.canonical[0].startswith(f"{SITE}/") or "?" in path or path.count("/") == 2
        assert page.meta("og:url") == page.canonical
        assert page.meta("og:image")[0].startswith(f"{SITE}/")
        assert page.meta("description")[0]


def test_a_practice_says_who_wrote_it_about_what_where_and_under_which_licence(client):
    region = RegionFactory(code="FI1D7", name="Lappi")
    lithium = RawMaterialFactory(code="lithium", name="Lithium")
    owner = OrganisationFactory(name="Lapland Council", website="https://lapland.example/")
    page = GoodPracticePageFactory(
        title="One desk for every permit",
        summary="A desk was opened.",
        regions=[region],
        raw_materials=[lithium],
        organisation=owner,
        first_published_at=datetime(2026, 5, 1, 8, tzinfo=UTC),
        last_published_at=datetime(2026, 6, 1, 8, tzinfo=UTC),
    )

    about = head(client, page.url).graph

    assert about["Article"] == {
        "@type": "Article",
        "@id": f"{SITE}/id/{page.permanent_id}/",
        "identifier": page.reference,
        "url": SITE + page.url,
        "headline": "One desk for every permit",
        "description": "A desk was opened.",
        "inLanguage": "en",
        "datePublished": "2026-05-01T08:00:00+00:00",
        "dateModified": "2026-06-01T08:00:00+00:00",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "author": {"@type": "Organization", "name": "Lapland Council", "url": "https://lapland.example/"},
        "publisher": {
            "@type": "Organization",
            "@id": f"{SITE}/#publisher",
            "name": "Adit",
            "url": f"{SITE}/",
            "logo": f"{SITE}/static/favicon.svg",
        },
        "about": [{"@type": "Thing", "name": "Lithium", "url": f"{SITE}/materials/lithium/"}],
        "spatialCoverage": [
            {
                "@type": "AdministrativeArea",
                "name": "Lappi",
                "identifier": "FI1D7",
                "url": f"{SITE}/regions/FI1D7/",
            }
        ],
    }
    steps = about["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "Home", f"{SITE}/"),
        (2, "Good practices", f"{SITE}/good-practices/"),
        (3, "Lappi", f"{SITE}/regions/FI1D7/"),
        (4, "One desk for every permit", SITE + page.url),
    ]


def test_whom_a_source_speaks_of_is_not_called_the_author(client):
    page = GoodPracticePageFactory(organisation_as_stated="Town of Kiruna")
    CollectedSourceFactory(page=page, url="https://source.example/57")

    article = head(client, page.url).graph["Article"]

    assert ("author" in article, article["isBasedOn"]) == (False, "https://source.example/57")


def test_nothing_that_somebody_wrote_breaks_out_of_the_data(client):
    page = GoodPracticePageFactory(
        title=f"A {BREAKS_OUT}"[:100], summary=BREAKS_OUT, organisation_as_stated=BREAKS_OUT
    )

    read = head(client, page.url)

    assert read.graph["Article"]["description"] == BREAKS_OUT
    assert read.graph["Article"]["author"]["name"] == BREAKS_OUT
    assert "<script>alert" not in client.get(page.url).content.decode()


def test_an_event_tells_when_and_where_and_never_how_it_is_joined(client):
    start = timezone.now().replace(microsecond=0) + timedelta(days=30)
    page = LearningEventPageFactory(
        mode="hybrid",
        venue="Town hall",
        city="Kiruna, Sweden",
        address="1 Main Street",
        timezone="Europe/Athens",
        start=start,
        end=start + timedelta(hours=2),
    )
    JoinLink.objects.create(event=page, url="https://meet.example/secret")

    answer = client.get(page.url)
    event = Head(answer).graph["EducationEvent"]

    assert event["location"] == [
        {"@type": "Place", "name": "Town hall", "address": "1 Main Street, Kiruna, Sweden"},
        {"@type": "VirtualLocation", "url": SITE + page.url},
    ]
    assert event["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert datetime.fromisoformat(event["startDate"]) == start and event["startDate"][-6:] in (
        "+02:00",
        "+03:00",
    )
    assert "meet.example" not in answer.content.decode()


def test_an_event_that_was_called_off_says_so(client):
    page = LearningEventPageFactory()
    registration.cancel_event(page, "Snow", by=UserFactory())

    event = head(client, page.url).graph["EducationEvent"]

    assert event["eventStatus"] == "https://schema.org/EventCancelled"


def test_the_body_that_runs_the_site_publishes_it_once_it_is_named(client):
    Operator.objects.create(site=Site.objects.get(), name="Lapland Council", email="office@lapland.example")
    named = head(client, "/").graph["Organization"]
    Operator.objects.update(is_example=True)
    example = head(client, "/").graph["Organization"]

    assert (named["name"], named["email"]) == ("Lapland Council", "office@lapland.example")
    assert (example["name"], "email" in example) == ("Adit", False)


def test_a_list_as_a_whole_is_a_set_of_data_that_can_be_had_as_files(client):
    GoodPracticePageFactory()

    data = head(client, "/good-practices/").graph["Dataset"]

    addresses = [file["contentUrl"] for file in data["distribution"]]
    assert addresses == [
        f"{SITE}/search/results.{ending}?kind=practice" for ending in ("csv", "xlsx", "json")
    ]
    for file in data["distribution"]:
        answer = client.get(file["contentUrl"].removeprefix(SITE))
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith(file["encodingFormat"])
        assert b"".join(answer.streaming_content)


def test_the_picture_of_a_practice_stands_for_it_where_it_is_shared(client):
    picture = Picture.objects.create(
        title="Pond",
        description="A pond where a pit was",
        credit="Aino",
        licence="cc-by-4.0",
        file=ContentFile(jpeg(), name="pond.jpg"),
    )
    page = GoodPracticePageFactory(picture=picture)

    read = head(client, page.url)

    (shared,) = read.meta("og:image")
    assert shared.startswith(f"{SITE}/media/images/")
    assert read.graph["Article"]["image"] == shared
    assert read.meta("og:image:alt") == ["A pond where a pit was"]
    file = client.get(shared.removeprefix(SITE))
    assert (file.status_code, bool(b"".join(file.streaming_content))) == (200, True)


def test_what_is_not_public_asks_not_to_be_listed(client, signed_in):
    ada = UserFactory(is_superuser=True)
    draft = GoodPracticePageFactory(live=False, title="Secret plan")
    draft.save_revision(user=ada)
    text = TextPage.objects.get(slug="about")
    text.save_revision(user=ada)
    client = signed_in(ada)

    for page in (draft, text):
        preview = head(client, reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        assert (preview.meta("robots"), preview.canonical, preview.data) == (["noindex"], [], [])
    for path in ("/account/password/reset/", "/account/2fa/"):
        assert Head(client.get(path, follow=True)).meta("robots") == ["noindex"]


def test_a_long_summary_ends_with_a_whole_word(client):
    page = GoodPracticePageFactory(summary="Ore\n was found. " * 40)

    (description,) = head(client, page.url).meta("description")

    assert len(description) <= 302
    assert re.fullmatch(r"(?:Ore was found\. )*(?:Ore|Ore was|Ore was found\.)? ?…", description)
