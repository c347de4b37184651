"""One row of an import file and what its cells hold: texts, dates, numbers, choices of closed lists."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.html import escape
from django.utils.translation import gettext as _

from knowledge import limits
from knowledge.fields import date_bounds
from knowledge.importing import columns
from knowledge.importing.columns import BY_NAME
from knowledge.importing.vocabulary import fold, nearest
from language.typed import as_key, as_line
from regions.importing.spreadsheet.cell import Faulty

WEB_ADDRESS = URLValidator(schemes=["http", "https"])
# Digits before and after the decimal point, as the database keeps them.
NUMBERS = {"cost_eur": (12, 2), "staff_fte": (5, 1)}
LONGEST_TITLE_IN_THE_TREE = 255
CLEANED = {columns.PROSE: str, columns.TEXT: as_line}


class Row:
    """The cells of one row by column, and the remarks about them: (column, value, reason, is it a note)."""

    def __init__(self, number, headings, cells, vocabulary, today):
        self.number, self.vocabulary, self.today = number, vocabulary, today
        self.remarks = []
        self.cells = dict.fromkeys(headings, "") | dict(zip(headings, cells, strict=False))
        self.is_wrong = False
        for name, cell in self.cells.items():
            if isinstance(cell, Faulty):
                self.cells[name] = ""
                self.wrong(name, cell.reason, cell.shown)
            elif name in BY_NAME:
                self.cells[name] = cleaned(BY_NAME[name], cell)
        # A cell that cannot be read is not missing too.
        self.unread = {column for column, *_ in self.remarks}
        if surplus := [cell for cell in cells[len(headings) :] if cell]:
            shown = surplus[0].shown if isinstance(surplus[0], Faulty) else surplus[0]
            self.wrong("", _("The row has more cells than there are headings."), shown)

    def wrong(self, column, reason, value=None):
        """Say that this cell must be changed before the row can be written."""
        self.is_wrong = True
        self.remarks.append((column, self.text(column) if value is None else value, reason, False))

    def note(self, column, reason, value):
        """Say something about this cell that keeps nothing from being written."""
        self.remarks.append((column, value, reason, True))

    def has(self, column):
        return column in self.cells

    def text(self, column):
        return self.cells.get(column, "")

    def parts(self, column):
        """The values of a cell that may hold several."""
        return list(dict.fromkeys(part.strip() for part in self.text(column).split(";") if part.strip()))

    def require(self, column):
        """Whether the cell is filled; a remark when it is not."""
        if not self.text(column) and column not in self.unread:
            self.wrong(column, _("This cell must be filled."))
        return bool(self.text(column))

    def value(self, name):
        """What a cell of an ordinary column means, as the page's field keeps it; None when it is wrong."""
        column = BY_NAME[name]
        if not self.text(name):
            return [] if column.kind == columns.CHOICES else ""
        return READERS[column.kind](self, column)


def cleaned(column, text):
    """The text of a cell, in one line unless it is prose; what is compared with others, as a code."""
    if column.name in columns.SEVERAL:
        return ";".join(map(as_key, text.split("\n")))
    return CLEANED.get(column.kind, as_key)(text)


def one_line(row, column):
    text = " ".join(row.text(column.name).split())
    if fits(row, column, escape(text)) and column.name == "title" and len(text) > LONGEST_TITLE_IN_THE_TREE:
        row.wrong("title", _("The title is too long for the page tree."))
    return text


def prose(row, column):
    """Paragraphs as HTML; whatever looks like markup in the file is text and stays text."""
    paragraphs = re.split(r"\s*\n\s*", row.text(column.name))
    html = "".join(f"<p>{escape(' '.join(paragraph.split()))}</p>" for paragraph in paragraphs)
    fits(row, column, html)
    return html


def fits(row, column, html):
    """Whether the text has no more signs than its limit allows; a remark when it has."""
    limit = limits.LIMITS.get(column.field or column.name, column.longest)
    length = limits.length(html)
    if not limit or length <= limit:
        return True
    row.wrong(
        column.name,
        _("At most %(limit)d characters; this has %(length)d. Shorten it by %(surplus)d.")
        % {"limit": limit, "length": length, "surplus": length - limit},
    )
    return False


def partial_date(row, column):
    text = row.text(column.name)
    try:
        date_bounds(text)
    except ValueError as error:
        row.wrong(column.name, str(error))
        return None
    return text


def number(row, column):
    text = row.text(column.name)
    whole, decimals = NUMBERS[column.name]
    # Three digits after a point or comma may be thousands, other numbers of digits cannot.
    if re.fullmatch(r"[0-9]+[.,]([0-9]{1,2}|[0-9]{4,})", text):
        point, after = text.replace(",", ".").split(".")
        text = f"{point}.{after[:decimals]}{after[decimals:].rstrip('0')}"
    if re.fullmatch(r"-[0-9.,\s]+", text):
        row.wrong(column.name, _("It cannot be less than nothing."))
    elif re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) and not re.fullmatch(
        rf"[0-9]{{1,{whole}}}(\.[0-9]{{1,{decimals}}})?", text
    ):
        row.wrong(
            column.name,
            _("At most %(whole)d digits, and %(decimals)d after the point.")
            % {"whole": whole, "decimals": decimals},
        )
    elif not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        row.wrong(
            column.name,
            _("Write a plain number, with a point before decimals and no other sign: 7000000 or 1250.50."),
        )
    return text


def address(row, column):
    text = row.text(column.name)
    try:
        WEB_ADDRESS(text)
    except ValidationError:
        row.wrong(column.name, _("Write a whole web address that begins with https:// or http://."))
    fits(row, column, escape(text))
    return text


def choice(row, column, text=None):
    text = row.text(column.name) if text is None else text
    values = {fold(name): value for value, label in column.choices.choices for name in (value, str(label))}
    if fold(text) in values:
        return values[fold(text)]
    near = nearest(text, column.choices.values) or nearest(
        text, [str(label) for label in column.choices.labels]
    )
    hint = _(" Nearest: %s.") % near[0] if near else ""
    row.wrong(
        column.name,
        _("This value is not in the list.%(hint)s Allowed: %(values)s.")
        % {"hint": hint, "values": ", ".join(column.choices.values)},
        text,
    )
    return None


def choices(row, column):
    return [choice(row, column, part) for part in row.parts(column.name)]


def whole_day(row, name):
    """A date known to the day and not to come, as ISO; empty when the cell is."""
    text = row.text(name)
    if not text:
        return ""
    try:
        first, last = date_bounds(text)
    except ValueError as error:
        row.wrong(name, str(error))
        return ""
    if first != last:
        row.wrong(name, _("Write the whole date, such as 2026-05-17."))
    elif first > row.today:
        row.wrong(name, _("This day is still to come."))
    return text


READERS = {
    columns.TEXT: one_line,
    columns.PROSE: prose,
    columns.DATE: partial_date,
    columns.NUMBER: number,
    columns.WEB: address,
    columns.CHOICE: choice,
    columns.CHOICES: choices,
}
