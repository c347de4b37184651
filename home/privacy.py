"""What the page on privacy says: what the site keeps about people, as its settings and duties really are.

Who answers for it, on which legal basis and with whose help, its operator says (home.models.Operator).
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import erasure
from events.models import LearningEventPage
from home import cookies
from home.choices import Basis
from network import attempts, letters
from search import frequent


@dataclass(frozen=True)
class Kept:
    """One thing the site keeps about people."""

    what: str
    why: str
    basis: str
    period: str


@dataclass(frozen=True)
class Privacy:
    """All that the page on privacy prints."""

    operator: object
    kept: list
    has_public_task: bool
    rights: list
    cookies: list
    kept_by_scripts: list


def privacy(operator):
    """What the page on privacy says about the site of this operator."""
    return Privacy(
        operator=operator,
        kept=kept(operator),
        has_public_task=bool(bases(operator) & {Basis.PUBLIC_TASK, Basis.INTERESTS}),
        rights=rights(operator),
        cookies=cookies.cookies(),
        kept_by_scripts=cookies.kept_by_scripts(),
    )


def kept(operator):
    """Everything the site keeps about people, with why, on which basis and for how long."""
    accounts, events = said(operator.get_basis_accounts_display()), said(operator.get_basis_events_display())
    security = said(operator.get_basis_security_display())
    letters_kept = cookies.how_long(letters.TEXTS_KEPT)
    weeks = LearningEventPage._meta.get_field("retention_weeks").default
    return [
        Kept(
            _("Your account: name, e-mail address, scrambled password, second factor, organisations, role"),
            _("So that you can sign in, write, and be written to."),
            accounts,
            _("until you ask for its erasure"),
        ),
        Kept(
            _("Your name and the time beside what you wrote, submitted or decided, and what you said of it"),
            _("So that every number can be checked and everybody knows who took a decision."),
            accounts,
            _("as long as what it is about; after an erasure it names nobody"),
        ),
        Kept(
            _("Your saved searches, and how often you want letters about them"),
            _("So that you hear of what is new."),
            accounts,
            _("until you delete them or your account is erased"),
        ),
        Kept(
            _(
                "Your registration for an event: name, e-mail address, organisation, place, what you ask to "
                "be arranged, whether you were there, what you answer afterwards"
            ),
            _("So that the event can be held, you can be written to, and it can be proved that it was held."),
            events,
            _(
                "until the day its form names, %(weeks)s after the event if its organisers choose no other "
                "time; what you ask to be arranged, %(needs)s after it. Numbers without names stay."
            )
            % {
                "weeks": ngettext("%(number)s week", "%(number)s weeks", weeks) % {"number": weeks},
                "needs": cookies.how_long(erasure.NEEDS_KEPT),
            },
        ),
        Kept(
            _("Letters of the site to you, and what you write to us by a form"),
            _(
                "So that you hear what becomes of what you wrote or registered for, and that faults can be "
                "looked into."
            ),
            accounts,
            _(
                "the text %(days)s; a code or a personal link goes as soon as it is sent. That there was a "
                "letter is kept until your account or registration is erased."
            )
            % {"days": letters_kept},
        ),
        Kept(
            _("A scrambled form of your internet address, and what was tried from it"),
            _("So that programs cannot guess passwords or fill in forms."),
            security,
            cookies.how_long(attempts.KEPT),
        ),
        Kept(
            _("The words of a search, with a number that tells visitors of one day apart"),
            _("So that we see what is often looked for and what is missing."),
            security,
            _("the number until the next day; counts, which name nobody, %(days)s")
            % {"days": cookies.how_long(frequent.KEPT_DAYS * 86400)},
        ),
        Kept(
            _("Logs: which page was asked for, when, and how it was answered"),
            _("So that faults and attacks are found."),
            security,
            days_said(operator.logs_kept_days),
        ),
        Kept(
            _("Backups: copies of all of this but the logs"),
            _("So that a site that is lost can be had again; who was erased since is erased again."),
            security,
            days_said(operator.backups_kept_days),
        ),
        Kept(
            _("That somebody was erased: a scrambled form of the e-mail address, which nobody can read"),
            _("So that no backup brings back who asked to be forgotten."),
            security,
            _("as long as the site is there"),
        ),
    ]


def said(words):
    return str(words) or _("not stated yet")


def days_said(days):
    return cookies.how_long(days * 86400) if days else _("not stated yet")


def bases(operator):
    return {operator.basis_accounts, operator.basis_events, operator.basis_security} - {""}


def rights(operator):
    """What people may ask for: what follows from each of the legal bases, or all while none is stated."""
    chosen = bases(operator) or set(Basis.values)
    all_rights = [
        (_("See what is kept about you, and get a copy (Article 15)."), None),
        (_("Have it corrected (Article 16)."), None),
        (_("Have it erased (Article 17)."), None),
        (_("Have it left untouched while a question about it is open (Article 18)."), None),
        (
            _("Get what you gave us in a form that programs read (Article 20)."),
            {Basis.CONSENT, Basis.CONTRACT},
        ),
        (
            _("Object, for reasons that follow from your situation (Article 21)."),
            {Basis.PUBLIC_TASK, Basis.INTERESTS},
        ),
        (
            _("Take your consent back at any time; what was done before stays lawful (Article 7)."),
            {Basis.CONSENT},
        ),
    ]
    return [right for right, needs in all_rights if needs is None or needs & chosen]
