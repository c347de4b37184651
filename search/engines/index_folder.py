"""A folder that all processes of this host share: locks for those who write to an index of either engine,
and of the embedded index its files and the pointer to the one in use."""

import fcntl
import re
import shutil
import time
import uuid
from contextlib import contextmanager

POINTER = "current"
# An index of any version; other folders beside it are not ours.
INDEX = re.compile(r"[0-9]+-[0-9a-f]{12}")
PAUSE = 0.01
# Less than this free is a full disk: a change writes new files before the old ones go.
LEAST_FREE = 20_000_000
PROBE_BYTES = 64_000


class Busy(Exception):  # noqa: N818
    """Another process is writing and did not finish in time."""


class IndexFolder:
    """Holds `<schema>-<id>/` for every index made, and the pointer file that names the one in use."""

    def __init__(self, path, schema):
        self.path, self.schema = path, schema

    @contextmanager
    def locked(self, timeout, name="embedded"):
        """Hold the writers' lock, waiting at most `timeout` seconds for it, or raise Busy."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / f"{name}.lock").open("w") as file:
            until = time.monotonic() + timeout
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= until:
                        raise Busy(f"{self.path} is locked by another process.") from None
                    time.sleep(PAUSE)
            yield

    def current(self):
        """The folder of the index in use, or None when there is none that this version can read."""
        try:
            name = (self.path / POINTER).read_text().strip()
        except (OSError, UnicodeDecodeError):
            return None
        folder = self.path / name
        return folder if name.startswith(f"{self.schema}-") and "/" not in name and folder.is_dir() else None

    def fresh(self):
        """A new, empty folder to build an index in."""
        folder = self.path / f"{self.schema}-{uuid.uuid4().hex[:12]}"
        folder.mkdir(parents=True)
        return folder

    def point_to(self, folder):
        """Make this folder the one in use, at once for everybody, and remove what was left of older ones."""
        before = self.current()
        temporary = self.path / f"{POINTER}.{uuid.uuid4().hex[:8]}"
        temporary.write_text(folder.name)
        temporary.replace(self.path / POINTER)
        for old in self.path.iterdir():
            # The last one stays: a process may have read the pointer and not yet opened it.
            if INDEX.fullmatch(old.name) and old not in (folder, before):
                shutil.rmtree(old, ignore_errors=True)

    def give_up(self, folder):
        """Have this index taken for missing: it can be opened and yet not be read."""
        if self.current() == folder:
            (self.path / POINTER).unlink(missing_ok=True)

    def write_problem(self):
        """Why nothing can be written here, in one sentence, or nothing: a full disk, missing rights."""
        probe = self.path / f"probe.{uuid.uuid4().hex[:8]}"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            if shutil.disk_usage(self.path).free < LEAST_FREE:
                return f"The disk is full: {self.path} has less than {LEAST_FREE // 1_000_000} MB left."
            try:
                probe.write_bytes(b"." * PROBE_BYTES)
            finally:
                probe.unlink(missing_ok=True)
        except OSError as error:
            return f"The folder {self.path} cannot be written to: {error.strerror or error}."
        return ""

    def size(self):
        """Bytes of the index in use."""
        folder = self.current()
        return sum(file.stat().st_size for file in folder.iterdir()) if folder else 0
