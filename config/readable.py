"""What arrives can be read, or is refused in a sentence before any view is asked.

Marks that nobody sees are gone from it by then, so that no form, ours or of a library, and no address that
asks something can forget them. Which blanks and lines may stand in a field, the field itself says.
"""

import codecs
import json
import re
from contextlib import suppress
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.http import parse_header_parameters

from language.typed import without_marks

# Browsers send forms in the encoding of their page, and ours are in this one.
READ = ("utf-8", "ascii")
# What addresses are written in that old programs and hand-made links bring: "%E9tain".
OF_OLD_ADDRESSES = "cp1252"
# Passwords and codes are as they were sent, whatever is in them.
SECRET = re.compile(r"password|token|credential|(?:^|[-_])(?:code|key)$")

# What the server of requests notes for the guard behind it.
NOTE = "adit.cannot_be_read"


def in_an_encoding_we_read(application):
    """A web application that is never asked in an encoding of nonsense: Django falls over some of them
    (“hex”, “undefined”) before any middleware sees the request."""

    def answer(environ, start_response):
        return application(noted(environ), start_response)

    return answer


def noted(environ):
    """What the server says of a request, with a plain type in the place of one that cannot be read."""
    charset = parse_header_parameters(environ.get("CONTENT_TYPE", ""))[1].get("charset")
    if charset is None or is_read(charset):
        return environ
    return environ | {"CONTENT_TYPE": "application/octet-stream", NOTE: True}


def only_what_can_be_read(get_response):
    """400 with a sentence for a body in another encoding, a broken one, too many fields; of the rest, what
    somebody can have typed. An address that is not written as ours are is read as its bytes are meant."""

    def middleware(request):
        if request.method in ("GET", "HEAD") and not is_in_our_encoding(request.META.get("QUERY_STRING", "")):
            request.encoding = OF_OLD_ADDRESSES
        if not can_be_read(request):
            # Whoever formats the answer must not meet the same body again.
            request._mark_post_parse_error()
            return render(None, "400.html", status=400)
        request.POST = as_typed(request.POST)
        # Who asks with too many parameters gets the answer from where they asked: of the API, in JSON.
        with suppress(SuspiciousOperation):
            request.GET = as_typed(request.GET)
        return get_response(request)

    return middleware


def can_be_read(request):
    """Whether everything that was sent means something here."""
    charset = request.content_params.get("charset")
    if request.META.get(NOTE) or (charset is not None and not is_read(charset)):
        return False
    try:
        return request.POST is not None
    except (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError, ValueError):
        return False


def is_in_our_encoding(query_string):
    """Whether what stands after the question mark of an address is UTF-8."""
    try:
        unquote_to_bytes(query_string.encode("latin-1", "replace")).decode()
    except UnicodeDecodeError:
        return False
    return True


def as_typed(fields):
    """The fields of a form or an address as they were typed."""
    lists = {without_marks(name): [typed(name, value) for value in values] for name, values in fields.lists()}
    if lists == dict(fields.lists()):
        return fields
    clean = QueryDict(mutable=True, encoding=fields.encoding)
    for name, values in lists.items():
        clean.setlist(name, values)
    clean._mutable = False
    return clean


def typed(name, value):
    """One value. What a script wrote counts its own signs: texts in it are cleaned where they are read."""
    clean = without_marks(value)
    return value if value == clean or SECRET.search(name) or is_json(value) else clean


def is_json(value):
    if not value.startswith(("{", "[")):
        return False
    try:
        return json.loads(value) is not None
    except (ValueError, RecursionError):
        return False


def is_read(charset):
    try:
        return codecs.lookup(charset).name in READ
    except (LookupError, ValueError):
        return False
