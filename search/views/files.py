"""A search as a feed and as a file."""

import hashlib

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from network.addresses import full_address
from network.downloads import attachment
from network.spreadsheets import XLSX
from search import exports, feeds
from search.forms import SearchForm


@require_safe
def search_feed(request, kind):
    """The newest results of any search, as Atom or RSS."""
    form = asked(request)
    content_type, body, changed = feeds.feed(form, kind, full_address(request.get_full_path()))
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response = HttpResponse(body, content_type=content_type)
    response["ETag"], response["Last-Modified"] = etag, http_date(int(changed.timestamp()))
    patch_cache_control(response, public=True, max_age=300)
    return get_conditional_response(request, etag, int(changed.timestamp()), response)


@require_safe
def search_export(request, kind):
    """All results of a search as a file, however many they are."""
    form = asked(request)
    now = timezone.now()
    export = exports.Export(form, now)
    if kind == "xlsx":
        response = FileResponse(exports.workbook(export), content_type=XLSX)
    else:
        write, content_type = exports.STREAMS[kind]
        response = StreamingHttpResponse(exports.in_pieces(write(export)), content_type=content_type)
    response["Content-Disposition"] = attachment(f"adit-search-{timezone.localdate(now):%Y-%m-%d}.{kind}")
    return response


def asked(request):
    return SearchForm(request.GET, address=reverse("search"), language=get_language())
