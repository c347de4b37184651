"""Where a result has what was looked for, when its card does not show it by itself."""

from django.utils.translation import gettext as _

from search.highlights import GAP
from search.vocabulary import thing


def found_by(hit, form, results):
    """A few words before the excerpt or in its place, or nothing where title and summary tell enough."""
    if not results.understood:
        return ""
    if "text" in hit.highlights:
        return "" if is_in_summary(hit) else _("In the text:")
    if "title" in hit.highlights:
        return ""
    named = {
        (facet, value): f"{thing(facet)} {form.vocabulary.name(facet, value)}"
        for one in results.understood.sought
        if not one.is_excluded
        for facet, value, *_rarity in one.tags
        if has(hit.display, facet, value)
    }
    return _("Found by: %(what)s.") % {"what": ", ".join(named.values())} if named else ""


def is_in_summary(hit):
    excerpt = "".join(part.text for part in hit.highlights["text"]).strip(f" {GAP}")
    return excerpt in hit.display.get("summary", "")


def has(display, facet, value):
    """Whether the card knows that the item has this value."""
    if facet == "stage":
        return any(stage["key"] == value and stage["weight"] for stage in display.get("stages", ()))
    if facet == "material":
        return value in display.get("material_codes", ())
    if facet == "region":
        return any(code.startswith(value) for code in display.get("region_codes", ()))
    return False
