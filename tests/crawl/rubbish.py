"""What no form waits for: values, whole bodies, broken files, and questions behind the question mark."""

import base64
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile

VALUES = {
    "nothing": "",
    "10,000 characters": "x" * 10_000,
    "10,000 Greek letters": "Ο" * 10_000,
    "NUL": "a\x00b",
    "emoji": "⛏️👩🏽‍🔬",
    "Greek": "Ορυχείο λιγνίτη",
    "Bulgarian": "Мини „Марица-изток“",
    "lines": "a\r\nb\nBcc: x@example.org",
    "right to left": "\u202eabc\u200f",
    "huge number": "9" * 400,
    "5,000 digits": "9" * 5000,
    "number beyond the database": "9223372036854775808",
    "negative": "-1",
    "zero": "0",
    "fraction": "1e309",
    "not a number": "NaN",
    "script": "<script>alert(1)</script>",
    "quotes": "'\"; DROP TABLE x; --",
    "list as text": "[1, {}]",
    "object as text": '{"a": [null]}',
    "impossible day": "0000-13-45T99:99",
    "percent signs": "%ff%00%zz",
    "model that is none": "knowledge.nothing",
    "address": "//example.org/\\x",
    "digit of another script": "٣²",
    "surrogate": "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "array": ["1", "-2", "x", ""],
}

# (content type, body): what no browser sends.
BODIES = {
    "utf-16": ("application/x-www-form-urlencoded; charset=utf-16", "q=a&name=b".encode("utf-16")),
    "utf-7": ("application/x-www-form-urlencoded; charset=utf-7", b"q=+ADw-&name=b"),
    "latin-1": ("application/x-www-form-urlencoded; charset=iso-8859-1", b"q=\xe9&name=b"),
    "unknown charset": ("application/x-www-form-urlencoded; charset=no-such", b"q=a"),
    "codec that is none of text": ("application/x-www-form-urlencoded; charset=hex", b"q=a"),
    "charset with a NUL": ("application/x-www-form-urlencoded; charset=a\x00b", b"q=a"),
    "multipart in utf-16": (
        "multipart/form-data; boundary=x; charset=utf-16",
        b'--x\r\nContent-Disposition: form-data; name="q"\r\n\r\na\r\n--x--\r\n',
    ),
    "multipart cut off": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.p',
    ),
    "multipart without boundary": ("multipart/form-data", b"--x\r\n"),
    "multipart with a wrong length": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="q"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n%%%\r\n--x--\r\n",
    ),
    "file named with a NUL": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\x00.png"\r\n\r\na\r\n--x--\r\n',
    ),
    "2,000 fields": ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % n for n in range(2000))),
    "broken percent signs": ("application/x-www-form-urlencoded", b"q=%zz&name=%ff&%=%"),
    "bytes that are no text": ("application/x-www-form-urlencoded", b"q=\xff\xfe&\x80=1"),
    "JSON": ("application/json", b'{"a": '),
    "no type": ("", b"\x00\x01\x02"),
}

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg=="
)
FILES = {
    "rubbish named as a picture": ("a.gif", b"GIF89a<script>"),
    "picture cut off": ("a.png", PIXEL[:40]),
    "empty file": ("a.png", b""),
    "text named as a document": ("a.pdf", b"no pdf"),
    "zip named as a workbook": ("a.xlsx", b"PK\x03\x04rubbish"),
    "picture with a long name": ("a" * 300 + ".png", PIXEL),
    "picture named by a path": ("../../a.png", PIXEL),
    "drawing with a script": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
}


def file_of(name):
    """A fresh upload of this kind."""
    return SimpleUploadedFile(*FILES[name])


# What Wagtail, allauth and our own pages read behind the question mark.
ASKED = (
    "q",
    "p",
    "page",
    "id",
    "all",
    "childOf",
    "export",
    "ordering",
    "order",
    "locale",
    "page_type",
    "target_pages[]",
    "parent_page_id",
    "multiple",
    "can_choose_root",
    "user_perms",
    "match_subclass",
    "next",
    "tag",
    "collection_id",
    "content_type",
    "user",
    "action",
    "timestamp_from",
    "timestamp_to",
    "first_published_at_from",
    "limit",
    "offset",
    "fields",
    "search",
    "descendant_of",
    "child_of",
    "for_explorer",
    "type",
    "kind",
    "where",
    "language",
    "focus",
    "month",
    "day",
    "stage",
    "region",
    "material",
    "view",
    "sort",
    "text",
    "year_from",
    "cost_to",
    "practice",
    "unfold",
    "instrument",
    "change",
    "term",
    "code",
    "key",
    "email",
    "has_child_pages",
    "is_site_root",
    "owner",
    "site",
    "last_published_at",
    "reviewable",
    "requested_by",
    "task",
    "workflow",
    "status",
    "width",
    "closeness",
    "height",
    "link_url",
    "link_text",
    "url",
    "title",
)


def question(value, names=ASKED):
    """One question that says this wherever something is asked."""
    return "?" + urlencode(dict.fromkeys(names, value), doseq=True)


# Whole questions that no browser asks.
QUESTIONS = {
    "2,000 questions": "?" + "&".join(f"q{n}=1" for n in range(2000)),
    "broken percent signs": "?q=%zz&p=%ff&id=%",
    "long question": "?q=" + "x" * 20_000,
    "question mark only": "?&&&===",
}
