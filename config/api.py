"""What every answer under /api/ has: open to read from any page, JSON even when it fails, an ETag."""

import hashlib

from django.http import HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

ADDRESSES = "/api/"
METHODS = "GET, HEAD, OPTIONS"
SENTENCES = {
    400: "This request cannot be read.",
    403: "This is not open to everybody.",
    404: "There is nothing at this address. The API is described at /api/v1/openapi.json.",
    405: "This address can only be read: use GET.",
    500: "Something went wrong here. It has been noted; please try again later.",
    503: "Many are writing at the moment. Please try again in a minute.",
}


def open_api(get_response):
    """Answer for programs, whatever the rooms behind would tell people."""

    def middleware(request):
        if not request.path_info.startswith(ADDRESSES):
            return get_response(request)
        response = answer(request, get_response)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        response.cookies.clear()
        return response

    return middleware


def answer(request, get_response):
    if request.method == "OPTIONS":
        return permission()
    if request.method not in ("GET", "HEAD"):
        return failure(405, Allow=METHODS)
    is_head, request.method = request.method == "HEAD", "GET"
    response = get_response(request)
    if is_head:
        request.method = "HEAD"
    if response.status_code != 200:
        is_json = response.headers.get("Content-Type", "").startswith("application/json")
        return response if is_json else failure(response.status_code if response.status_code > 399 else 404)
    # It may be kept, but whoever keeps it asks each time whether it still holds: what is taken out is out.
    patch_cache_control(response, public=True, no_cache=True)
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag, None, response)


def permission():
    """What a browser asks before a page of another site may read here."""
    return HttpResponse(
        status=204,
        headers={
            "Allow": METHODS,
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
            "Access-Control-Max-Age": "86400",
        },
    )


def failure(status, **headers):
    sentence = SENTENCES.get(status) or SENTENCES[500 if status >= 500 else 400]
    return JsonResponse({"detail": sentence, "errors": [sentence]}, status=status, headers=headers)
