"""What an import file says becomes pages, once; what people changed since stays."""

from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageLogEntry

from home import demo
from knowledge.models import CollectedSource, GoodPracticePage, ImportedRecord
from tests.factories import FocusAreaFactory, OrganisationFactory, ProjectFactory
from tests.knowledge.import_files import (
    row,
    run,
    vocabulary,  # noqa: F401
    write_csv,
    write_xlsx,
    written,
)

SAMPLE = Path(demo.__file__).parent / "good_practices.csv"


def practice(external_id="GP1"):
    return ImportedRecord.objects.get(external_id=external_id).page.specific


def edit(page, **changes):
    """Somebody edits the page in the admin and publishes it."""
    page = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


@pytest.mark.django_db
def test_the_public_sample_is_imported_once_however_often_it_is_run():
    call_command("import_nuts", verbosity=0)
    call_command("import_vocabulary", verbosity=0)

    first = run(SAMPLE, publish=True)
    second = run(SAMPLE, publish=True)

    assert first == ["48 practices: 48 new, 0 changed, 0 unchanged, 0 left alone. 48 published."]
    assert second == ["48 practices: 0 new, 0 changed, 48 unchanged, 0 left alone. 0 published."]
    assert written() == (48, 48)
    assert GoodPracticePage.objects.live().count() == CollectedSource.objects.count() == 48
    assert GoodPracticePage.objects.filter(focus_areas=None).count() == 0
    assert GoodPracticePage.objects.filter(stage_marks=None).count() == 0


@pytest.mark.usefixtures("vocabulary")
def test_a_row_becomes_a_page_that_says_what_the_row_says(tmp_path):
    project = ProjectFactory(acronym="REMIX")
    path = write_csv(
        tmp_path / "p.csv",
        row(
            materials="gold;iron;biowaste;unobtainium",
            keywords="visitor mine",
            stages_touched="use",
            project="remix",
            region="Lower Silesia",
            start="2014-05",
            end="2016",
            cost_eur="1250.50",
            cost_note="tickets <not> included",
            description="First.\n\nThen <script>alert(1)</script>.",
            source_kind="news",
            confidence="high",
            read_on="2026-05-17",
            maturity="Running",
        ),
    )

    said = run(path, publish=True)

    page = practice()
    assert said == [
        "p.csv, row 2, column materials, “unobtainium”: Note: No raw material of this site has this "
        "name; it is "
        "kept as a keyword.",
        "1 practice: 1 new, 0 changed, 0 unchanged, 0 left alone. 1 published.",
    ]
    assert {
        "title": page.title,
        "slug": page.slug,
        "scope": page.scope,
        "regions": [region.code for region in page.regions.all()],
        "place": page.place,
        "materials": [material.code for material in page.raw_materials.all()],
        "keywords": sorted(page.keywords.names()),
        "stages": {mark.stage: mark.weight for mark in page.stage_marks.all()},
        "focus": [area.code for area in page.focus_areas.all()],
        "organisation": (page.organisation, page.organisation_as_stated),
        "project": page.project,
        "dates": (page.start, page.end),
        "cost": (page.cost_amount, page.cost_note),
        "description": page.description,
        "maturity": page.maturity,
        "language": page.source_language,
        "licence": page.licence,
        "origin": page.origin,
        "source": list(
            CollectedSource.objects.values_list("page_id", "url", "read_on", "kind", "confidence")
        ),
    } == {
        "title": "Gold mine open to visitors",
        "slug": "gold-mine-open-to-visitors",
        "scope": "regional",
        "regions": ["PL51"],
        "place": "Lower Silesia",
        "materials": ["gold", "iron-ore"],
        "keywords": ["biowaste", "unobtainium", "visitor mine"],
        "stages": {"use": "touched", "post-mining": "main"},
        "focus": ["mining-heritage"],
        "organisation": (None, "City of Złoty Stok"),
        "project": project,
        "dates": ("2014-05", "2016"),
        "cost": (Decimal("1250.50"), "tickets <not> included"),
        "description": "<p>First.</p><p>Then &lt;script&gt;alert(1)&lt;/script&gt;.</p>",
        "maturity": "running",
        "language": "en",
        "licence": "cc-by-4.0",
        "origin": "collected",
        "source": [(page.pk, "https://example.org/gold", date(2026, 5, 17), "news", "high")],
    }


