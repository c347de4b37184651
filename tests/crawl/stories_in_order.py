"""All stories; telling them here is what makes them known."""

from tests.crawl import (
    stories_at_events,
    stories_of_officers,
    stories_of_pages,
    stories_of_search,
    stories_of_words,
)
from tests.crawl.stories import stories

__all__ = [
    "stories",
    "stories_at_events",
    "stories_of_officers",
    "stories_of_pages",
    "stories_of_search",
    "stories_of_words",
]
