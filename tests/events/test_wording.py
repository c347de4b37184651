from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from events import wording
from events.models import LearningEventPage

pytestmark = pytest.mark.django_db
ATHENS = ZoneInfo("Europe/Athens")


@pytest.mark.parametrize(
    ("end", "when"),
    [
        (datetime(2027, 3, 11, 0, 0, tzinfo=ATHENS), "10 March 2027, 18:00–00:00 EET"),
        (datetime(2027, 3, 11, 0, 1, tzinfo=ATHENS), "10–11 March 2027"),
        (datetime(2027, 3, 12, 0, 0, tzinfo=ATHENS), "10–11 March 2027"),
    ],
)
def test_an_event_that_ends_at_midnight_ends_with_the_day_before(end, when):
    start = datetime(2027, 3, 10, 18, 0, tzinfo=ATHENS)
    event = LearningEventPage(start=start, end=end, timezone="Europe/Athens")

    assert wording.when(event) == when
