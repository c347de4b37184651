"""An event that was called off says so wherever it is listed."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from events.models import EventStatus
from tests.factories import LearningEventPageFactory
from tests.factories.regions import RegionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("embedded_only")]


@pytest.fixture
def called_off(committed):
    """Two events of one region, of which one does not take place."""
    with committed():
        region = RegionFactory(code="SE332", name="Norrbotten")
        event = LearningEventPageFactory(title="Called off", regions=[region])
        LearningEventPageFactory(title="Takes place", regions=[region])
        EventStatus.objects.create(event=event, cancelled_at=timezone.now(), cancel_reason="Flooded")


@pytest.mark.parametrize("address", ["/search/?kind=event", "/regions/SE332/"])
def test_a_cancelled_event_says_so_in_results_and_on_the_page_of_its_region(called_off, client, address):
    page = BeautifulSoup(client.get(address).content, "html.parser")

    entries = {
        link.get_text(strip=True): "Cancelled" in link.find_parent(["li", "article", "tr"]).get_text()
        for link in page.main.select("h2 a, h3 a")
        if link.get_text(strip=True) in ("Called off", "Takes place")
    }
    assert entries == {"Called off": True, "Takes place": False}
