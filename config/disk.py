"""Whether there is room left where the site keeps its data."""

import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

# Less than this is told of: some hundred megabytes are gone with one import of pictures.
NEARLY_FULL = 500 * 1024 * 1024
# As much is written to see whether it can be, and leaves nothing behind.
PROBE = b"0" * 4096


def problem():
    """What is wrong with the disk, in one sentence, or nothing."""
    folder = Path(settings.VAR_DIR)
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(PROBE)
            probe.flush()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return _("The data folder cannot be written to: %(reason)s.") % {"reason": error.strerror}
    if free < NEARLY_FULL:
        return _("The disk is nearly full: %(left)s MB are left.") % {"left": free // (1024 * 1024)}
    return ""
