"""Bringing good practices in from a spreadsheet: read it, check all of it, then write it.

with reading.open_table(path) as table:          the file as rows of text, or Unreadable
    checked = checking.check(table, vocabulary, report, today)
                                                 every problem is reported, good rows are kept
writing.write(checked.lines(), import_set=...)   in short batches; may be repeated without doubles
"""
