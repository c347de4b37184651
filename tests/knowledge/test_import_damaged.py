"""Random bytes and workbooks that somebody's disk or mail program damaged: never a traceback."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from tests.knowledge.import_files import run, vocabulary, written  # noqa: F401

pytestmark = pytest.mark.usefixtures("vocabulary")
CASES = Path(__file__).parent / "import_cases"
WHOLE = sorted(
    path for path in CASES.glob("*/*.*") if path.suffix in (".xlsx", ".xls", ".ods", ".csv", ".txt")
)
BEGINNINGS = [
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"id,title\n",
]
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


def number_of_files(request):
    return 500 if request.config.getoption("--soak") else 25


def test_random_bytes_are_refused_in_one_sentence(tmp_path, request):
    for seed in range(number_of_files(request)):
        dice = random.Random(seed)
        path = tmp_path / f"p{dice.choice(('.csv', '.xlsx', '.xls', '.ods', '.txt', ''))}"
        path.write_bytes(random_bytes(dice))

        said = run(path)

        assert len(said) == 2, (seed, said)
        assert said[0].startswith(path.name), (seed, said)
        assert said[1].endswith("Nothing was written."), (seed, said)


def test_a_damaged_workbook_is_read_as_far_as_it_is_right_or_refused(tmp_path, request):
    for seed in range(number_of_files(request)):
        path = tmp_path / "p.xlsx"
        path.write_bytes(damaged_workbook(random.Random(seed)))

        *remarks, last = run(path, dry_run=True)

        assert last.endswith("Nothing was written."), (seed, last)
        assert all(line.startswith("p.xlsx") for line in remarks), (seed, remarks)
    assert written() == (0, 0)
