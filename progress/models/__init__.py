from progress.models.indicator import Indicator, Target
from progress.models.period import ReportingPeriod, Snapshot

__all__ = ["Indicator", "ReportingPeriod", "Snapshot", "Target"]
