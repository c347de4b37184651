"""Random bytes and workbooks that somebody's disk or mail program damaged: never a traceback."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from tests.knowledge.import_files import WROTE_NOTHING, run, vocabulary  # noqa: F401

pytestmark = pytest.mark.usefixtures("vocabulary")
CASES = Path(__file__).parent / "import_cases"
KINDS = (".xlsx", ".xls", ".ods", ".csv", ".txt")
WHOLE = sorted(path for path in CASES.glob("*/*.*") if path.suffix in KINDS)
BEGINNINGS = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
BEGINNINGS += [b"\xff\xfe", b"\xef\xbb\xbf", b"id,title\n"]
SIGNS = "id,title;\t\"'\r\n\x0b\u200b\ufeff=sep007.5äλ€😀\u0301"


def random_bytes(dice):
    """A file that is nothing: noise after the first bytes of each kind of file, or signs of tables."""
    if dice.random() < 0.3:
        return "".join(dice.choices(SIGNS, k=dice.randrange(400))).encode()
    return dice.choice(BEGINNINGS) + dice.randbytes(dice.randrange(5000))


def damaged_workbook(dice):
    """A real file with some damage: in its bytes, or in one of the parts that it is packed of."""
    content = dice.choice(WHOLE).read_bytes()
    if not content.startswith(b"PK") or dice.random() < 0.3:
        return damage(content, dice)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(packed, "w") as spoilt:
        names = whole.namelist()
        chosen = dice.choice([name for name in names if name.endswith((".xml", ".rels"))])
        for name in names:
            part = whole.read(name)
            if name != chosen:
                spoilt.writestr(name, part)
            elif dice.random() < 0.9:
                spoilt.writestr(name, damage(part, dice))
    return packed.getvalue()


def damage(content, dice):
    place = dice.randrange(len(content) + 1)
    length = dice.choice((1, 2, 10, 500))
    piece = content[place : place + length]
    other = {
        "lost": b"",
        "zeros": bytes(len(piece)),
        "noise": dice.randbytes(len(piece)),
        "ones": b"\xff" * len(piece),
        "digits": bytes(dice.choices(b"0123456789", k=len(piece))),
        "twice": piece * 2,
    }
    how = dice.choice([*other, "cut off"])
    return content[:place] if how == "cut off" else content[:place] + other[how] + content[place + length :]


def said_of(tmp_path, request, make):
    """(seed, lines) of what the command says about each file that `make` makes of dice with that seed."""
    for seed in range(500 if request.config.getoption("--soak") else 25):
        dice = random.Random(seed)
        # Whatever its name ends in, what the file holds counts.
        path = tmp_path / f"p{dice.choice(KINDS)}"
        path.write_bytes(make(dice))
        yield seed, [line.replace(path.name, "FILE") for line in run(path, dry_run=True)]


def test_random_bytes_are_refused_in_one_sentence(tmp_path, request):
    wrong = [
        (seed, lines)
        for seed, lines in said_of(tmp_path, request, random_bytes)
        if len(lines) != 2 or not lines[0].startswith("FILE") or not lines[1].endswith(WROTE_NOTHING)
    ]

    assert wrong == []


def test_a_damaged_workbook_is_read_as_far_as_it_is_right_or_refused(tmp_path, request):
    wrong = [
        (seed, lines)
        for seed, lines in said_of(tmp_path, request, damaged_workbook)
        if not all(line.startswith("FILE") for line in lines[:-1]) or not lines[-1].endswith(WROTE_NOTHING)
    ]

    assert wrong == []
