"""What every engine takes and gives, so that one suite of tests holds them all to the same contract."""

from dataclasses import dataclass, field


class EngineFailed(Exception):  # noqa: N818
    """The engine cannot answer now; another one may."""


class IndexMissing(EngineFailed):
    """There is no usable index: it has to be built from the projection."""


class RowsRefused(EngineFailed):
    """The engine works and refused what it was given: one of the rows spoils the others."""


class NotVerified(EngineFailed):
    """A new index does not hold what it was given; the one before goes on answering."""


@dataclass(frozen=True)
class FoundItem:
    """One item as the engine found it; its card comes from the projection."""

    key: str
    score: float = 0.0
    highlights: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """An engine's answer: items of one page, exact total, counts by facet and by kind."""

    total: int = 0
    items: list[FoundItem] = field(default_factory=list)
    facets: dict = field(default_factory=dict)
    kinds: dict = field(default_factory=dict)
