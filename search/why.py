"""Why an item is among the results of a search, in words."""

NAMED = 4


def reasons(form, row):
    """What of the search this item fits: its words, and the chosen values that it has."""
    text = " ".join(form.query.text.split())
    if text:
        yield f"“{text}”"
    named = [
        form.vocabulary.name(facet, value)
        for facet, values in form.query.facets.items()
        for value in values
        if value in row.facets.get(facet, ())
    ]
    yield from named[:NAMED]
