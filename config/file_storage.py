"""Where files lie that no address leads to."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class PrivateFiles(FileSystemStorage):
    """Documents, original pictures, unfinished uploads: views hand them out, after asking for whom.

    It is the default storage, so that whatever nobody thought of is not public either.
    """

    @property
    def base_location(self):
        return settings.FILES_ROOT

    @property
    def location(self):
        return str(Path(settings.FILES_ROOT).absolute())

    def url(self, name):
        raise NotImplementedError("A private file has no address of its own.")
