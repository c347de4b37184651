"""A file of a spreadsheet program as rows of text, whatever its kind is and however it is named.

with opening.open_table(path, known) as table:   headings and rows, or Unreadable
    table.rows                                   row by row, so that a long file needs little memory
    table.notes                                  what is worth knowing, whole once the rows are read
"""
