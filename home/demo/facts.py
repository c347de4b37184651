"""What is known from public sources: practices, projects with partners and targets, policy instruments.

Every row of the CSV files beside this module names its source. What a source does not say stays empty.
"""

import csv
from datetime import date
from pathlib import Path

from django.utils import timezone
from django.utils.html import escape

from home.demo.pages import FACTS, add_once
from knowledge.importing import checking, reading, writing
from knowledge.importing.vocabulary import Vocabulary
from knowledge.models import PolicyInstrumentPage
from network.models import Organisation, Partner, Project
from progress.models import Indicator, ReportingPeriod, Target
from progress.periods import six_month_periods
from regions.models import FocusArea, Region

HERE = Path(__file__).parent
PRACTICES = HERE / "good_practices.csv"
# The set that `import_practices` uses too, so that the same file brought later makes no doubles.
PRACTICES_SET = "practices"
# The day on which the sources were read for these files.
READ_ON = date(2026, 11, 21)
PROSE = ("description", "mining_gap", "intended_improvement")


def rows(name):
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load_organisations():
    """The organisations that are missing; one with the same name is left as it is."""
    known = set(Organisation.objects.values_list("name", flat=True))
    regions = Region.objects.in_bulk({row["region"] for row in rows("organisations")}, field_name="code")
    responsible = {row["organisation"] for row in rows("instruments")}
    Organisation.objects.bulk_create(
        Organisation(
            **row | {"region": regions[row["region"]]}, is_policy_responsible=row["name"] in responsible
        )
        for row in rows("organisations")
        if row["name"] not in known
    )


def load_projects():
    """The projects that are missing, with their partners, targets and reporting periods."""
    known = set(Project.objects.values_list("acronym", flat=True))
    made = {}
    for row in rows("projects"):
        if row["acronym"] not in known:
            # An empty cell is an unknown date or number.
            values = {name: value or None for name, value in row.items() if name != "source"}
            made[row["acronym"]] = Project.objects.create(source=row["source"], **values)
            made[row["acronym"]].refresh_from_db()
    organisations = named()
    Partner.objects.bulk_create(
        Partner(
            project=made[row["project"]], organisation=organisations[row["organisation"]], role=row["role"]
        )
        for row in rows("partners")
        if row["project"] in made
    )
    indicators = {indicator.key: indicator for indicator in Indicator.objects.all()}
    for row in rows("targets"):
        if project := made.get(row["project"]):
            Target.objects.create(project=project, indicator=indicators[row["indicator"]], value=row["value"])
    for project in {made[row["project"]] for row in rows("targets") if row["project"] in made}:
        plan_periods(project)


def named():
    """{name: organisation}; where two have one name, the older."""
    return {organisation.name: organisation for organisation in Organisation.objects.order_by("-pk")}


def plan_periods(project):
    ReportingPeriod.objects.bulk_create(
        ReportingPeriod(project=project, number=number, start=start, end=end)
        for number, start, end in six_month_periods(project.start, project.end)
    )


def load_practices():
    """The public good practices, by the same way as any other file; edited ones are left alone."""
    problems = []
    with reading.open_table(PRACTICES) as table:
        checked = checking.check(table, Vocabulary(), problems.append, timezone.localdate())
    with checked.spool:
        if checked.problems:
            lines = "\n".join(remark.line(PRACTICES.name) for remark in problems)
            raise ValueError(f"The shipped practices do not fit this site's vocabulary:\n{lines}")
        return list(writing.write(checked.lines(), import_set=PRACTICES_SET, publish=True, read_on=READ_ON))


def load_instruments():
    """The policy instruments that the projects name."""
    regions = Region.objects.in_bulk({row["region"] for row in rows("instruments")}, field_name="code")
    areas = {area.code: area for area in FocusArea.objects.all()}
    organisations, projects = named(), Project.objects.in_bulk(field_name="acronym")
    for row in rows("instruments"):
        page = PolicyInstrumentPage(
            title=row["title"],
            instrument_kind=row["instrument_kind"],
            scope=row["scope"],
            organisation=organisations.get(row["organisation"]),
            organisation_as_stated=row["organisation_as_stated"],
            valid_from=row["valid_from"] or None,
            valid_to=row["valid_to"] or None,
            summary=row["summary"],
            project=projects.get(row["project"]),
            is_structural_funds=row["is_structural_funds"] == "1",
            **{name: paragraph(row[name]) for name in PROSE},
        )
        page.regions = [regions[row["region"]]]
        page.focus_areas = [areas[code] for code in row["focus_areas"].split(";")]
        source = {"url": row["source"], "kind": row["source_kind"], "read_on": READ_ON}
        add_once(page, row["id"], section="policy-instruments", import_set=FACTS, source=source)


def paragraph(text):
    return f"<p>{escape(text)}</p>" if text else ""
