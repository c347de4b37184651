"""The rows of a sheet as it shows them: its values, with what its looks say of them."""

from datetime import date, time, timedelta

from regions.importing.spreadsheet import shown

# Beyond what an import can use; a row as wide as a sheet can be is a slip of the mouse.
MOST_COLUMNS = 1000
MOST_NOTED = 1000


class TooWide(Exception):  # noqa: N818 - it is the row that is too wide
    """A row has more cells than any import can use."""


class Sheet:
    """The rows of a sheet, with what its looks say of them, and what was noted on the way."""

    def __init__(self, sheet, looks):
        self.sheet, self.looks = sheet, looks
        self.hidden_rows, self.long, self.filled = [], [], {}
        # Merged cells that go down over several rows, by the row they begin in; then those still going on.
        self.beginning, self.going_on = {}, []
        for (top, left), (bottom, _right) in sheet.merged_cell_ranges or []:
            if bottom > top and left < MOST_COLUMNS:
                self.beginning.setdefault(top + 1, []).append((bottom + 1, left))

    def rows(self):
        for number, values, (is_hidden, looks) in self.together():
            while len(values) > MOST_COLUMNS and values[-1] == "":
                values.pop()
            if len(values) > MOST_COLUMNS:
                raise TooWide
            cells = [
                self.cell(number, column, value, looks.get(column, ("", "", "")))
                for column, value in enumerate(values, start=1)
            ]
            for column, (_format, wrong, says) in looks.items():
                if wrong and len(cells) < column <= MOST_COLUMNS:
                    cells += [""] * (column - len(cells))
                    cells[column - 1] = [wrong, says]
            self.fill_merged(number, cells)
            if any(cells):
                if is_hidden:
                    self.hidden_rows.append(number)
                yield [number, cells]

    def together(self):
        """(row number, values, (is it hidden, looks)): values and looks come from two readers."""
        seen = self.looks.rows() if self.looks else iter(())
        looked = next(seen, None)
        number, left = 0, [""] * (self.sheet.start or (0, 0))[1]
        for number, values in enumerate(self.sheet.iter_rows() if self.sheet.start else (), start=1):
            while looked and looked[0] < number:
                looked = next(seen, None)
            is_here = looked and looked[0] == number
            yield number, left + values, looked[1:] if is_here else (False, {})
        while looked:
            if looked[0] > number:
                yield looked[0], [], looked[1:]
            looked = next(seen, None)

    def cell(self, row, column, value, look):
        number_format, wrong, says = look
        if wrong:
            return [wrong, says]
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, int | float):
            text = shown.number(value, number_format)
            if text is None:
                return ["no number", str(value)]
            if abs(value) >= shown.TOO_LONG and len(self.long) < MOST_NOTED:
                self.long.append([row, column, text])
            return text
        if isinstance(value, date | time | timedelta):
            return shown.moment(value, number_format)
        return value

    def fill_merged(self, number, cells):
        """Give a row that has something of its own what the merged cells that reach into it say."""
        self.going_on = [one for one in self.going_on if one[0] >= number]
        has_own = any(cells)
        for one in self.going_on:
            _last, column, value, first = one
            if has_own and value and not (column < len(cells) and cells[column]):
                cells += [""] * (column + 1 - len(cells))
                cells[column] = value
                if len(self.filled) < MOST_NOTED:
                    self.filled[first, column] = number
        for last, column in self.beginning.pop(number, ()):
            value = cells[column] if column < len(cells) else ""
            self.going_on.append((last, column, value, number))

    def noted(self):
        return {
            "hidden_rows": self.hidden_rows[:MOST_NOTED],
            "hidden_columns": [
                column
                for first, last in (self.looks.hidden_columns if self.looks else ())
                for column in range(first, min(last, MOST_COLUMNS) + 1)
            ],
            "long": self.long,
            "merged": [[first, column + 1, last] for (first, column), last in self.filled.items()],
        }
