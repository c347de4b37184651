"""How a question was read, in sentences for the page: corrected words, words nobody knows."""

from django.utils.translation import gettext as _

NAMED = 3
QUOTED = 60


def reading(form, results):
    """{corrected, typed, exact_url, notes}, or None where the words were looked for as they were typed."""
    understood = results.understood
    if not understood or not (understood.corrected or understood.unknown or understood.is_loose):
        return None
    notes = []
    if understood.unknown:
        words = "”, “".join(word[:QUOTED] for word in understood.unknown[:NAMED])
        notes.append(_("Nothing here says “%(words)s”.") % {"words": words})
    if understood.is_loose and results.total:
        notes.append(_("Hardly any result has all that you typed; those with a part of it are listed too."))
    return {
        "corrected": understood.corrected,
        "typed": form.query.text,
        "exact_url": form.url(exact=True),
        "notes": notes,
    }
