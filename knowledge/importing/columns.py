"""The columns an import file may have: those of the public sample, and those of the full template."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from knowledge.choices import (
    CostBasis,
    CrmaObjective,
    FundingSource,
    Licence,
    Maturity,
    PracticeType,
    PublicRole,
    RecordKind,
    Relevance,
    RexLoop,
)
from regions.choices import Language

TEXT, PROSE, SPECIAL = "text", "prose", "special"
CHOICE, CHOICES = "choice", "choices"
DATE, NUMBER, WEB = "date", "number", "web"


@dataclass(frozen=True)
class Column:
    """One column: its heading, how its cells are read and what they mean.

    kind     TEXT (one line), PROSE (paragraphs), CHOICE or CHOICES (of a closed list), DATE (as exact as
             known), NUMBER, WEB (an address), SPECIAL (has a rule of its own in checking)
    field    the page's field, where it has another name
    longest  how many signs it may have, where limits.py has no word about it
    """

    name: str
    kind: str
    meaning: str
    required: bool = False
    choices: type | None = None
    example: str = ""
    field: str = ""
    longest: int = 0
    in_template: bool = True


COLUMNS = (
    Column(
        "id",
        SPECIAL,
        _("Your own id of the practice. It never changes: a second import finds the practice by it."),
        True,
        example="GP006",
    ),
    Column("title", TEXT, _("Title in English."), True, example="Gold Mine tourist complex in Złoty Stok"),
    Column("title_original", TEXT, _("Title in the practice's own language, if that is not English.")),
    Column(
        "language",
        CHOICE,
        _("Language of the text, as a code. Empty: en."),
        choices=Language,
        field="source_language",
        example="en",
    ),
    Column(
        "record_kind",
        CHOICE,
        _("Good practice, or lesson learnt from what failed or was stopped. Empty: good practice."),
        choices=RecordKind,
        example="good-practice",
    ),
    Column(
        "summary",
        TEXT,
        _("Two sentences in English: who did what, and what came of it."),
        True,
        example="A disused mine was reopened as a visitor site with underground routes and a museum.",
    ),
    Column("challenge", PROSE, _("The problem.")),
    Column("description", PROSE, _("What was done, how, by whom and for whom.")),
    Column("evidence_of_success", PROSE, _("What was achieved, in figures where there are any.")),
    Column("resources_needed", PROSE, _("Money, people and things it took.")),
    Column("difficulties", PROSE, _("What was difficult.")),
    Column("transfer_potential", PROSE, _("Whether and how it could work elsewhere.")),
    Column(
        "nuts_code",
        SPECIAL,
        _(
            "NUTS code of the region, several separated by semicolons. A country's two letters: "
            "national. Leave it empty and write EU as country for several countries at large."
        ),
        True,
        example="PL51",
    ),
    Column(
        "country",
        SPECIAL,
        _(
            "Country's two letters (GB or UK for the United Kingdom, EL or GR for Greece), or EU. "
            "It must fit the NUTS code."
        ),
        example="PL",
    ),
    Column("country_name", SPECIAL, _("The country's name; not read."), in_template=False),
    Column("region", TEXT, _("The place in words."), field="place", example="Dolnośląskie", longest=300),
    Column("nuts_version", SPECIAL, _("Edition of the NUTS code; not read."), in_template=False),
    Column(
        "stage",
        SPECIAL,
        _("Main value-chain stage, several separated by semicolons."),
        True,
        example="post-mining",
    ),
    Column(
        "stages_touched",
        SPECIAL,
        _("Further stages that it touches, separated by semicolons."),
        example="use",
    ),
    Column(
        "topic",
        SPECIAL,
        _("Topic or focus area, several separated by semicolons."),
        True,
        example="mining heritage and tourism",
    ),
    Column(
        "materials",
        SPECIAL,
        _("Raw materials by name, separated by semicolons. A name the site does not know becomes a keyword."),
        example="gold;arsenic",
    ),
    Column(
        "crm_ids",
        SPECIAL,
        _("Raw materials by the code of this site, separated by semicolons."),
        in_template=False,
    ),
    Column("keywords", SPECIAL, _("Specific words, separated by semicolons."), example="visitor mine"),
    Column(
        "organisation",
        TEXT,
        _(
            "The organisation that owns the practice, exactly as its name stands on this site; any"
            " other name is kept as written. Needed when there is no source."
        ),
        example="Kopalnia Złota Złoty Stok",
        longest=300,
    ),
    Column(
        "project",
        SPECIAL,
        _("Acronym of the one project the practice comes from, as it stands on this site."),
        example="REMIX",
    ),
    Column("start", DATE, _("Start, as exact as known: 2016, 2016-05 or 2016-05-17."), example="2016-05"),
    Column("end", DATE, _("End, as exact as known. Empty while it goes on."), example="2018"),
    Column("maturity", CHOICE, _("How far it has come."), choices=Maturity, example="running"),
    Column("practice_type", CHOICE, _("Type of practice."), choices=PracticeType),
    Column("relevance", CHOICE, _("What it has to do with raw materials."), choices=Relevance),
    Column(
        "public_role",
        CHOICE,
        _("Public intervention, or private initiative that inspired one."),
        choices=PublicRole,
    ),
    Column(
        "cost_eur",
        NUMBER,
        _("Cost in euro, a plain number: 7000000 or 1250.50."),
        field="cost_amount",
        example="7000000",
    ),
    Column("cost_basis", CHOICE, _("What the cost covers."), choices=CostBasis),
    Column("cost_note", TEXT, _("Note on the cost."), longest=300),
    Column("staff_fte", NUMBER, _("Staff in full-time equivalents, a plain number: 2.5.")),
    Column(
        "funding_sources",
        CHOICES,
        _("Where the money came from, several separated by semicolons."),
        choices=FundingSource,
    ),
    Column(
        "crma_objectives",
        CHOICES,
        _("Objectives of the Critical Raw Materials Act it helps to reach, separated by semicolons."),
        choices=CrmaObjective,
        example="extractive-waste",
    ),
    Column(
        "rex_loops",
        CHOICES,
        _("How it keeps materials in use, several separated by semicolons."),
        choices=RexLoop,
    ),
    Column("website", WEB, _("Address of further information."), longest=500),
    Column("licence", CHOICE, _("Licence of the text. Empty: cc-by-4.0."), choices=Licence),
    Column(
        "source",
        WEB,
        _(
            "Address of the public source. With it the practice counts as collected, not as "
            "submitted by its owner."
        ),
        example="https://www.interregeurope.eu/remix/good-practices/",
        longest=1000,
    ),
    Column("source_kind", TEXT, _("What the source is."), example="Interreg Europe REMIX", longest=100),
    Column("confidence", TEXT, _("How sure the source is."), example="high", longest=20),
    Column(
        "read_on", SPECIAL, _("Day the source was read, such as 2026-05-17. Empty: the day of the import.")
    ),
)
BY_NAME = {column.name: column for column in COLUMNS}
# Columns whose cells may hold several values, separated by semicolons or each on a line of its own.
SEVERAL = {"nuts_code", "stage", "stages_touched", "topic", "materials", "crm_ids", "keywords"}
SEVERAL |= {column.name for column in COLUMNS if column.kind == CHOICES}
REQUIRED = [column.name for column in COLUMNS if column.required]
