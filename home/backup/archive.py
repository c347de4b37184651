"""The file of a backup: a compressed tar of a list of contents and what it lists, each with its hash."""

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

CONTENTS = "contents.json"
# Raised when an older Adit could no longer read what is written.
FORMAT = 1
# Pictures and PDFs do not get smaller, databases do at once: more effort costs minutes and saves little.
EFFORT = 3


class Unusable(Exception):  # noqa: N818 - it is a refusal, not a fault
    """The file is no backup, or is damaged; the message says what is wrong with it."""


def write(path, facts, folder):
    """Write everything under `folder` and `facts` (plain values) to a new file that only its owner may read.

    The name appears once all is written: what was cut off is never taken for a backup. FileExistsError when
    there is a file of this name already.
    """
    members = sorted(found for found in folder.rglob("*") if found.is_file())
    contents = facts | {
        "format": FORMAT,
        "members": {found.relative_to(folder).as_posix(): digest(found) for found in members},
    }
    partial = path.with_name(f".{path.name}.part")
    partial.unlink(missing_ok=True)
    try:
        with (
            open_private(partial) as raw,
            tarfile.open(fileobj=raw, mode="w:gz", compresslevel=EFFORT) as tar,
        ):
            text = json.dumps(contents, ensure_ascii=False, indent=1).encode()
            entry = tarfile.TarInfo(CONTENTS)
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text))
            for found in members:
                tar.add(found, found.relative_to(folder).as_posix(), recursive=False)
        # A link, unlike a rename, never replaces a file that was made meanwhile.
        os.link(partial, path)
    finally:
        partial.unlink(missing_ok=True)
    return contents


def open_private(path):
    """A new file for writing that nobody else may read."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


def digest(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def opened(path):
    """The tar of a backup, open for reading; whatever is wrong with the file is said as Unusable."""
    if not path.is_file():
        raise Unusable(f"There is no file {path}.")
    try:
        with tarfile.open(path, "r:gz") as tar:
            yield tar
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Unusable(f"{path} is no backup of Adit, or it is damaged: {error}") from error


def contents_of(tar):
    """What the backup says it holds."""
    entry = tar.next()
    if entry is None or entry.name != CONTENTS:
        raise Unusable("This is no backup of Adit: it does not begin with a list of what it holds.")
    try:
        contents = json.load(tar.extractfile(entry))
        known = contents["format"] <= FORMAT
    except (ValueError, KeyError, TypeError) as error:
        raise Unusable("The list of what the backup holds cannot be read.") from error
    if not known:
        raise Unusable("This backup was made by a newer version of Adit. Install that version first.")
    return contents


def unpack(tar, contents, folder):
    """Lay everything that the backup lists under `folder`; raises Unusable unless all is there, unchanged."""
    left = dict(contents["members"])
    for entry in tar:
        if entry.name == CONTENTS:
            continue
        expected = left.pop(entry.name, None)
        path = PurePosixPath(entry.name)
        if expected is None or not entry.isfile() or path.is_absolute() or ".." in path.parts:
            raise Unusable(f"The backup is damaged: it holds “{entry.name}”, which it does not list.")
        target = folder / Path(*path.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tar.extractfile(entry) as source, open_private(target) as copy:
            while chunk := source.read(1 << 20):
                copy.write(chunk)
        if digest(target) != expected:
            raise Unusable(f"The backup is damaged: “{entry.name}” is not what was saved.")
    if left:
        raise Unusable(f"The backup is damaged: “{min(left)}” is missing.")
