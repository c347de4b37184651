"""The spreadsheet file in which practices come."""

from knowledge.importing.columns import BY_NAME
from regions.importing.spreadsheet import opening

SHEET = "Practices"


def open_table(path):
    """The table in this file, its columns named as those of the template; or Unreadable."""
    return opening.open_table(path, BY_NAME, SHEET)
