"""Load the sets of synonyms that come with the site. What an editor changed or deleted is never touched."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.db.models.signals import post_save
from django.utils.text import slugify
from django.utils.translation import gettext as _

from regions.choices import Language
from regions.importing.table import Problem, Refused, read_table
from search.models import ShippedSynonyms, SynonymSet, SynonymTerm
from search.models.synonyms import LONGEST_TERM

SHIPPED = Path(__file__).parent / "data" / "synonyms.csv"
COLUMNS = ["set", "language", "term", "is_symbol"]
# May be left out, and is empty or 0 for most.
NARROWER = "is_narrower"


class Term(NamedTuple):
    """One word or phrase of a set, as a file or the database has it."""

    language: str
    text: str
    is_symbol: bool
    is_narrower: bool = False


@dataclass
class Outcome:
    """How many sets an import made, brought up to date, took away, left as an editor wants them, or left."""

    created: int = 0
    updated: int = 0
    removed: int = 0
    kept: int = 0
    unchanged: int = 0

    @property
    def changed(self):
        return self.created + self.updated + self.removed


@transaction.atomic
def import_synonyms(path=SHIPPED):
    """Bring the shipped sets up to date with the file and give back the Outcome, or raise Refused."""
    wanted = read_sets(path)
    shipped = dict(ShippedSynonyms.objects.values_list("key", "fingerprint"))
    there = {one.key: one for one in SynonymSet.objects.exclude(key=None).prefetch_related("terms")}
    own_names = set(SynonymSet.objects.filter(key=None).values_list("name", flat=True))
    outcome, new = Outcome(), {}
    for key, (name, terms) in wanted.items():
        fingerprint = fingerprint_of(name, True, terms)
        if key not in shipped:
            # An editor's own set of this name comes first.
            if name in own_names:
                outcome.kept += 1
            else:
                new[key] = SynonymSet(key=key, name=name)
                outcome.created += 1
        elif key not in there or is_edited(there[key], shipped[key]):
            outcome.kept += 1
            continue
        elif shipped[key] == fingerprint:
            outcome.unchanged += 1
            continue
        else:
            replace(there[key], name, terms)
            outcome.updated += 1
        ShippedSynonyms.objects.update_or_create(key=key, defaults={"fingerprint": fingerprint})
    SynonymSet.objects.bulk_create(new.values())
    SynonymTerm.objects.bulk_create(
        [made_of(term, one) for key, one in new.items() for term in wanted[key][1]],
        batch_size=500,
    )
    remove_dropped(wanted, shipped, there, outcome)
    if outcome.changed:
        tell()
    return outcome


def read_sets(path):
    """{key: (name, [Term])} of a file, or Refused."""
    sets, problems = {}, []
    for number, row in read_table(path, COLUMNS):
        name, language, text = (row[column] for column in COLUMNS[:3])
        key = slugify(name)
        if not key or len(name) > SynonymSet._meta.get_field("name").max_length:
            problems.append(Problem(_("A set needs a name of at most 100 characters."), number, "set", name))
        if language and language not in Language:
            problems.append(Problem(_("There is no language with this code."), number, "language", language))
        if not text or len(text) > LONGEST_TERM:
            problems.append(Problem(_("A term has 1 to 100 characters."), number, "term", text))
        switches = {"is_symbol": row["is_symbol"], NARROWER: row.get(NARROWER) or "0"}
        for column, value in switches.items():
            if value not in ("0", "1"):
                problems.append(Problem(_("Write 1 for yes and 0 for no."), number, column, value))
        _name, terms = sets.setdefault(key, (name, []))
        if any((language, text) == one[:2] for one in terms):
            reason = _("This term stands in the set already, for the same language.")
            problems.append(Problem(reason, number, "term", text))
        terms.append(Term(language, text, *(value == "1" for value in switches.values())))
    problems += [
        Problem(_("A set needs at least two terms."), column="set", value=name)
        for name, terms in sets.values()
        if len(terms) == 1
    ]
    if problems:
        raise Refused(path, problems)
    return sets


def fingerprint_of(name, is_active, terms):
    # A term that is not narrower is written as it was before there were any.
    written = sorted(term if term.is_narrower else term[:3] for term in terms)
    text = json.dumps([name, is_active, written], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def is_edited(synonyms, fingerprint):
    """Whether an editor changed the set since it was loaded. A note changes nothing that search knows."""
    terms = [
        Term(term.language, term.text, term.is_symbol, term.is_narrower) for term in synonyms.terms.all()
    ]
    return fingerprint_of(synonyms.name, synonyms.is_active, terms) != fingerprint


def replace(synonyms, name, terms):
    SynonymTerm.objects.filter(synonyms=synonyms).delete()
    SynonymTerm.objects.bulk_create([made_of(term, synonyms) for term in terms])
    SynonymSet.objects.filter(pk=synonyms.pk).update(name=name)


def made_of(term, synonyms):
    """A row of the set, not yet written."""
    return SynonymTerm(synonyms=synonyms, **term._asdict())


def remove_dropped(wanted, shipped, there, outcome):
    """A set that no longer comes with the site goes, unless an editor made it theirs."""
    for key in shipped.keys() - wanted.keys():
        if key in there and not is_edited(there[key], shipped[key]):
            there[key].delete()
            outcome.removed += 1
        ShippedSynonyms.objects.filter(key=key).delete()


def tell():
    """Writing many rows at once tells nobody; one word is enough for those who keep synonyms in memory."""
    post_save.send(
        SynonymSet,
        instance=SynonymSet.objects.last() or SynonymSet(),
        created=True,
        raw=False,
        using="default",
        update_fields=None,
    )
