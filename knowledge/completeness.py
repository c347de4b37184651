"""What a page still needs before it can be submitted: at which field, and in sentences that name it."""

from django.utils.translation import gettext as _

from knowledge import limits

# Fields of a page whose length has a limit, with the name of that limit (knowledge.limits).
PRACTICE_LIMITS = {
    name: name
    for name in (
        "title",
        "title_original",
        "summary",
        "challenge",
        "description",
        "evidence_of_success",
        "resources_needed",
        "difficulties",
        "transfer_potential",
    )
}
INSTRUMENT_LIMITS = {
    "title": "title",
    "title_original": "title_original",
    "summary": "summary",
    "description": "instrument_description",
    "mining_gap": "mining_gap",
    "intended_improvement": "intended_improvement",
}


def limits_of(page):
    """Field and name of its limit for this kind of page; what all pages have, for other kinds."""
    if hasattr(page, "challenge"):
        return PRACTICE_LIMITS
    if hasattr(page, "mining_gap"):
        return INSTRUMENT_LIMITS
    return {name: name for name in ("title", "title_original", "summary")}


def label(page, name):
    """The field's name as the form shows it."""
    text = str(page._meta.get_field(name).verbose_name)
    return text[:1].upper() + text[1:]


def too_long(page):
    """(field, sentence) for each text beyond its limit."""
    found = []
    for name, limit in limits_of(page).items():
        surplus = limits.too_long(limit, getattr(page, name))
        if surplus:
            sentence = _("at most %(limit)s characters. Shorten it by %(surplus)s.") % {
                "limit": limits.LIMITS[limit],
                "surplus": surplus,
            }
            found.append((name, sentence))
    return found


def missing(page):
    """(field, sentence) for everything that is missing or too long; nothing when the page can be submitted.

    A sentence goes on where the field's name ends: “write this part.” Of what is no field it says all.
    Many-to-many values are read from the page as it stands in memory. A page collected from a public source
    may lack what its source lacks: it needs title, summary and a place only.
    """
    found = too_long(page)

    def need(name, is_there, sentence):
        if not is_there:
            found.append((name, sentence))

    need("title", page.title, _("say what was done."))
    need("summary", limits.visible_text(page.summary), _("write two sentences in English."))
    has_place = page.regions.all() or page.place or page.scope != "regional"
    need("regions", has_place, _("choose at least one region, or say that the scope is wider."))
    if page.origin == "collected":
        return found
    owner = page.organisation_id or page.organisation_as_stated
    need("organisation", owner, _("name the owner organisation."))
    if hasattr(page, "challenge"):
        missing_in_practice(page, need)
    elif hasattr(page, "mining_gap"):
        missing_in_instrument(page, need)
    elif hasattr(page, "lacks"):  # a kind of page of an upper room
        found += page.lacks()
    return found


def missing_in_words(page, of=None):
    """The same in whole sentences, for letters and lists: “The problem: write this part.”; of these fields
    alone where they are given."""
    return [
        f"{label(page, name)}: {sentence}" if name else sentence
        for name, sentence in missing(page)
        if of is None or name in of
    ]


def missing_in_practice(page, need):
    """What product and programme ask of a good practice besides what every page needs."""
    for name in ("challenge", "description", "resources_needed", "evidence_of_success", "transfer_potential"):
        need(name, limits.visible_text(getattr(page, name)), _("write this part."))
    need("start", page.start, _("say when it began, as exact as known: 2016, 2016-05 or 2016-05-17."))
    need("maturity", page.maturity, _("choose one."))
    if page.maturity == "planned" and page.record_kind == "good-practice":
        need("maturity", False, _("a plan is no good practice yet. Submit it once it runs."))
    need("relevance", page.relevance, _("choose one."))
    need("public_role", page.public_role, _("choose one."))
    need("practice_type", page.practice_type, _("choose one."))
    subject = page.raw_materials.all() or page.keywords.all()
    need("raw_materials", subject, _("choose at least one, or a keyword for what is not in the list."))
    need(None, page.stage_marks.all(), _("Value-chain stages: mark at least one stage."))
    need("focus_areas", page.focus_areas.all(), _("choose at least one."))
    evidence = page.pk and page.evidence.all()
    need(
        None,
        evidence,
        _("Evidence: add at least one piece. Save the draft, then choose “Add evidence” beside its title."),
    )


def missing_in_instrument(page, need):
    """What product and programme ask of a policy instrument besides what every page needs."""
    need("instrument_kind", page.instrument_kind, _("choose one."))
    for name in ("description", "mining_gap", "intended_improvement"):
        need(name, limits.visible_text(getattr(page, name)), _("write this part."))
    need("valid_from", page.valid_from, _("write the year."))
    need("valid_to", page.valid_to, _("write the year."))
    if page.valid_from and page.valid_to and page.valid_to < page.valid_from:
        need("valid_to", False, _("the last year lies before the first."))
    subject = page.raw_materials.all() or page.focus_areas.all()
    need("focus_areas", subject, _("choose at least one focus area or raw material."))
    need("baseline", page.baseline_id, _("attach the text as it stands before any change."))
