"""The empty workbook for people who bring their practices: one sheet to fill in, two that explain it."""

from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from knowledge.choices import FILE_STAGES, FILE_TOPICS
from knowledge.importing import columns
from knowledge.importing.columns import COLUMNS
from knowledge.importing.reading import SHEET
from knowledge.limits import LIMITS
from network.spreadsheets import filled
from regions.choices import Stage
from regions.models import FocusArea

ALLOWED = "Allowed values"
EXPLAINED = "Explanation"
ROWS_TO_FILL = 1000
REQUIRED_FILL = PatternFill("solid", fgColor="FFE08A")
WIDE = {columns.PROSE: 50, columns.WEB: 35}


def write(path):
    """Write the template to this path."""
    workbook = Workbook()
    sheet, offered = workbook.active, [column for column in COLUMNS if column.in_template]
    sheet.title = SHEET
    explanation, allowed = workbook.create_sheet(EXPLAINED), workbook.create_sheet(ALLOWED)
    values = allowed_values()
    fill_allowed(allowed, values)
    fill_explanation(explanation, offered)
    for number, column in enumerate(offered, 1):
        fill_column(sheet, number, column, values)
    sheet.freeze_panes = "C2"
    workbook.save(path)


def allowed_values():
    """{column name: [(value to write, what it means)]} of every closed list."""
    stages = [(stage.value, force_str(stage.label)) for stage in Stage]
    stages += [(name, "") for name in FILE_STAGES if name not in Stage.values]
    areas = list(FocusArea.objects.values_list("code", "name"))
    lists = {
        column.name: [(value, force_str(label)) for value, label in column.choices.choices]
        for column in COLUMNS
        if column.choices
    }
    topics = areas + [(topic, "") for topic in FILE_TOPICS]
    return {"stage": stages, "stages_touched": stages[: len(Stage)], "topic": topics} | lists


def fill_allowed(sheet, values):
    """Two columns for each list: what to write, and what it means."""
    for number, (name, pairs) in enumerate(values.items()):
        left = 2 * number + 1
        for row, (value, label) in enumerate([(name, _("meaning")), *pairs], 1):
            filled(sheet.cell(row, left), value)
            filled(sheet.cell(row, left + 1), label)
        for offset in (0, 1):
            sheet.cell(1, left + offset).font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(left + offset)].width = 28
    sheet.freeze_panes = "A2"


def fill_explanation(sheet, offered):
    headings = (_("column"), _("must be filled"), _("at most characters"), _("what to write"), _("example"))
    append(sheet, headings)
    for column in offered:
        limit = LIMITS.get(column.field or column.name) or column.longest or None
        required = _("yes") if column.required else None
        append(sheet, [column.name, required, limit, column.meaning, column.example])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDE", (20, 15, 18, 90, 50), strict=True):
        sheet.column_dimensions[letter].width = width
        for cell in sheet[letter]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"


def append(sheet, values):
    """Put the values into the row below those that are there."""
    below = sheet.max_row + (sheet["A1"].value is not None)
    for number, value in enumerate(values, 1):
        filled(sheet.cell(below, number), value)


def fill_column(sheet, number, column, values):
    """The heading with its explanation, cells that keep what is typed, and the list to choose from."""
    letter = get_column_letter(number)
    head = filled(sheet.cell(1, number), column.name)
    head.font = Font(bold=True)
    head.comment = Comment(force_str(column.meaning), "Adit", width=320, height=120)
    if column.required:
        head.fill = REQUIRED_FILL
    sheet.column_dimensions[letter].width = WIDE.get(column.kind, 22)
    # As text, so that 2014-05 stays what it is and does not become the first of May.
    sheet.column_dimensions[letter].number_format = "@"
    if column.kind == columns.CHOICE:
        names = list(values)
        source = get_column_letter(2 * names.index(column.name) + 1)
        last = len(values[column.name]) + 1
        rule = DataValidation("list", f"'{ALLOWED}'!${source}$2:${source}${last}", allow_blank=True)
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{ROWS_TO_FILL + 1}")
