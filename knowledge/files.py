"""Who may read, choose and change a file or a picture. Every list, form, view and API asks here.

A file is its owner's: of who brought it and of the organisation it belongs to. Only they and officers decide
who reads it, by the file's own confidentiality and by the evidence they make of it, the strictest of which
holds. What others write about it, in evidence, a form or a draft, opens nothing and closes nothing.
"""

from functools import lru_cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from knowledge import restrictions, rights
from knowledge.choices import Confidentiality
from knowledge.models import Evidence, Picture, PolicyChange, SourceDocument
from knowledge.reading.instrument import HIDDEN
from network.ready_queries import ReadyQuery, padded, some
from network.rights import (
    ADMINISTRATORS,
    OFFICERS,
    is_auditor,
    is_expert,
    is_officer,
    organisation_ids,
)

# So many files are asked for at once.
AT_ONCE = 10


def may_read_file(user, document):
    """Whether this file is for this person (or visitor)."""
    return bool(readable(user, [document.pk]))


def readable(user, keys):
    """Those of these files (by primary key) that this person may read, in few questions for all of them."""
    keys = [key for key in keys if key]
    if not keys:
        return set()
    files = SourceDocument.objects.filter(pk__in=keys)
    pages = _pages_read_by(user)
    if rights.is_person(user):
        found = set(files.filter(_theirs(user)).values_list("pk", flat=True))
        public = _public(files.exclude(pk__in=found))
        found |= set(public.filter(_is_shown(pages)).values_list("pk", flat=True))
    else:
        public, found = _public(files), _shown_to_all(keys)
    # Few files are named by texts alone: only what nothing else shows is looked for there.
    left = set(keys) - found
    if named := _named_by(pages, left) if left else ():
        found |= set(public.filter(pk__in=named).values_list("pk", flat=True))
    return found


def _public(files):
    """Those of these files that nothing narrows down to some readers."""
    return files.filter(~_is_only_for(Confidentiality.PROJECT) & ~_is_only_for(Confidentiality.AUDITOR))


def _shown_to_all(keys):
    """Those of these files that a page shows to everybody."""
    question = _question(timezone.localdate(), restrictions.closed_paths())
    parts = [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]
    return {pk for part in parts for (pk,) in question.rows(*padded(part, AT_ONCE))}


@lru_cache(maxsize=2)
def _question(_today, _closed):
    """What is asked for that, on one day and while these parts of the tree are closed."""
    places = some(AT_ONCE)

    def make():
        files = _public(SourceDocument.objects.filter(pk__in=places))
        return files.filter(_is_shown(_pages_read_by(None))).values_list("pk")

    return ReadyQuery(make, *places)


def files_for(user):
    """The files this person may see in lists and choose in forms: those they may read as one of their people.

    A file that everybody may read on its page is not everybody's to use.
    """
    return searchable(SourceDocument.objects.filter(_theirs(user)))


def _theirs(user):
    """The question whether a file is open to this person for who they are."""
    if not rights.is_person(user):
        return Q(pk__in=())
    if is_officer(user) or is_auditor(user):
        return Q()
    word = evidence_of_the_owner()
    own = Q(organisation__in=organisation_ids(user)) | Exists(word.filter(rights.about_their_pages(user)))
    return Q(uploaded_by_user=user) | (~_is_only_for(Confidentiality.AUDITOR) & own)


def _is_only_for(confidentiality):
    """The question whether the file itself or a word of its owner narrows it down to these readers."""
    word = evidence_of_the_owner().filter(confidentiality=confidentiality)
    return Q(confidentiality=confidentiality) | Exists(word)


def searchable(found):
    """The same rows in a form that Wagtail's search can filter by."""
    return found.model.objects.filter(pk__in=found.order_by().values("pk"))


def evidence_of_the_owner():
    """The evidence made of a file (OuterRef) by its own people or by an officer: what it says holds."""
    owner, uploader = OuterRef("organisation"), OuterRef("uploaded_by_user")
    by_its_people = (
        Q(added_by=uploader)
        | Q(added_by__memberships__organisation=owner)
        | Q(added_by__groups__name__in=[OFFICERS, ADMINISTRATORS])
        | Q(added_by__is_superuser=True)
    )
    # Who added it is forgotten with their account.
    by_nobody = Q(added_by=None) & (
        Q(page__organisation=owner)
        | Q(change__instrument__organisation=owner)
        | Q(document__organisation=None, document__uploaded_by_user=None)
    )
    return Evidence.objects.filter(by_its_people | by_nobody, document=OuterRef("pk"))


def _pages_read_by(user):
    """The pages that may show this person a public file: those for everybody; experts read drafts too."""
    is_reviewer = rights.is_person(user) and is_expert(user)
    return Page.objects.all() if is_reviewer else restrictions.public(Page.objects.live())


def _is_shown(pages):
    """The question whether one of these pages shows the file beside its texts."""
    keys = pages.order_by().values("pk")
    proof = evidence_of_the_owner().filter(
        Q(page__in=keys)
        | Q(change__in=PolicyChange.objects.public().exclude(status__in=HIDDEN), change__instrument__in=keys)
    )
    today = timezone.localdate()
    out = SourceDocument.objects.filter(
        Q(materials__available_from=None) | Q(materials__available_from__lte=today),
        materials__page__in=keys,
    )
    baseline = SourceDocument.objects.filter(baseline_of__in=keys)
    return Exists(proof) | Q(pk__in=out.order_by().values("pk")) | Q(pk__in=baseline.order_by().values("pk"))


def _named_by(pages, keys):
    """Those of these files that the text of one of these pages links to."""
    kinds = ContentType.objects.get_for_models(Page, SourceDocument)
    links = ReferenceIndex.objects.filter(
        base_content_type=kinds[Page],
        to_content_type=kinds[SourceDocument],
        to_object_id__in=[str(key) for key in keys],
    ).exclude(Q(model_path__startswith="baseline") | Q(model_path__startswith="materials"))
    named = {}
    for page, file in links.values_list("object_id", "to_object_id"):
        named.setdefault(int(page), set()).add(int(file))
    public = pages.filter(pk__in=named).values_list("pk", flat=True) if named else ()
    return {file for page in public for file in named[page]}


def pictures_for(user):
    """The pictures this person may see in lists, choose in forms and change."""
    return _of(user, Picture.objects.all())


def files_of(user):
    """The files this person may change: who may read them, when and what they are."""
    return _of(user, files_for(user))


def unused_files_of(user):
    """The files this person may delete: theirs, as long as no page, event or piece of evidence holds them."""
    unused = SourceDocument.objects.filter(evidence=None, materials=None, baseline_of=None)
    return _of(user, unused.filter(pk__in=files_for(user).values("pk")))


def _of(user, things):
    if not rights.is_person(user):
        return things.none()
    if is_officer(user):
        return things
    own = Q(uploaded_by_user=user) | Q(organisation__in=organisation_ids(user))
    return searchable(things.filter(own))


def own_organisation(user):
    """Whose a new file is: of the organisation its bringer belongs to, as long as there is one only."""
    own = organisation_ids(user)
    return next(iter(own)) if len(own) == 1 else None
