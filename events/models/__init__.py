from events.models.event import LearningEventPage

__all__ = ["LearningEventPage"]
