"""Every address of the site, from its URL table, with arguments of what is there."""

import itertools
import re
from urllib.parse import urlencode

from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import (
    Collection,
    Locale,
    Page,
    Revision,
    Site,
    Task,
    TaskState,
    Workflow,
    WorkflowState,
)

from events.models import Registration
from knowledge.models import Evidence, KnowledgePage, Picture, PolicyChange, SourceDocument
from network.models import Membership, User
from progress.models import Indicator, ReportingPeriod, Snapshot, Target
from regions.models import Region

# So many rows of one model are tried, the latest made first; fewer where rows belong to nobody.
MOST = 25
FEW = 2
LISTS = r"index|list|choose|search|explore|reports|results"
# What lists are asked besides: everything that the markers begin with, and the list as a file.
QUESTIONS = ("?q=zq", "?export=csv", "?export=xlsx")
PAGE_TYPES = (
    ("knowledge", "goodpracticepage"),
    ("knowledge", "policyinstrumentpage"),
    ("events", "learningeventpage"),
    ("home", "textpage"),
)

MODELS = {
    "wagtailadmin_pages": Page,
    "wagtailadmin_api:pages": Page,
    "wagtailadmin_api:documents": SourceDocument,
    "wagtailadmin_api:images": Picture,
    "wagtaildocs_chooser": SourceDocument,
    "wagtailimages_chooser": Picture,
    "wagtailadmin_collections": Collection,
    "wagtailsites": Site,
    "wagtailusers_users": User,
    "wagtailusers_groups": Group,
    "wagtaillocales": Locale,
    "region_chooser": Region,
    "indicator": Indicator,
    "target": Target,
    "progress_periods": ReportingPeriod,
    "snapshot": Snapshot,
}
OWNED = (Page, KnowledgePage, SourceDocument, Picture, Evidence, PolicyChange, Registration, Membership)
OF_WORKFLOWS = ("enable", "disable", "edit", "usage", "usage_results")
DESKS = {
    "knowledge_page_desk": KnowledgePage,
    "knowledge_evidence_desk": Evidence,
    "knowledge_change_desk": PolicyChange,
    "event_remove": Registration,
}


