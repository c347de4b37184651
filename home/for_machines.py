"""What search engines and other programs are told: robots.txt and the sitemap."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from home import sitemap
from network.addresses import full_address

HOUR = 60 * 60
# Rooms for people who are signed in, and lists in another form. What says “noindex” must be read to be heard.
CLOSED = ("/admin/", "/my/", "/search/suggest/", "/search/results.")


@require_safe
@cache_control(public=True, max_age=HOUR)
def robots(request):
    """What programs need not ask for, and where all pages are listed."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    lines.append(f"Sitemap: {full_address(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=HOUR)
def sitemap_file(request, number=None):
    """All public pages; where they are too many for one file, a list of files and each of them."""
    found = list(sitemap.entries())
    files = [found[start : start + sitemap.MOST] for start in range(0, len(found), sitemap.MOST)]
    if number is not None:
        if not 0 < number <= len(files):
            raise Http404
        return answer(request, "home/sitemap.xml", {"entries": files[number - 1]})
    if len(files) > 1:
        addresses = [full_address(reverse("sitemap_part", args=[file])) for file in range(1, len(files) + 1)]
        return answer(request, "home/sitemap_index.xml", {"addresses": addresses})
    return answer(request, "home/sitemap.xml", {"entries": found})


def answer(request, template, values):
    return render(request, template, values, content_type="application/xml; charset=utf-8")
