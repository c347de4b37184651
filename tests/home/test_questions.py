"""How many questions each kind of page asks the database when it is drawn for somebody who is not signed in,
by a process that has drawn others before."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.models import Picture, SourceDocument
from tests.factories.events import LearningEventPageFactory, RegistrationFactory
from tests.factories.knowledge import EvidenceFactory, GoodPracticePageFactory, PolicyInstrumentPageFactory
from tests.factories.network import OrganisationFactory, ProjectFactory
from tests.factories.progress import (
    TargetFactory,
    counted_event,
    counted_practice,
    indicator,
    learned,
    validated_change,
)
from tests.factories.regions import RawMaterialFactory, RegionFactory
from tests.knowledge.full_pages import full_instrument, full_practice
from tests.knowledge.picture_files import jpeg

# What remembered values hold under is a committed number.
pytestmark = pytest.mark.django_db(transaction=True)


def practice(size):
    page = full_practice(size)
    page.picture = Picture.objects.create(
        title="Pond", file=ContentFile(jpeg(), "pond.jpg"), description="A pond", credit="Aino"
    )
    for number in range(size):
        EvidenceFactory(page=page, document=document(f"Report {number}"))
        GoodPracticePageFactory(regions=page.regions.all(), raw_materials=page.raw_materials.all())
    page.save_revision().publish()
    return page.url


def document(title):
    return SourceDocument.objects.create(title=title, file=ContentFile(b"%PDF-1.4", f"{title}.pdf"))


def instrument(size):
    return full_instrument(size).url


def event(size):
    page = LearningEventPageFactory(
        organisation=OrganisationFactory(),
        practices=[GoodPracticePageFactory(regions=[RegionFactory()]) for _ in range(size)],
        instruments=[PolicyInstrumentPageFactory() for _ in range(size)],
    )
    for number in range(size):
        first = page.start.time()
        page.agenda_items.create(
            day=page.start.date(), start=first, end=(page.start + timedelta(hours=1)).time(), title="Talk"
        )
        page.materials.create(title=f"Slides {number}", document=document(f"Slides {number}"))
        RegistrationFactory(event=page)
    page.save_revision().publish()
    return page.url


def region(size):
    whole = RegionFactory(code="SE3", name="North")
    for number in range(size):
        part = RegionFactory(code=f"SE3{number}", parent=whole)
        OrganisationFactory(region=part)
        GoodPracticePageFactory(regions=[part], raw_materials=[RawMaterialFactory()])
        PolicyInstrumentPageFactory(regions=[part])
        LearningEventPageFactory(regions=[part])
    return whole.get_absolute_url()


def material(size):
    lithium = RawMaterialFactory(code="lithium")
    for _ in range(size):
        about = {"regions": [RegionFactory()], "raw_materials": [lithium]}
        GoodPracticePageFactory(**about)
        PolicyInstrumentPageFactory(**about)
        LearningEventPageFactory(**about)
    return lithium.get_absolute_url()


def everything_that_counts(size):
    for _ in range(size):
        project = ProjectFactory()
        TargetFactory(project=project, indicator=indicator("GP"))
        where = {"regions": [RegionFactory()], "project": project}
        counted_practice(**where)
        counted_event(**where)
        validated_change(PolicyInstrumentPageFactory(**where))
        learned(LearningEventPageFactory(days=-2), organisation=OrganisationFactory(region=RegionFactory()))
        LearningEventPageFactory(**where)


def front_page(size):
    everything_that_counts(size)
    return "/"


def progress(size):
    everything_that_counts(size)
    return "/progress/"


AT_MOST = {
    practice: 14,
    instrument: 14,
    event: 14,
    region: 12,
    material: 12,
    front_page: 16,
    progress: 16,
}


def questions(client, address):
    """How many questions the page asks once the process has drawn it before."""
    # The first time the sizes of its pictures are made, which changes the content.
    assert [client.get(address).status_code for _ in range(2)] == [200, 200]
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return [question["sql"] for question in asked]


@pytest.mark.parametrize("make", AT_MOST, ids=lambda make: make.__name__)
def test_a_page_asks_few_questions_and_as_many_for_five_of_everything(client, make):
    one = questions(client, make(1))
    five = questions(client, make(5))

    assert len(five) == len(one) <= AT_MOST[make]


def test_a_page_in_a_site_with_closed_parts_asks_no_more(client):
    address = practice(1)
    open_site = len(questions(client, address))

    closed = GoodPracticePageFactory()
    closed.view_restrictions.create(restriction_type="login")

    assert len(questions(client, address)) == open_site
    assert client.get(closed.url).status_code == 302


def test_showing_a_picture_writes_nothing(client):
    asked = questions(client, practice(1))

    assert [sql for sql in asked if not sql.lstrip("(").startswith("SELECT")] == []
    assert [sql for sql in asked if "django_cache" in sql] == []


def test_what_is_remembered_is_gone_when_the_content_changes(client):
    text = "Tailings made into tiles"
    address = front_page(1)
    client.get(address)

    validated_change(PolicyInstrumentPageFactory(), title=text)

    assert text in client.get(address).content.decode()