def patterns(resolver=None, namespace=""):
    """(name with its namespace, pattern) of every address that has a name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern, inner)
        elif pattern.name:
            yield f"{namespace}{pattern.name}", pattern.pattern


def names_of(pattern):
    """What the address asks for, in its order; numbers for what has no name."""
    if hasattr(pattern, "converters"):
        return tuple(pattern.converters)
    named = tuple(pattern.regex.groupindex)
    return named or tuple(range(pattern.regex.groups))


def keys(model):
    """The keys of the rows of a model, the latest made first."""
    most = MOST if model in OWNED else FEW
    return list(model._default_manager.order_by("-pk").values_list("pk", flat=True)[:most])


def model_behind(name):
    """The model whose key an address takes as `pk`."""
    namespace, _, last = name.rpartition(":")
    if namespace == "wagtailadmin_workflows":
        return Workflow if last in OF_WORKFLOWS else Task
    made = re.fullmatch(r"wagtailsnippet(?:s|choosers)_(\w+)_(\w+)", namespace)
    return apps.get_model(*made.groups()) if made else MODELS.get(namespace) or DESKS.get(name)


def pairs(asked):
    """Rows that belong together, for addresses that take two of them."""
    if "revision_id" in asked:
        rows = Revision.page_revisions.values_list("object_id", "pk")
        return [{"page_id": int(page), "revision_id": pk} for page, pk in rows]
    if "task_state_id" in asked:
        rows = TaskState.objects.values_list("workflow_state__object_id", "pk")
        return [
            {"page_id": int(page), "task_state_id": pk, "action_name": action}
            for page, pk in rows
            for action in ("approve", "reject")
        ]
    if "workflow_state_id" in asked:
        rows = WorkflowState.objects.values_list("object_id", "pk")
        return [{"page_id": int(page), "workflow_state_id": pk} for page, pk in rows]
    if "revision_id_a" in asked:
        return [{"pk": pk, "revision_id_a": "earliest", "revision_id_b": "latest"} for pk in keys(Page)]
    if "content_type_model_name" in asked:
        parents = keys(Page) if "parent_page_id" in asked else [None]
        return [
            {"content_type_app_name": app, "content_type_model_name": model}
            | ({"parent_page_id": parent} if parent else {})
            for app, model in PAGE_TYPES
            for parent in parents
        ]
    return None


def bulk():
    """Each bulk action of each model."""
    bulk_action_registry._scan_for_bulk_actions()
    return [
        {"app_label": app, "model_name": model, "action": action}
        for app, models in bulk_action_registry.actions.items()
        for model, actions in models.items()
        for action in actions
    ]


def values(name, asked, world):
    """What one argument of an address can be."""
    if asked in ("page_id", "parent_page_id", "page_to_move_id", "page_pk"):
        return keys(Page)
    if asked in ("document_id", "doc_id"):
        return keys(SourceDocument)
    if asked == "image_id":
        return keys(Picture)
    if asked == "pk":
        model = model_behind(name)
        return keys(model) if model else [1]
    return {
        "destination_id": [Page.objects.get(slug="good-practices").pk],
        "slug": [page.slug for page in world.events],
        "permanent_id": list(KnowledgePage.objects.values_list("permanent_id", flat=True)),
        "token": [world.guest.token],
        "number": [world.saved.pk],
        "code": list(Region.objects.values_list("code", flat=True)[:2]),
        "key": ["gp", "ev"],
        "kind": ["atom", "rss", "csv", "xlsx", "json"],
        "app_label": ["knowledge"],
        "app_name": ["taggit"],
        "model_name": ["tag"] if name.startswith("wagtailadmin_tag") else ["goodpracticepage"],
        "filter_spec": ["width-100"],
        "action_name": ["copy"],
        "task_id": keys(Task),
        "workflow_pk": keys(Workflow),
        "redirect_id": [1],
        "restriction_id": [1],
        "page_view_restriction_id": [1],
        "collection_id": keys(Collection),
        "uploaded_file_id": [1],
        "object_id": [world.draft.pk],
        "session_id": [1],
        "uidb64": ["MQ"],
        "uidb36": ["1"],
    }.get(asked, ["1"])


def arguments(name, asked, world):
    """Every choice of arguments for one address."""
    if name == "wagtail_bulk_action":
        return bulk()
    if name == "wagtailsettings:edit" or name == "wagtailsettings:preview_on_edit":
        own = {"app_name": "home", "model_name": "siteidentity"}
        return [own | ({"pk": pk} if "pk" in asked else {}) for pk in keys(Site)]
    if name == "wagtailadmin_editing_sessions:ping":
        own = {"app_label": "wagtailcore", "model_name": "page", "session_id": 1}
        return [own | {"object_id": pk} for pk in keys(Page)]
    if together := pairs(asked):
        return together
    choices = [values(name, one, world) for one in asked]
    return [dict(zip(asked, chosen, strict=True)) for chosen in itertools.product(*choices)]


def from_the_table(world):
    """The addresses of the URL table, each with its arguments filled in, each once."""
    found = {}
    for name, pattern in patterns():
        asked = names_of(pattern)
        if asked and asked[0] == 0:
            continue
        for chosen in arguments(name, asked, world):
            try:
                found.setdefault(reverse(name, kwargs=chosen), name)
            except NoReverseMatch:
                continue
    return found


def with_questions(address, name, world):
    """The questions that one address is asked besides."""
    last = name.rpartition(":")[2]
    if name == "wagtail_bulk_action":
        model = apps.get_model(*address.split("/")[3:5])
        yield "?" + urlencode({"id": keys(model)}, doseq=True)
        yield "?id=all"
    elif last.endswith("chosen_multiple"):
        model = Page if "choose_page" in name else model_behind(name)
        yield "?" + urlencode({"id": keys(model)}, doseq=True)
    elif name == "wagtailsnippets_knowledge_evidence:add":
        yield from (f"?page={pk}" for pk in keys(Page))
        yield from (f"?change={pk}" for pk in keys(PolicyChange))
    elif name == "wagtailsnippets_knowledge_policychange:add":
        yield from (f"?instrument={pk}" for pk in keys(Page))
    elif "tag_" in name:
        yield "?term=zq"
    elif name == "wagtailadmin_choose_page":
        yield from (f"?page_type={app}.{model}" for app, model in PAGE_TYPES)
    elif not re.search(r"/\d+/", address) and re.search(LISTS, name):
        yield from QUESTIONS


def all_addresses(world):
    """Every address the crawler walks, in a fixed order."""
    found = []
    for address, name in from_the_table(world).items():
        found.append(address)
        found += [address + question for question in with_questions(address, name, world)]
    for page in Page.objects.filter(depth__gt=1).order_by("pk"):
        path = page.get_url_parts()
        found.append(path[2] if path else f"/{page.slug}/")
    for document in SourceDocument.objects.order_by("pk"):
        found.append(document.url)
    return list(dict.fromkeys(found))
