"""The second form of every letter: its text once more, framed as HTML for programs that show it so.

There is one text of a letter, and three rules find in it what to show: a blank line ends a paragraph, an
address is a link, and a short line before an address of this site that stands alone is the name of the link.
An address of another site, which a person may have typed, never hides behind a name.
"""

import re
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from network.addresses import full_address

ADDRESS = re.compile(r"https?://[^\s<>“”]+[^\s<>“”.,;:!?)]")
# A code as it is typed, alone in its paragraph of a letter that holds one.
CODE = re.compile(r"[A-Z0-9]{3,}(?:-[A-Z0-9]{2,})*")
LONGEST_NAME = 64


@dataclass(frozen=True)
class Piece:
    """Some words of a line; with an address they are a link."""

    words: str
    address: str = ""


@dataclass(frozen=True)
class Paragraph:
    """What stands between two blank lines: lines of pieces, a code, or a link with a name of its own."""

    lines: tuple = ()
    code: str = ""
    link: Piece | None = None


def as_html(letter):
    """The letter as a page that loads nothing: what comes from elsewhere tells others that it was read."""
    return render_to_string(
        "network/letters/frame.html",
        {
            "subject": letter.subject,
            "paragraphs": list(paragraphs(letter.text, has_code=letter.is_secret)),
            "site_name": settings.WAGTAIL_SITE_NAME,
            "site_url": full_address("/"),
            "language": get_language() or settings.LANGUAGE_CODE,
        },
    )


def paragraphs(text, *, has_code=False):
    """What the text says, paragraph by paragraph."""
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        if has_code and len(lines) == 1 and CODE.fullmatch(lines[0]):
            yield Paragraph(code=lines[0])
            continue
        kept = []
        for number, line in enumerate(lines):
            name = lines[number - 1] if number else ""
            if is_ours(line) and is_name(name):
                if kept[:-1]:
                    yield Paragraph(lines=tuple(kept[:-1]))
                yield Paragraph(link=Piece(name.rstrip(": "), line))
                kept = []
            else:
                kept.append(pieces(line))
        if kept:
            yield Paragraph(lines=tuple(kept))


def is_ours(line):
    """Whether a line is an address of this site and nothing else."""
    return bool(ADDRESS.fullmatch(line)) and f"{line}/".startswith(full_address("/"))


def is_name(line):
    """Whether a line is what the address below it is called."""
    return line.endswith(":") and len(line) <= LONGEST_NAME and not ADDRESS.search(line)


def pieces(line):
    """The words and the links of a line, in their order."""
    found, end = [], 0
    for address in ADDRESS.finditer(line):
        found += [Piece(line[end : address.start()]), Piece(address[0], address[0])]
        end = address.end()
    return tuple(piece for piece in [*found, Piece(line[end:])] if piece.words)
