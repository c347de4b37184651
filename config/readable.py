"""What arrives can be read, or is refused in a sentence before any view is asked."""

import codecs
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.http import parse_header_parameters

# Browsers send forms in the encoding of their page, and ours are in this one.
READ = ("utf-8", "ascii")
# What addresses are written in that old programs and hand-made links bring: "%E9tain".
OF_OLD_ADDRESSES = "cp1252"
NUL = "\x00"


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
    """400 with a sentence for a body in another encoding, a broken one, too many fields.

    An address that is not written as ours are is read as its bytes are meant.
    A NUL, which some programs put into what they copy, is nothing that anybody typed: it is left out. What is
    a password stays as it is, and the form refuses it.
    """

    def middleware(request):
        if request.method in ("GET", "HEAD") and not is_in_our_encoding(request.META.get("QUERY_STRING", "")):
            request.encoding = OF_OLD_ADDRESSES
        if not can_be_read(request):
            # Whoever formats the answer must not meet the same body again.
            request._mark_post_parse_error()
            return render(None, "400.html", status=400)
        if any(NUL in name or any(NUL in value for value in values) for name, values in request.POST.lists()):
            request.POST = without_nul(request.POST)
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


def without_nul(fields):
    """The fields of a form as they were typed."""
    clean = QueryDict(mutable=True, encoding=fields.encoding)
    for name, values in fields.lists():
        kept = values if "password" in name else [value.replace(NUL, "") for value in values]
        clean.setlist(name.replace(NUL, ""), kept)
    clean._mutable = False
    return clean


def is_read(charset):
    try:
        return codecs.lookup(charset).name in READ
    except (LookupError, ValueError):
        return False
