"""What a new site needs before anybody writes: page tree, groups, permissions, workflow, indicators."""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page, Site

from home.choices import Statement
from home.models import HomePage, TextPage
from knowledge.models import SectionPage
from knowledge.review import ensure_workflow
from network import addresses
from network.rights import ADMINISTRATORS, AUDITORS, CONTRIBUTORS, EXPERTS, OFFICERS
from progress.indicators import ensure_indicators

SECTIONS = {
    "good-practices": "Good practices",
    "policy-instruments": "Policy instruments",
    "events": "Events",
}

# Pages that every site must have; an editor completes what only the operator can know.
TEXT_PAGES = {
    "about": (
        "About the exchange",
        "Mining regions learn from each other here: what was tried, where, with which result and proof.",
        "<p>Regional authorities publish good practices and show which policy they changed. Everybody can read "
        "and search them without an account.</p>",
    ),
    "evidence": (
        "How evidence is verified",
        "Every number on this site can be checked. This is how.",
        "<p>A practice is submitted with at least one piece of evidence. An officer who is not among its authors "
        "decides whether it counts; an expert who did not decide before judges whether it can inspire all of "
        "Europe. A policy change counts once an officer who did not claim it has validated it against an "
        "official document.</p>"
        "<p>A practice collected from a public source is marked as such until its owner confirms it. It is never "
        "counted.</p>",
    ),
    # What these two say follows from what the site does and from its settings.
    Statement.PRIVACY: (
        "Privacy and cookies",
        "What this site keeps about people, why, and for how long.",
        "",
    ),
    Statement.ACCESSIBILITY: (
        "Accessibility statement",
        "What was tested, what does not work yet, and whom to write to.",
        "",
    ),
}


# What officers keep in the admin beside pages; administrators keep that and the rest.
OFFICERS_MODELS = [
    "evidence",
    "policychange",
    "organisation",
    "membership",
    "project",
    "partner",
    "synonymset",
    "vocabularyname",
]
ADMINISTRATORS_MODELS = [
    "user",
    "group",
    "indicator",
    "target",
    "reportingperiod",
    "rawmaterial",
    "focusarea",
    "siteidentity",
    "operator",
    "redirect",
]


@transaction.atomic
def set_up_site():
    """Make what is missing and leave the rest as it is, and return a line for each thing made."""
    made = []
    locale, _ = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    home = ensure_home(locale, made)
    for slug, title in SECTIONS.items():
        ensure_page(home, SectionPage(title=title, slug=slug, locale=locale), made)
    for slug, (title, lead, body) in TEXT_PAGES.items():
        page = TextPage(title=title, slug=slug, lead=lead, body=body, locale=locale, show_in_menus=True)
        page.statement = slug if slug in Statement.values else ""
        ensure_page(home, page, made)
    ensure_groups(home, made)
    made += ensure_workflow()
    made += ensure_indicators()
    return made


def ensure_home(locale, made):
    """The home page at the root of the default site; Wagtail's own first page goes."""
    home = HomePage.objects.first()
    if home is None:
        root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root", locale=locale)
        welcome = root.get_children().filter(slug="home").first()
        if welcome and welcome.specific_class is Page:
            Site.objects.filter(root_page=welcome).delete()
            welcome.delete()
            root.refresh_from_db()
        home = root.add_child(instance=HomePage(title="Adit", slug="home", locale=locale))
        made.append("Made the home page.")
    ensure_site(home, made)
    return home


def ensure_site(home, made):
    """The default site, under the name that the settings give it: what Wagtail itself writes agrees with ours."""
    name = {"hostname": addresses.host(), "port": addresses.port()}
    sites = Site.objects.all()
    site = sites.filter(is_default_site=True).first() or sites.filter(**name).first()
    if site is None:
        Site.objects.create(root_page=home, is_default_site=True, site_name="Adit", **name)
        made.append("Made the site.")
    elif not sites.filter(**name).exists():
        site.hostname, site.port = name["hostname"], name["port"]
        site.save()
        made.append("The site has the address that the settings give it.")


def ensure_page(home, page, made):
    """A child of the home page with this slug."""
    if not home.get_children().filter(slug=page.slug).exists():
        home.refresh_from_db()
        home.add_child(instance=page)
        made.append(f"Made the page “{page.title}”.")


def ensure_groups(home, made):
    """The groups and what Wagtail lets them do; memberships decide the rest (knowledge.rights)."""
    for name in (CONTRIBUTORS, OFFICERS, EXPERTS, AUDITORS, ADMINISTRATORS):
        group, is_new = Group.objects.get_or_create(name=name)
        if is_new:
            made.append(f"Made the group {name}.")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
    # Wagtail's own two groups would be second names for ours.
    Group.objects.filter(name__in=["Editors", "Moderators"], user=None).delete()

    allow_pages(CONTRIBUTORS, home, ["add"], sections=True)
    allow_pages(OFFICERS, home, ["add", "change", "publish"], sections=True)
    allow_pages(ADMINISTRATORS, home, ["add", "change", "publish", "lock", "unlock", "bulk_delete"])
    for name in (CONTRIBUTORS, OFFICERS, ADMINISTRATORS):
        allow_collection(name, ["add_image", "choose_image", "add_document", "choose_document"])
    allow_collection(ADMINISTRATORS, ["change_image", "change_document"])
    allow_models(OFFICERS, OFFICERS_MODELS)
    allow_models(ADMINISTRATORS, [*OFFICERS_MODELS, *ADMINISTRATORS_MODELS])


def allow_pages(group_name, home, permissions, *, sections=False):
    """Page permissions for a group: at the home page, or at the three sections only."""
    group = Group.objects.get(name=group_name)
    pages = SectionPage.objects.child_of(home) if sections else [home]
    for page in pages:
        for codename in permissions:
            permission = Permission.objects.get(
                content_type__app_label="wagtailcore", codename=f"{codename}_page"
            )
            GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def allow_collection(group_name, codenames):
    """Permissions for a group on pictures and documents."""
    group = Group.objects.get(name=group_name)
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    # Wagtail asks for the permissions of its own picture and document, whatever our models are called.
    rooms = ["wagtailimages", "wagtaildocs"]
    for permission in Permission.objects.filter(content_type__app_label__in=rooms, codename__in=codenames):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def allow_models(group_name, models):
    """All permissions for a group on the rows of these models."""
    group = Group.objects.get(name=group_name)
    group.permissions.add(*Permission.objects.filter(content_type__model__in=models))
