"""What the sheet of an XLSX file says beside its values: formats, formulas, errors, what is hidden."""

import warnings
from pathlib import Path

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.xml.functions import fromstring, iterparse

TRUE = ("1", "true")


def looks_of(path, name):
    """How the cells of a sheet look, from the first row to the last; None where that cannot be seen."""
    try:
        # openpyxl warns of decoration that it leaves out, and trips over properties that nobody needs here.
        warnings.simplefilter("ignore")
        reader = ExcelReader(Path(path).open("rb"), read_only=True)  # noqa: SIM115 - it is read row by row
        reader.read_manifest()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        reader.read_worksheets()
        return Looks(reader.wb, reader.wb[name], calculates_at_opening(reader))
    except Exception:
        return None


def calculates_at_opening(reader):
    """Whether the workbook asks to be calculated when it is opened: then a program wrote it, with formulas
    whose values are none yet. openpyxl itself takes this for granted where nothing is said."""
    root = fromstring(reader.archive.read(reader.parser.workbook_part_name))
    return any(element.get("fullCalcOnLoad") in TRUE for element in root.iterfind("{*}calcPr"))


class Looks:
    """What a sheet of an XLSX file says beside its values: formats, formulas, errors, what is hidden."""

    def __init__(self, workbook, sheet, is_uncalculated):
        self.workbook, self.sheet, self.is_uncalculated = workbook, sheet, is_uncalculated
        self.formats, self.hidden_columns = {}, []

    def rows(self):
        """(row number, is it hidden, {column: (number format, what is wrong, shown)})."""
        number = 0
        with self.sheet._get_source() as source:
            for _event, element in iterparse(source):
                tag = element.tag.rpartition("}")[2]
                if tag == "col" and element.get("hidden") in TRUE:
                    first, last = int(element.get("min", 0)), int(element.get("max", 0))
                    self.hidden_columns.append((first, last))
                elif tag == "row":
                    number = int(element.get("r", number + 1))
                    yield number, element.get("hidden") in TRUE, self.cells(element)
                    element.clear()

    def cells(self, row):
        found, column = {}, 0
        for cell in row:
            column = column_of(cell.get("r"), column + 1)
            look = self.look(cell)
            if look != ("General", "", ""):
                found[column] = look
        return found

    def look(self, cell):
        parts = {part.tag.rpartition("}")[2]: part.text or "" for part in cell}
        value, wrong, says = parts.get("v", ""), "", ""
        if cell.get("t") == "e":
            wrong, says = "error", value
        elif "f" in parts and (
            (not value and cell.get("t") != "str") or (self.is_uncalculated and value in ("", "0"))
        ):
            wrong, says = "formula", "=" + parts["f"].removeprefix("=")
        return self.number_format(cell.get("s", "0")), wrong, says

    def number_format(self, style):
        """The format of a style of the workbook, which a damaged one may not have."""
        if style not in self.formats:
            styles = self.workbook._cell_styles
            code = styles[int(style)].numFmtId if style.isdecimal() and int(style) < len(styles) else 0
            own, formats = code - BUILTIN_FORMATS_MAX_SIZE, self.workbook._number_formats
            self.formats[style] = (
                formats[own] if 0 <= own < len(formats) else BUILTIN_FORMATS.get(code, "General")
            )
        return self.formats[style]


def column_of(reference, otherwise):
    """The number of the column of a cell such as AB12."""
    letters = (reference or "").rstrip("0123456789")
    if not letters.isascii() or not letters.isalpha():
        return otherwise
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
