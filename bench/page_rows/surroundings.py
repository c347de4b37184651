"""What all pages point to: organisations, a project with its promises, regions and materials."""

from datetime import UTC, date, datetime, timedelta

from bench.corpus import Corpus
from bench.page_rows.writing import create
from knowledge.choices import Weight
from knowledge.models import KnowledgePage, StageMark
from network.models import Organisation, Project
from progress.models import Indicator, ReportingPeriod, Target
from progress.periods import six_month_periods
from regions.models import FocusArea, RawMaterial, Region

ORGANISATIONS = 50
# Every tenth page belongs to the project and counts for it.
COUNTED_EVERY, COUNTED = 10, 8
FIRST_PUBLISHED, FIRST_COUNTED = datetime(2015, 1, 1, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC)
PROJECT_BEGINS, PROJECT_ENDS = date(2024, 1, 1), date(2028, 6, 30)


class Surroundings:
    """Writes organisations and a project, and knows the site's vocabulary."""

    def __init__(self):
        self.corpus = Corpus()
        self.regions = Region.objects.filter(level=2).in_bulk(field_name="code")
        self.materials = RawMaterial.objects.in_bulk(field_name="code")
        self.areas = list(FocusArea.objects.order_by("code"))
        places = sorted(self.regions.values(), key=lambda region: region.code)
        self.organisations = create(
            Organisation,
            [
                Organisation(
                    name=f"Regional authority of {region.name}",
                    organisation_type="regional-authority",
                    region=region,
                )
                for region in places[:ORGANISATIONS]
            ],
        )
        self.project = make_project()

    def organisation(self, number):
        return self.organisations[number % len(self.organisations)]

    def item_beside(self, number, texts_from):
        """An item with a text of its own that is about what the practice of this number is about, so that a
        small site has something of every kind about its first regions and materials."""
        practice = self.corpus.item(number)
        about = {name: practice[name] for name in ("region", "materials", "stages")}
        return self.corpus.item(texts_from + number) | about

    def fields(self, number, item):
        """What every kind of page takes from an item of the corpus, and whose it is."""
        return {
            "title": item["title"],
            "summary": item["summary"],
            "organisation": self.organisation(number),
            "project": self.project if number % COUNTED_EVERY == COUNTED else None,
            "first_published_at": FIRST_PUBLISHED + timedelta(hours=number % 90_000),
        }

    def link(self, pages, items):
        """Write where these pages are and what they are about."""
        regions, materials, areas = (
            getattr(KnowledgePage, name).through for name in ("regions", "raw_materials", "focus_areas")
        )
        both = list(zip(pages, items, strict=True))
        create(
            regions,
            [regions(knowledgepage_id=page.pk, region=self.regions[item["region"]]) for page, item in both],
        )
        create(
            materials,
            [
                materials(knowledgepage_id=page.pk, rawmaterial=self.materials[code])
                for page, item in both
                for code in item["materials"]
            ],
        )
        create(
            areas,
            [
                areas(knowledgepage_id=page.pk, focusarea=self.areas[item["number"] % len(self.areas)])
                for page, item in both
            ],
        )
        create(
            StageMark,
            [
                StageMark(
                    page_id=page.pk,
                    stage=stage,
                    weight=Weight.TOUCHED if place else Weight.MAIN,
                    sort_order=place,
                )
                for page, item in both
                for place, stage in enumerate(item["stages"])
            ],
        )


def make_project():
    """The one project, with targets and six-month periods, so that the page of progress shows its charts."""
    project = Project.objects.create(
        acronym="BENCH", title="Made-up project", start=PROJECT_BEGINS, end=PROJECT_ENDS
    )
    create(
        Target,
        [
            Target(project=project, indicator=indicator, value=20, planned="2, 4, 6, 8, 10, 12, 14, 16, 20")
            for indicator in Indicator.objects.all()
        ],
    )
    create(
        ReportingPeriod,
        [
            ReportingPeriod(project=project, number=number, start=first, end=last)
            for number, first, last in six_month_periods(PROJECT_BEGINS, PROJECT_ENDS)
        ],
    )
    return project


def counted_at(number):
    """When an officer let the thing with this number count."""
    return FIRST_COUNTED + timedelta(days=number % 900)
