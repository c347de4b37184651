"""Search for programs: the same questions as the search page takes, answered as JSON.

    GET /api/v1/search?q=red+mud&kind=practice&region=SE&page_size=50

Where the page leaves out what it cannot use and says so, a program is told so and gets nothing: 422.
What every answer under /api/ has besides (headers, ETag, other failures) is in config/api.py.
"""

import math

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Field, NinjaAPI, Schema, Status

from network.addresses import full_address
from network.client import client_of
from search.api_parameters import PARAMETERS, Question
from search.queries import search
from search.query import DEEPEST_HIT
from search.rate_limit import RateLimit
from search.vocabulary import FILTERS

api = NinjaAPI(
    title="Adit",
    version="1",
    description="Good practices, policy instruments, events, regions and raw materials of Europe's mining "
    "regions. Only reading; no key is needed.",
    urls_namespace="api-1",
    # The page that ninja has for people loads scripts from elsewhere, which our content policy forbids.
    docs_url=None,
)
rate_limit = RateLimit()


class Highlights(Schema):
    """Where the words were found: HTML in which only <mark> is markup."""

    title: str | None = Field(None, description="The title, where a word was found in it")
    text: str | None = Field(None, description="An excerpt around the words found")


class Result(Schema):
    """One item found."""

    id: str = Field(description="What it keeps, wherever it is moved: the uuid of a page, else a key")
    external_id: str | None = Field(description="The id of the row it was imported from")
    kind: str
    title: str
    summary: str
    url: str
    highlights: Highlights
    regions: list[str] = Field(description="NUTS codes")
    materials: list[str] = Field(description="Values of the parameter material")
    stages: list[str] = Field(description="Values of the parameter stage, main stages first")
    score: float = Field(description="How well it fits, comparable within one answer")


class Value(Schema):
    """One choice of a facet."""

    value: str
    label: str
    count: int = Field(description="How many results there are when it is chosen, other filters as they are")


class Answer(Schema):
    """One page of what was found, and the counts of all facets."""

    total: int
    page: int
    pages: int
    page_size: int
    correction: str | None = Field(description="What was looked for instead, where words were misspelt")
    results: list[Result]
    facets: dict[str, list[Value]]


class Refusal(Schema):
    """Why there is no answer, in sentences."""

    detail: str
    errors: list[str]


@api.get(
    "/search",
    response={200: Answer, 422: Refusal, 429: Refusal},
    summary="Search",
    url_name="search",
    operation_id="search",
    openapi_extra={"parameters": PARAMETERS},
)
def search_api(request, response: HttpResponse):
    """Everything public that matches, one page of it, with the counts of all facets."""
    if seconds := rate_limit.wait(client_of(request), settings.API_REQUESTS_A_MINUTE):
        response["Retry-After"] = str(math.ceil(seconds))
        return Status(429, refusal([_("Too many questions in one minute; ask again later.")]))
    try:
        question = Question(request.GET, address=reverse("api-1:search"), language=get_language())
    except TooManyFieldsSent:
        return Status(422, refusal([_("There are too many parameters.")]))
    if question.errors:
        return Status(422, refusal(question.errors))
    results = search(question.form.query, question.form.vocabulary.lexicon)
    if question.form.asked_page > results.page:
        return Status(422, refusal([beyond(question.form, results)]))
    return Status(200, answer(question.form, results))


def refusal(errors):
    return {"detail": " ".join(errors), "errors": errors}


def beyond(form, results):
    asked = str(form.asked_page)[:12]
    if results.total > DEEPEST_HIT:
        return _(
            "There is no page %(asked)s: only the first %(number)s results can be paged through. Add a word "
            "or a filter."
        ) % {"asked": asked, "number": DEEPEST_HIT}
    return _("There is no page %(asked)s; the last one is page %(page)s.") % {
        "asked": asked,
        "page": results.page,
    }


def answer(form, results):
    return {
        "total": results.total,
        "page": results.page,
        "pages": results.pages,
        "page_size": results.page_size,
        "correction": results.corrected or None,
        "results": [result(hit) for hit in results.hits],
        "facets": {name: values(form.vocabulary, name, results.facets.get(name, ())) for name in FILTERS},
    }


def values(vocabulary, facet, counted):
    return [{"value": v, "label": vocabulary.name(facet, v), "count": count} for v, count in counted]


def result(hit):
    item = hit.display
    return {
        "id": item.get("permanent_id") or hit.key,
        "external_id": item.get("external_id") or None,
        "kind": hit.kind,
        "title": item["title"],
        "summary": item["summary"],
        "url": full_address(item["url"]),
        "highlights": {name: marked(parts) for name, parts in hit.highlights.items()},
        "regions": item.get("region_codes", []),
        "materials": item.get("material_codes", []),
        "stages": stages(item.get("stages", ())),
        "score": round(hit.score, 4),
    }


def stages(marks):
    """The stages it is about, the main ones first."""
    return [mark["key"] for weight in ("main", "touched") for mark in marks if mark["weight"] == weight]


def marked(parts):
    """A text with the words found between <mark> and </mark>, everything else escaped."""
    pieces = (
        (format_html("<mark>{}</mark>", text) if hit else conditional_escape(text),) for text, hit in parts
    )
    return str(format_html_join("", "{}", pieces))
