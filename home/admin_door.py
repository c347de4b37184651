"""The door of the admin: who comes in, and what an address may name.

Wagtail asks what one may change; it gives the name of a row to everybody who comes in, when an address holds
the row's number. Here each number is asked about first, and lists of everybody's rows are for officers.
"""

import logging

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.core.paginator import InvalidPage
from django.db import DataError, OperationalError
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from modelsearch.backends.base import FieldError, FilterError
from wagtail.admin.auth import permission_denied
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page

from knowledge.permissions import seen_by
from network.keys import key_in
from network.rights import is_officer

ADDRESSES = "/admin/"
# Wagtail's own addresses that need no right: its icons, its words for scripts, its doors.
OPEN = ("wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "wagtailadmin_login")
# What lists or decides for many at once; officers and administrators alone work with it.
OFFICERS_ROOMS = (
    "wagtailadmin_reports",
    "wagtailadmin_workflows",
    "wagtailadmin_collections",
    "wagtailforms",
    "wagtailsites",
    "wagtaillocales",
)
OFFICERS_NAMES = (
    "wagtail_bulk_action",
    "wagtailadmin_api:documents:listing",
    "wagtailadmin_api:documents:detail",
    "wagtailadmin_api:documents:find",
    "wagtailadmin_api:images:listing",
    "wagtailadmin_api:images:detail",
    "wagtailadmin_api:images:find",
)
NOT_UNDERSTOOD = (
    KeyError,
    ValueError,
    OverflowError,
    ValidationError,
    DataError,
    NoReverseMatch,
    FilterError,
    FieldError,
    InvalidPage,
    # A row that is gone, or a picture whose file is.
    ObjectDoesNotExist,
    FileNotFoundError,
    SourceImageIOError,
)
logger = logging.getLogger("adit.admin")
CHOSEN_PAGES = "wagtailadmin_choose_page_chosen_multiple"
PAGES = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk")
DOCUMENTS = ("document_id", "doc_id")
PICTURES = ("image_id",)
ROOMS_OF_ONE_MODEL = {
    "wagtailadmin_pages": "page",
    "wagtailadmin_api:pages": "page",
    "wagtaildocs_chooser": "document",
    "wagtailimages_chooser": "picture",
}


def admin_door(get_response):
    """Ask before each view of the admin; everything else passes."""

    def middleware(request):
        return get_response(request)

    middleware.process_view = decide
    middleware.process_exception = say_what_is_wrong
    return middleware


def decide(request, view, arguments, named):
    """None lets the view answer; it asks who is anonymous to sign in."""
    match, user = request.resolver_match, request.user
    if not request.path.startswith(ADDRESSES) or match.url_name in OPEN or user.is_anonymous:
        return None
    if not user.has_perm("wagtailadmin.access_admin"):
        return not_for_newcomers(request)
    if match.url_name == CHOSEN_PAGES and Page.objects.filter(pk__in=numbers(request), depth=1).exists():
        # The root of the tree is no page of anybody's; Wagtail falls over its missing parent.
        raise Http404
    if is_officer(user):
        return None
    if match.namespace in OFFICERS_ROOMS or match.view_name in OFFICERS_NAMES:
        return permission_denied(request)
    for model, keys in rows_named(request, match, named):
        rows = model._default_manager.filter(pk__in=keys)
        if set(keys) - set(seen_by(user, rows).values_list("pk", flat=True)):
            return permission_denied(request)
    return None


def say_what_is_wrong(request, exception):
    """What Wagtail's views and windows fall over when an address or a form says what they do not expect.

    They look up whatever stands where a number should be, go wherever “next” says, and delete what others
    refer to. That is a mistake of what was sent, and is answered as one; it is noted, in case it is ours.
    """
    if not request.path.startswith(ADDRESSES):
        return None
    if isinstance(exception, ProtectedError | RestrictedError):
        messages.error(request, _("This cannot be deleted, because something still refers to it."))
        return redirect("wagtailadmin_home")
    if isinstance(exception, NOT_UNDERSTOOD) or is_no_question(exception):
        logger.error("not understood", exc_info=exception, extra={"path": request.path})
        response = render(None, "400.html", status=400)
        response.not_understood = exception
        return response
    return None


def is_no_question(exception):
    """Whether SQLite could not read what somebody looked for in Wagtail's own search, such as quotes."""
    return isinstance(exception, OperationalError) and "fts5" in str(exception)


def not_for_newcomers(request):
    """What somebody with an account, but no right to write, reads here."""
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        raise PermissionDenied
    return render(request, "home/no_admin.html", status=403)


def rows_named(request, match, named):
    """(model, keys) that the address names: pages, documents and pictures."""
    models = {"page": Page, "document": get_document_model(), "picture": get_image_model()}
    of_room = models.get(ROOMS_OF_ONE_MODEL.get(match.namespace))
    for name, value in named.items():
        if name in PAGES:
            yield Page, [value]
        elif name in DOCUMENTS:
            yield models["document"], [value]
        elif name in PICTURES:
            yield models["picture"], [value]
        elif name == "pk" and of_room:
            yield of_room, [number(value)]
    if match.url_name == CHOSEN_PAGES:
        of_room = Page
    if of_room and match.url_name.endswith("chosen_multiple"):
        yield of_room, numbers(request)
    if match.view_name == "wagtailadmin_editing_sessions:ping":
        yield page_behind(named)


def page_behind(named):
    """The page that an editor has open, as an address of the editing sessions names it."""
    try:
        model = apps.get_model(named["app_label"], named["model_name"])
    except LookupError:
        raise Http404 from None
    return model, [number(named["object_id"])]


def numbers(request):
    """The keys that an address of a choice of several names."""
    return [number(value) for value in request.GET.getlist("id")]


def number(text):
    """The key that a text stands for; what is no number is no row of ours."""
    key = key_in(text)
    if key is None:
        raise Http404
    return key
