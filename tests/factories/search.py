import itertools
import time

from django.utils import timezone

from regions.choices import Stage
from search.documents import Document
from search.models import SearchDocument

serial_numbers = itertools.count(1)


def findable(
    title="A practice",
    kind="practice",
    *,
    summary="",
    body="",
    facets=None,
    numbers=None,
    names=(),
    **display,
):
    """An item that search finds, without the page it tells of; more values go onto its card."""
    number = next(serial_numbers)
    document = Document(
        texts={"en": {"title": title, "summary": summary, "body": body}},
        names=names,
        facets=facets or {},
        numbers=numbers or {},
        newest=number,
        display={"url": f"/found/{number}/", "title": title, "summary": summary, "kind_label": kind}
        | display,
    )
    return SearchDocument.objects.create(
        key=f"{kind}:{10**6 + number}",
        kind=kind,
        dirty=False,
        dirty_since=timezone.now(),
        version=time.time_ns() // 1000 + number,
        **document.as_row(),
    )


def stages(**weights):
    """Seven stages for a card: `stages(recycling="main", use="touched")`; post_mining for post-mining."""
    return [
        {"key": stage, "name": str(label), "weight": weights.get(stage.replace("-", "_"), "")}
        for stage, label in Stage.choices
    ]