@pytest.mark.usefixtures("vocabulary")
@pytest.mark.parametrize(
    ("changes", "scope", "codes"),
    [
        ({"nuts_code": "", "country": "EU"}, "several-countries", []),
        ({"nuts_code": "PL", "country": "PL"}, "national", ["PL"]),
        ({"nuts_code": "pl51", "country": ""}, "regional", ["PL51"]),
        ({"nuts_code": "PL51;PT19", "country": "PT"}, "several-countries", ["PL51", "PT19"]),
        ({"nuts_code": "UKK3", "country": "GB"}, "regional", ["UKK3"]),
        ({"nuts_code": "EL", "country": "GR"}, "national", ["EL"]),
    ],
)
def test_scope_and_regions_follow_from_code_and_country(tmp_path, changes, scope, codes):
    run(write_csv(tmp_path / "p.csv", row() | changes))

    page = practice().get_latest_revision_as_object()

    assert (page.scope, [region.code for region in page.regions.all()]) == (scope, codes)


@pytest.mark.usefixtures("vocabulary")
def test_a_region_that_has_ended_is_kept_and_noted(tmp_path):
    said = run(write_csv(tmp_path / "p.csv", row(nuts_code="PT18", country="PT")))

    assert said == [
        "p.csv, row 2, column nuts_code, “PT18”: Note: The region ended with the edition NUTS 2021; the "
        "practice "
        "stays with it.",
        "1 practice: 1 new, 0 changed, 0 unchanged, 0 left alone. 0 published.",
    ]


@pytest.mark.usefixtures("vocabulary")
def test_the_whole_value_chain_touches_all_seven_stages(tmp_path):
    run(write_csv(tmp_path / "p.csv", row(stage="whole value chain;recycling")), publish=True)

    assert [(mark.stage, mark.weight) for mark in practice().stage_marks.all()] == [
        ("exploration", "touched"),
        ("extraction", "touched"),
        ("processing", "touched"),
        ("manufacturing", "touched"),
        ("use", "touched"),
        ("recycling", "main"),
        ("post-mining", "touched"),
    ]


@pytest.mark.usefixtures("vocabulary")
@pytest.mark.parametrize(
    ("stated", "linked"),
    [
        ("city of  złoty STOK", True),
        ("Miasto Złoty Stok", True),
        ("City of Złoty Stok with partners", False),
        ("Twin", False),
    ],
)
def test_an_organisation_is_linked_only_by_exactly_its_name(tmp_path, stated, linked):
    city = OrganisationFactory(name="City of Złoty Stok", name_original="Miasto Złoty Stok", acronym="CZS")
    OrganisationFactory.create_batch(2, name="Twin")

    run(write_csv(tmp_path / "p.csv", row(organisation=stated)), publish=True)

    page = practice()
    expected = (city, "") if linked else (None, " ".join(stated.split()))
    assert (page.organisation, page.organisation_as_stated) == expected


@pytest.mark.usefixtures("vocabulary")
def test_a_row_without_a_source_is_submitted_by_its_owner(tmp_path):
    run(write_csv(tmp_path / "p.csv", row(source="")), publish=True)

    assert practice().origin == "submitted"
    assert CollectedSource.objects.count() == 0


@pytest.mark.usefixtures("vocabulary")
def test_the_day_of_the_import_is_when_a_source_was_read(tmp_path):
    run(write_csv(tmp_path / "p.csv", row()))

    assert CollectedSource.objects.get().read_on == timezone.localdate()


@pytest.mark.usefixtures("vocabulary")
def test_a_changed_row_becomes_a_new_revision_and_the_others_stay(tmp_path):
    run(write_csv(tmp_path / "p.csv", row(), row(id="GP2", title="Other")), publish=True)
    untouched = practice("GP2").latest_revision_id

    said = run(
        write_csv(tmp_path / "p.csv", row(title="Gold mine", materials=""), row(id="GP2", title="Other")),
        publish=True,
    )

    page = practice()
    assert said == ["2 practices: 0 new, 1 changed, 1 unchanged, 0 left alone. 1 published."]
    assert (page.title, list(page.raw_materials.all()), page.revisions.count()) == ("Gold mine", [], 2)
    assert page.slug == "gold-mine-open-to-visitors"
    assert practice("GP2").latest_revision_id == untouched


