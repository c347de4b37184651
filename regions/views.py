"""One page per region and per raw material, and the lists of both."""

import re

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regions import queries
from regions.countries import nuts_country

NUTS_CODE = re.compile(r"[A-Za-z]{2}[A-Za-z0-9]{0,3}")
SLUG = re.compile(r"[-\w]{1,50}", re.ASCII)


@require_safe
def region_list(request):
    return render(request, "regions/region_list.html", {"countries": list(queries.countries())})


@require_safe
def region_page(request, code):
    if not NUTS_CODE.fullmatch(code):
        raise Http404
    region = queries.region_with_code(nuts_country(code.upper()))
    if region is None:
        raise Http404
    if code != region.code:
        return redirect(region, permanent=True)
    ancestors = queries.ancestors(region)
    crumbs = [(_("Home"), reverse("wagtail_serve", args=[""])), (_("Regions"), reverse("regions"))]
    crumbs += [(above.name, above.get_absolute_url()) for above in ancestors]
    return render(
        request,
        "regions/region.html",
        {
            "region": region,
            "country": ancestors[0] if ancestors else region,
            "children": queries.below(region),
            "successors": list(region.successors.all()) if region.has_ended else [],
            "left_the_classification": region.country == "UK" and not region.has_ended,
            "crumbs": crumbs,
        },
    )


@require_safe
def material_list(request):
    return render(request, "regions/material_list.html", {"listed": request.GET.get("list", "")})


@require_safe
def material_page(request, code):
    family = queries.family(code) if SLUG.fullmatch(code) else None
    if family is None:
        raise Http404
    words, names = queries.other_names(family.material)
    return render(
        request,
        "regions/material.html",
        {
            "material": family.material,
            "family": family,
            "words": words,
            "names": names,
            "crumbs": [
                (_("Home"), reverse("wagtail_serve", args=[""])),
                (_("Materials"), reverse("materials")),
            ]
            + [(above.name, above.get_absolute_url()) for above in reversed(family.above)],
        },
    )
