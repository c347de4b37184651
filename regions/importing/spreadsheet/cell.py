"""What a reader gives for a cell, and how it says that it cannot read."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from language.typed import as_line, as_prose

LONGEST_SHOWN = 60


class Unreadable(Exception):  # noqa: N818 - it is no error of ours, and reads better where it is caught
    """The file, or one row of it (`row`), cannot be read; the message says why and what to do."""

    def __init__(self, message, row=None):
        super().__init__(message)
        self.row = row


@dataclass(frozen=True)
class Faulty:
    """A cell that holds no usable text: what to show of it, and why. `for_all`: the whole file is so."""

    shown: str
    reason: str
    for_all: bool = False


@dataclass(frozen=True)
class Note:
    """What is worth knowing of a file, and keeps nothing from being read."""

    reason: str
    row: int = 0
    column: str = ""
    value: str = ""


def short(text):
    """A text in one line and not longer than anybody reads in a report."""
    text = " ".join(as_line(text).split())
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def text_cell(text):
    """The text of a cell as it was meant, its line breaks kept; Faulty where the file is damaged."""
    if "\x00" in text:
        reason = _(
            "It holds a sign that is no text (U+0000); the file may be damaged. Delete it and type it anew."
        )
        return Faulty(as_line(text.replace("\x00", "�")), reason)
    # Most cells, and by far the longest, hold nothing that wants cleaning sign by sign.
    return text.strip() if text.isascii() and text.isprintable() else as_prose(text)