@pytest.mark.usefixtures("vocabulary")
def test_what_somebody_edited_since_is_left_alone_and_reported(tmp_path):
    path = write_csv(tmp_path / "p.csv", row())
    run(path, publish=True)
    edit(practice(), title="Better title")

    said = run(write_csv(path, row(title="File's title")), publish=True)

    assert said == [
        "p.csv, id GP1: left alone. Somebody edited it on the site since the last import.",
        "1 practice: 0 new, 0 changed, 0 unchanged, 1 left alone. 0 published.",
    ]
    assert practice().title == "Better title"


@pytest.mark.usefixtures("vocabulary")
def test_a_page_taken_offline_is_not_published_again(tmp_path):
    path = write_csv(tmp_path / "p.csv", row())
    run(path, publish=True)
    practice().unpublish()

    said = run(path, publish=True)

    assert said[0] == "p.csv, id GP1: left alone. Somebody took it offline."
    assert practice().live is False


@pytest.mark.usefixtures("vocabulary")
def test_what_the_owner_confirmed_is_left_alone(tmp_path):
    path = write_csv(tmp_path / "p.csv", row())
    run(path, publish=True)
    CollectedSource.objects.update(confirmed_at=timezone.now())

    said = run(write_csv(path, row(title="File's title")), publish=True)

    assert said[0] == "p.csv, id GP1: left alone. Its owner confirmed it."


@pytest.mark.usefixtures("vocabulary")
def test_drafts_are_published_by_a_later_import_that_says_so(tmp_path):
    path = write_csv(tmp_path / "p.csv", row())
    run(path)
    was_live = practice().live

    said = run(path, publish=True)

    assert (was_live, practice().live) == (False, True)
    assert said == ["1 practice: 0 new, 0 changed, 1 unchanged, 0 left alone. 1 published."]


@pytest.mark.usefixtures("vocabulary")
def test_an_imported_page_has_the_same_history_as_one_from_the_editor(tmp_path):
    run(write_csv(tmp_path / "p.csv", row()), publish=True)

    page = practice()
    history = PageLogEntry.objects.filter(page=page.pk).order_by("pk").values_list("action", flat=True)
    assert list(history) == ["wagtail.create", "wagtail.publish"]
    assert page.latest_revision == page.live_revision == page.revisions.get()
    assert (page.has_unpublished_changes, page.first_published_at) == (False, page.last_published_at)


@pytest.mark.usefixtures("vocabulary")
def test_two_sets_do_not_know_each_other(tmp_path):
    path = write_csv(tmp_path / "p.csv", row())

    run(path)
    run(path, set="other")

    assert written() == (2, 2)
    assert list(GoodPracticePage.objects.order_by("pk").values_list("slug", flat=True)) == [
        "gold-mine-open-to-visitors",
        "gold-mine-open-to-visitors-2",
    ]


@pytest.mark.usefixtures("vocabulary")
def test_a_dry_run_says_what_would_happen_and_writes_nothing(tmp_path):
    path = write_csv(tmp_path / "p.csv", row(), row(id="GP2"))
    run(write_csv(tmp_path / "first.csv", row()))

    said = run(path, dry_run=True)

    assert said == [
        "2 practices would be: 1 new, 0 changed, 1 unchanged, 0 left alone. Nothing was written.",
    ]
    assert written() == (1, 1)


@pytest.mark.usefixtures("vocabulary")
@pytest.mark.parametrize(
    "options",
    [
        {"delimiter": ";"},
        {"encoding": "utf-8-sig"},
        {"delimiter": ";", "encoding": "utf-8-sig"},
    ],
    ids=["semicolon", "byte-order mark", "both"],
)
def test_csv_dialects_of_spreadsheet_programs_read_the_same(tmp_path, options):
    run(write_csv(tmp_path / "first.csv", row(title="Złoty; Stok, mine")))

    said = run(write_csv(tmp_path / "p.csv", row(title="Złoty; Stok, mine"), **options))

    assert said == ["1 practice: 0 new, 0 changed, 1 unchanged, 0 left alone. 0 published."]


@pytest.mark.usefixtures("vocabulary")
def test_a_workbook_reads_the_same_as_a_csv_file(tmp_path):
    run(write_csv(tmp_path / "p.csv", row(start="2016", end="2018-05-17", cost_eur="7000000")))

    said = run(
        write_xlsx(tmp_path / "p.xlsx", row(start=2016, end=date(2018, 5, 17), cost_eur=7000000.0) | {"": ""})
    )

    assert said == ["1 practice: 0 new, 0 changed, 1 unchanged, 0 left alone. 0 published."]


