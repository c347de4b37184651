from django.dispatch import receiver
from wagtail.signals import page_published

from events import registration
from events.models import LearningEventPage


# A page is published from the editor, by the review or by the clock; only this signal sees all three. People
# with a place must learn of a new time or place, whoever published it.
@receiver(page_published, sender=LearningEventPage, dispatch_uid="events.announce")
def announce_time_and_place(instance, **kwargs):
    registration.announce(instance)
