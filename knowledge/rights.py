"""Who may do what with content: pure questions, asked alike by the editor, the workflow, views and tests."""

from django.db.models import Q
from wagtail.models import Page, PageViewRestriction, Revision

from knowledge import restrictions
from knowledge.choices import Confidentiality
from network.rights import is_auditor, is_expert, is_officer, member_of, organisation_ids


def is_person(user):
    """Whether somebody is signed in with an open account."""
    return bool(user and user.is_authenticated and user.is_active)


def wrote(user, page):
    """Whether this person is an author: owner, hand in any revision, member of the owning organisation."""
    if not is_person(user):
        return False
    return (
        page.owner_id == user.pk
        or member_of(user, getattr(page, "organisation_id", None))
        or page.revisions.filter(user=user).exists()
    )


def written_by(user, page_ids):
    """Those of these pages (by primary key) that this person is an author of, in two queries."""
    pages = Page.objects.filter(pk__in=page_ids)
    own = Q(owner=user) | Q(knowledgepage__organisation__in=organisation_ids(user))
    revised = Revision.page_revisions.filter(user=user, object_id__in=[str(pk) for pk in page_ids])
    keys = set(pages.filter(own).values_list("pk", flat=True))
    return keys | {int(key) for key in revised.values_list("object_id", flat=True)}


def may_edit(user, page):
    """Its owner, everybody in the owning organisation, and officers."""
    if not is_person(user):
        return False
    return (
        is_officer(user)
        or page.owner_id == user.pk
        or member_of(user, getattr(page, "organisation_id", None))
    )


def may_see(user, page):
    """What is published those it is open to; a draft those who may edit it, experts and auditors."""
    return may_edit(user, page) or reads_drafts(user) or (page.live and not closed_to(user, page))


def reads_drafts(user):
    """Whether this person reads what is not published, whoever wrote it."""
    return is_officer(user) or is_expert(user) or is_auditor(user)


def closed_to(user, page):
    """Whether the page lies where only some people may read, and this person is none of them."""
    return any(page.path.startswith(path) for path in closed_paths(user))


def closed_paths(user):
    """Below which places of the tree this person may not read; a password counts as not given.

    Kept with the user object, as groups and memberships are.
    """
    if user is not None and hasattr(user, "_closed_paths"):
        return user._closed_paths
    paths = closed_to_person(user) if is_person(user) else restrictions.closed_paths()
    if user is not None:
        user._closed_paths = paths
    return paths


def closed_to_person(user):
    let_in = PageViewRestriction.objects.filter(groups__user=user).values("pk")
    closed = PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.LOGIN)
    return frozenset(closed.exclude(pk__in=let_in).values_list("page__path", flat=True))


def visible_to(user, pages):
    """The pages of a query set (of any page model) that this person may see.

    They are named by their keys alone, so that Wagtail's own search can take the query set on.
    """
    if reads_drafts(user):
        return pages
    live = Q(live=True)
    for path in closed_paths(user):
        live &= ~Q(path__startswith=path)
    own = Q(owner=user) if is_person(user) else Q(pk=None)
    own |= Q(knowledgepage__organisation__in=organisation_ids(user))
    # What is no knowledge page (home, sections, texts) is written by officers and is no secret.
    unowned = Q(knowledgepage=None)
    return pages.filter(pk__in=Page.objects.filter(live | own | unowned).order_by().values("pk"))


def may_read_decisions(user, page):
    """Who decided about a page and what they wrote is for its authors, and for those who decide or audit."""
    return is_person(user) and (reads_drafts(user) or may_edit(user, page) or wrote(user, page))


def may_know(user, evidence):
    """Whether this person may know what a piece of evidence is called: who may open it, and its authors."""
    return may_open(user, evidence) or may_edit(user, evidence.subject)


def may_review(user, page):
    """An officer decides about what others wrote: nobody validates their own work."""
    return is_person(user) and is_officer(user) and not wrote(user, page)


def may_count(user, page):
    """The officer who lets a practice count is none of its authors."""
    return may_review(user, page)


def may_confirm(user, page):
    """That a collected page is true is said by its owner's people, or by an officer on their word."""
    return is_person(user) and (
        is_officer(user) or member_of(user, page.organisation_id) or page.owner_id == user.pk
    )


def may_admit(user, page):
    """An expert who neither wrote the practice nor decided about it before."""
    return (
        is_person(user)
        and is_expert(user)
        and not wrote(user, page)
        and not page.validations.filter(by=user).exists()
    )


def may_claim(user, instrument):
    """Who may edit an instrument may say what changed in it, and add the evidence."""
    return may_edit(user, instrument)


def claimed(user, change):
    """Whether the change is this person's own: they or their organisation claimed or decided it."""
    return (
        change.claimed_by_id == user.pk
        or member_of(user, change.decided_by_id)
        or wrote(user, change.instrument)
    )


def may_validate_change(user, change):
    """An officer who has no hand in the change or in its instrument."""
    return is_person(user) and is_officer(user) and not claimed(user, change)


def may_see_change(user, change):
    """What is public everybody who may see the instrument; a claim that waits its authors and reviewers."""
    if change.is_public:
        return may_see(user, change.instrument)
    own = is_person(user) and claimed(user, change)
    return own or may_edit(user, change.instrument) or is_expert(user) or is_auditor(user)


def about_their_pages(user):
    """The condition for evidence of pages and changes that this person may edit as owner or member."""
    organisations = organisation_ids(user)
    return (
        Q(page__owner=user)
        | Q(page__organisation__in=organisations)
        | Q(change__instrument__owner=user)
        | Q(change__instrument__organisation__in=organisations)
    )


def may_accept_evidence(user, evidence):
    """An officer who neither brought the evidence nor wrote what it proves."""
    if not is_person(user) or not is_officer(user) or evidence.added_by_id == user.pk:
        return False
    own = claimed(user, evidence.change) if evidence.change_id else wrote(user, evidence.page)
    return not own


def may_edit_evidence(user, evidence):
    """Who may edit what it proves, until an officer has accepted it; then officers only."""
    if evidence.accepted_at:
        return is_person(user) and is_officer(user)
    return may_edit(user, evidence.subject)


def may_edit_change(user, change):
    """Who may edit the instrument, until the change is validated; then officers only."""
    if change.validated_at:
        return is_person(user) and is_officer(user)
    return may_edit(user, change.instrument)


def may_open(user, evidence):
    """Whether the file or address behind a piece of evidence is for this person."""
    if is_person(user) and (is_officer(user) or is_auditor(user)):
        return True
    if evidence.confidentiality == Confidentiality.AUDITOR:
        # Who brought it knows it already: an organiser the list of their own event.
        return is_person(user) and evidence.added_by_id == user.pk
    if evidence.confidentiality == Confidentiality.PROJECT:
        return may_edit(user, evidence.subject)
    if evidence.change_id:
        return may_see_change(user, evidence.change)
    return may_see(user, evidence.subject)
