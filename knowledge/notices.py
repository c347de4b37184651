"""Letters about the review: who gets one, and what it says. They leave after the commit."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.choices import ValidationKind
from knowledge.reading.values import day
from network import letters
from network.addresses import full_address, page_path
from network.rights import OFFICERS

READERS_LETTER_KEPT = timedelta(days=30)


def officers():
    """The people who decide; the administrators where no officer has been named."""
    people = get_user_model().objects.filter(is_active=True)
    return list(people.filter(groups__name=OFFICERS)) or list(people.filter(is_superuser=True))


def authors(page, *others):
    """The owner of the page and further people, each once, without those who have no open account."""
    people = {person.pk: person for person in (page.owner, *others) if person and person.is_active}
    return list(people.values())


def editor_address(page):
    """Where the page is edited."""
    return full_address(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def desk_address(page):
    """Where officers decide about the page."""
    return full_address(reverse("knowledge_page_desk", args=[page.pk]))


def write(people, subject, template, context, page, until=None):
    """One letter to each of these people, about this page."""
    for person in people:
        letters.write(
            person.email,
            subject,
            f"knowledge/letters/{template}.txt",
            {"person": person, **context},
            until=until,
            about=f"page:{page.pk}",
        )


def submitted(page, submitter):
    """Officers learn that something waits, authors that it arrived."""
    own = authors(page, submitter)
    context = {"page": page, "submitter": submitter, "address": desk_address(page)}
    ids = {person.pk for person in own}
    write(
        [officer for officer in officers() if officer.pk not in ids],
        _("Waiting for review: %(title)s") % {"title": page.title},
        "waiting",
        context,
        page,
    )
    write(
        own,
        _("Submitted: %(title)s") % {"title": page.title},
        "submitted",
        context | {"address": editor_address(page)},
        page,
    )


def decided(page, submitter, officer, comment, subject, template):
    """Authors learn what was decided; the officer knows already."""
    people = [person for person in authors(page, submitter) if officer is None or person.pk != officer.pk]
    address = full_address(page_path(page)) if page.live else editor_address(page)
    context = {"page": page, "officer": officer, "comment": comment, "address": address}
    write(people, subject, template, context, page)


def approved(page, submitter, officer, comment):
    page.refresh_from_db()
    subject = _("Approved and published: %(title)s") % {"title": page.title}
    decided(page, submitter, officer, comment, subject, "approved")


def sent_back(page, submitter, officer, comment):
    subject = _("Changes requested: %(title)s") % {"title": page.title}
    decided(page, submitter, officer, comment, subject, "sent_back")


def withdrawn(page, officer, at):
    """Authors learn that their page is not public any more; the officer knows already."""
    last = page.latest_revision
    people = [person for person in authors(page, last and last.user) if officer is None or person != officer]
    context = {
        "page": page,
        "officer": officer,
        "day": day(at),
        "was_counted": page.validations.filter(kind=ValidationKind.COUNTED).exists(),
        "address": editor_address(page),
    }
    subject = _("Not public any more: %(title)s") % {"title": page.title}
    write(people, subject, "withdrawn", context, page)


def change_claimed(change, claimant):
    """Officers learn that a policy change waits for them: nobody else reads it before."""
    address = full_address(reverse("knowledge_change_desk", args=[change.pk]))
    write(
        [officer for officer in officers() if officer.pk != claimant.pk],
        _("Policy change to take up: %(title)s") % {"title": change.title},
        "change_claimed",
        {"change": change, "claimant": claimant, "address": address},
        change.instrument,
    )


def change_taken_up(change, officer):
    """The claimant learns that everybody reads the policy change now, and that it does not count yet."""
    subject = _("Taken up: %(title)s") % {"title": change.title}
    _tell_claimant(change, officer, subject, "change_taken_up")


def change_decided(change, officer):
    """The claimant learns what was decided about the policy change, and why."""
    subject = _("%(status)s: %(title)s") % {"status": change.get_status_display(), "title": change.title}
    _tell_claimant(change, officer, subject, "change_decided")


def _tell_claimant(change, officer, subject, template):
    claimant = change.claimed_by
    if not claimant or not claimant.is_active or claimant.pk == officer.pk:
        return
    address = full_address(reverse("wagtailsnippets_knowledge_policychange:edit", args=[change.pk]))
    context = {"change": change, "officer": officer, "address": address}
    write([claimant], subject, template, context, change.instrument)


def confirmation_asked(page, answers):
    """Officers learn that somebody says a collected page is theirs, or wrong."""
    subject = _("A reader writes about: %(title)s") % {"title": page.title}
    context = {"page": page, "answers": answers, "address": desk_address(page)}
    # It holds a reader's name, address and words, and is not kept for ever, sent or not.
    write(officers(), subject, "confirmation", context, page, until=timezone.now() + READERS_LETTER_KEPT)
