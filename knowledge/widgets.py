"""Controls of the editor: regions by name or code, and long lists that can be searched."""

import re

from django import forms
from django.urls import reverse

from network.keys import key_in
from regions.models import Region

CODE_IN_BRACKETS = re.compile(r"\(([A-Z]{2}[A-Z0-9]{0,3})\)\s*$")


class SearchableChecklist(forms.CheckboxSelectMultiple):
    """Checkboxes of a long list, with a field that shows only the matching ones."""

    template_name = "knowledge/widgets/searchable_checklist.html"

    class Media:
        js = ["js/pickers.js"]
        css = {"all": ["css/pickers.css"]}


def find_region(words):
    """The region that a code or a name stands for, the larger one where several share a name, or None."""
    words = words.strip()
    in_brackets = CODE_IN_BRACKETS.search(words)
    code = in_brackets[1] if in_brackets else words.upper()
    regions = Region.objects.order_by("last_edition", "level", "code")
    return (
        regions.filter(code=code).first()
        or regions.current().filter(name__iexact=words).first()
        or regions.current().filter(name_local__iexact=words).first()
    )


def regions_like(words, limit=20):
    """Current regions whose name or code contains these words, the larger ones first."""
    words = words.strip()
    if not words:
        return []
    current = Region.objects.current().order_by("level", "name")
    found = list(current.filter(code__istartswith=words)[:limit])
    for lookup in ("name__icontains", "name_local__icontains"):
        found += current.filter(**{lookup: words}).exclude(pk__in=[region.pk for region in found])[:limit]
    return found[:limit]


class RegionPicker(forms.Widget):
    """Chosen regions as checkboxes, more by name or NUTS code; suggestions where scripts run."""

    template_name = "knowledge/widgets/region_picker.html"

    class Media:
        js = ["js/pickers.js"]
        css = {"all": ["css/pickers.css"]}

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        values = [getattr(item, "pk", item) for item in value or []]
        keys = [key_in(item) for item in values]
        context["widget"] |= {
            "regions": Region.objects.filter(pk__in=[key for key in keys if key is not None]),
            # What was typed and not understood stays in the field, beside the error that says so.
            "typed": "; ".join(str(item) for item, key in zip(values, keys, strict=True) if key is None),
            "address": reverse("knowledge_regions"),
        }
        return context

    def value_from_datadict(self, data, files, name):
        values = list(data.getlist(name)) if hasattr(data, "getlist") else list(data.get(name) or [])
        for words in re.split(r"[;\n]", data.get(f"{name}-more") or ""):
            if words.strip():
                region = find_region(words)
                values.append(str(region.pk) if region else words.strip())
        return values

    def value_omitted_from_data(self, data, files, name):
        # Unchecked boxes leave no trace in the data.
        return False

    def id_for_label(self, id_):
        return f"{id_}-more"
