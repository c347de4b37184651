"""Headers, log lines and the missing body of HEAD: what every answer gets."""

import logging
import time

logger = logging.getLogger("adit.requests")


def headers(get_response):
    """Forbid what we never use; loosen the content policy for the Wagtail admin only.

    Wagtail's date pickers are inline scripts and Draftail injects styles (wagtail #1288): /admin/ needs both.
    """

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        if request.path.startswith("/admin/"):
            response._csp_update = {"script-src": "'unsafe-inline'", "style-src": "'unsafe-inline'"}
        return response

    return middleware


def head_without_body(get_response):
    """Answer HEAD as GET, with the length of what is left out: a web server warns of a body there."""

    def middleware(request):
        response = get_response(request)
        if request.method == "HEAD":
            if response.streaming:
                response.close()
                response.streaming_content = ()
            else:
                response.headers["Content-Length"] = str(len(response.content))
                response.content = b""
        return response

    return middleware


def log_requests(get_response):
    """One log line per request: method, path, status, time; no query (config.logs leaves out secrets)."""

    def middleware(request):
        started = time.perf_counter()
        response = get_response(request)
        logger.info(
            "request",
            extra={
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000, 1),
            },
        )
        return response

    return middleware
