"""What our rules say when something is not allowed."""

from django.core.exceptions import PermissionDenied


class Refused(PermissionDenied):
    """Not allowed, with the reason as a sentence for the person who tried."""