@pytest.mark.usefixtures("vocabulary")
def test_a_cell_that_shows_only_month_and_year_knows_no_day(tmp_path):
    path = write_xlsx(
        tmp_path / "p.xlsx",
        row(start=date(2014, 5, 1), end=date(2018, 1, 1)),
        formats={"start": "mmm\\-yy", "end": "yyyy"},
    )

    run(path, publish=True)

    assert (practice().start, practice().end) == ("2014-05", "2018")


@pytest.mark.usefixtures("vocabulary")
def test_blank_rows_are_passed_over_and_counted_as_rows(tmp_path):
    path = write_xlsx(tmp_path / "p.xlsx", row(), dict.fromkeys(row()), row(id="GP2", title=None))

    said = run(path)

    assert said == [
        "p.xlsx, row 4, column title: This cell must be filled.",
        "1 problem in 2 rows. Nothing was written.",
    ]


@pytest.mark.usefixtures("vocabulary")
def test_no_cell_of_the_template_is_a_formula(tmp_path):
    path = tmp_path / "template.xlsx"
    FocusAreaFactory(code="odd", name="=1+1")

    call_command("import_practices", template=path, stdout=StringIO())

    cells = [cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert "=1+1" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "n"}


@pytest.mark.usefixtures("vocabulary")
def test_the_template_can_be_filled_in_and_imported(tmp_path):
    path = tmp_path / "template.xlsx"
    call_command("import_practices", template=path, stdout=StringIO())
    workbook = openpyxl.load_workbook(path)
    headings = [cell.value for cell in workbook["Practices"][1]]
    workbook["Practices"].append([row().get(heading, "") for heading in headings])
    workbook.save(path)

    said = run(path)

    assert workbook.sheetnames == ["Practices", "Explanation", "Allowed values"]
    assert said == [
        "template.xlsx: Note: The sheet “Practices” is read. Not read: Explanation, Allowed values.",
        "1 practice: 1 new, 0 changed, 0 unchanged, 0 left alone. 0 published.",
    ]


@pytest.mark.usefixtures("vocabulary")
def test_several_values_may_stand_on_lines_of_their_own(tmp_path):
    path = write_csv(tmp_path / "p.csv", row(materials="gold\ncopper", keywords="one; two\nthree"))

    run(path, publish=True)

    page = practice()
    assert sorted(material.code for material in page.raw_materials.all()) == ["copper", "gold"]
    assert sorted(page.keywords.names()) == ["one", "three", "two"]


@pytest.mark.usefixtures("vocabulary")
def test_marks_that_nobody_sees_make_no_second_practice(tmp_path):
    run(write_csv(tmp_path / "p.csv", row(id="GP 1", nuts_code="PL51", title="Führung")))

    said = run(
        write_csv(
            tmp_path / "p.csv",
            row(id="\ufeff\u00a0GP\u00a0\u200b1 ", nuts_code="PL\u00ad51\u200e", title="Fu\u0308h\u00adrung"),
        )
    )

    assert said == ["1 practice: 0 new, 0 changed, 1 unchanged, 0 left alone. 0 published."]


@pytest.mark.usefixtures("vocabulary")
@pytest.mark.parametrize(
    ("text", "amount"),
    [("1250.50", "1250.50"), ("1250,5", "1250.50"), ("1250.5000", "1250.50"), ("7000000", "7000000.00")],
)
def test_a_number_is_read_where_it_cannot_mean_two_things(tmp_path, text, amount):
    run(write_csv(tmp_path / "p.csv", row(cost_eur=text)), publish=True)

    assert str(practice().cost_amount) == amount


@pytest.mark.usefixtures("vocabulary")
def test_an_id_of_two_places_after_the_point_is_the_one_that_the_sheet_shows(tmp_path):
    path = write_xlsx(tmp_path / "p.xlsx", row(id=1.1), row(id=1.2), formats={"id": "0.00"})

    run(path)

    assert sorted(ImportedRecord.objects.values_list("external_id", flat=True)) == ["1.10", "1.20"]


@pytest.mark.usefixtures("vocabulary")
def test_ten_thousand_rows_are_checked(tmp_path):
    path = write_csv(tmp_path / "p.csv", *(row(id=f"GP{number}") for number in range(10_001)))

    said = run(path, dry_run=True)

    assert said == [
        "10001 practices would be: 10001 new, 0 changed, 0 unchanged, 0 left alone. Nothing was written."
    ]
