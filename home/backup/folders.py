"""Which files belong to a site besides its database, and how they are kept for the time of a backup."""

import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

# The key that signs sessions and links: from the environment, or made once in the data folder.
KEY = "secret_key"


def folders():
    """The folders of files, by the name they have in a backup."""
    return {"media": Path(settings.MEDIA_ROOT), "files": Path(settings.FILES_ROOT)}


@contextmanager
def workplace():
    """A folder beside the files that nobody else may read, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="backup-", dir=settings.VAR_DIR) as name:
        yield Path(name)


def keep(target):
    """Put a second name of every file into `target`: it costs no room, and stays when the site deletes the
    first. Files that are there already are left alone."""
    for name, folder in folders().items():
        for path in folder.rglob("*"):
            kept = target / name / path.relative_to(folder)
            if path.is_file() and not kept.exists():
                kept.parent.mkdir(parents=True, exist_ok=True)
                # It may be deleted at this very moment; then no page names it any more.
                with suppress(FileNotFoundError):
                    second_name(path, kept)


def second_name(path, kept):
    try:
        os.link(path, kept)
    except FileNotFoundError:
        raise
    except OSError:  # another disk, or one that knows no second names
        shutil.copyfile(path, kept)


def keep_key(target):
    """Put the site's key beside the files."""
    (target / KEY).write_text(settings.SECRET_KEY)


def filled():
    """The folders that hold files already."""
    return [folder for folder in folders().values() if any(path.is_file() for path in folder.rglob("*"))]


def put_back(source):
    """Move the files of a backup to where the site looks for them; returns how many."""
    moved = 0
    for name, folder in folders().items():
        for path in (source / name).rglob("*"):
            if path.is_file():
                target = folder / path.relative_to(source / name)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(path, target)
                # As the site itself leaves them.
                target.chmod(settings.FILE_UPLOAD_PERMISSIONS)
                moved += 1
    return moved


def put_back_key(source):
    """Make the backup's key the site's, and say whether the environment names another one."""
    key = (source / KEY).read_text()
    is_other = bool(os.environ.get("SECRET_KEY", "").strip()) and key != settings.SECRET_KEY
    kept = settings.VAR_DIR / KEY
    kept.unlink(missing_ok=True)
    shutil.move(source / KEY, kept)
    if not is_other:
        # From here on this process signs with it too.
        settings.SECRET_KEY = key
    return is_other
