"""Search for programs: the same questions as the search page takes, answered as JSON.

    GET /api/v1/search?q=red+mud&kind=practice&region=SE&page_size=50

Where the page leaves out what it cannot use and says so, a program is told so and gets nothing: 422.
What every answer under /api/ has besides (headers, ETag, other failures) is in config/api.py.
"""

import math
from dataclasses import replace
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Field, NinjaAPI, Schema, Status

from network.client import client_of
from search.api_parameters import Question, parameters
from search.queries import search
from search.rate_limit import RateLimit
from search.rows import rows
from search.vocabulary import FILTERS, Vocabulary


class SearchAPI(NinjaAPI):
    """The API, described with the regions and materials that there are at this moment."""

    def get_openapi_schema(self, **options):
        described = super().get_openapi_schema(**options)
        described["paths"][reverse("api-1:search")]["get"]["parameters"] = parameters(Vocabulary())
        return described


api = SearchAPI(
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
    reference: str | None = Field(description="The number that people quote, such as GP-0057")
    title: str
    summary: str
    url: str
    permanent_url: str = Field(description="The address that it keeps")
    highlights: Highlights
    place: str | None = Field(description="Where it is, in words")
    regions: list[str] = Field(description="NUTS codes")
    materials: list[str] = Field(description="Values of the parameter material")
    material_names: list[str] = Field(description="The same materials, in words")
    stages: list[str] = Field(description="Values of the parameter stage, main stages first")
    stage_weights: dict[str, Literal["main", "touched"]] = Field(
        description="How much it is about each stage"
    )
    evidence: str | None = Field(description="How far it is proved: a value of the parameter evidence")
    origin: str | None = Field(description="A value of the parameter origin")
    source: str | None = Field(description="The public source it was collected from, until it is confirmed")
    organisation: str | None = Field(description="Whose it is")
    year_begin: int | None = Field(description="The year it began, or from which it is valid")
    year_end: int | None = Field(description="The year it ended, or up to which it is valid")
    begins: datetime | None = Field(description="When an event begins, with the offset of its place")
    ends: datetime | None = Field(description="When an event ends")
    cost_eur: float | None = Field(description="What it cost in euro, where that is stated")
    licence: str | None = Field(description="The licence of its text, in words")
    modified: datetime = Field(description="When anything said here last changed; see modified_since")
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
    results = search(question.query, question.form.vocabulary.lexicon)
    if (page := question.form.asked_page) > results.page:
        # How many pages there are changes under whoever turns them: beyond the last one there is nothing.
        results = replace(results, hits=[], page=page)
    return Status(200, answer(question.form, results))


def refusal(errors):
    return {"detail": " ".join(errors), "errors": errors}


def answer(form, results):
    found = {row.key: row for row in rows([hit.key for hit in results.hits])}
    return {
        "total": results.total,
        "page": results.page,
        "pages": results.pages,
        "page_size": results.page_size,
        "correction": results.corrected or None,
        "results": [result(hit, found[hit.key]) for hit in results.hits if hit.key in found],
        "facets": {name: values(form.vocabulary, name, results.facets.get(name, ())) for name in FILTERS},
    }


def values(vocabulary, facet, counted):
    return [{"value": v, "label": vocabulary.name(facet, v), "count": count} for v, count in counted]


def result(hit, row):
    item = row.display
    return {
        "id": item.get("permanent_id") or hit.key,
        "external_id": item.get("external_id") or None,
        "kind": row.kind,
        "reference": item.get("reference") or None,
        "title": item["title"],
        "summary": item["summary"],
        "url": row.url,
        "permanent_url": row.permanent_url,
        "highlights": {name: marked(parts) for name, parts in hit.highlights.items()},
        "place": item.get("place") or None,
        "regions": item.get("region_codes", []),
        "materials": item.get("material_codes", []),
        "material_names": item.get("materials", []),
        "stages": list(row.stage_weights),
        "stage_weights": row.stage_weights,
        "evidence": row.evidence.get("state"),
        "origin": item.get("origin") or None,
        "source": item.get("source") or None,
        "organisation": item.get("organisation") or None,
        "year_begin": item.get("year_begin"),
        "year_end": item.get("year_end"),
        "begins": row.begins,
        "ends": row.ends,
        "cost_eur": row.cost,
        "licence": row.licence or None,
        "modified": row.modified,
        "score": round(hit.score, 4),
    }


def marked(parts):
    """A text with the words found between <mark> and </mark>, everything else escaped."""
    pieces = (
        (format_html("<mark>{}</mark>", text) if hit else conditional_escape(text),) for text, hit in parts
    )
    return str(format_html_join("", "{}", pieces))
