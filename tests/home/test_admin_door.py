import pytest
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Workflow

from knowledge.models import Picture, SourceDocument
from tests.factories import EvidenceFactory, GoodPracticePageFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(people):
    page = GoodPracticePageFactory(
        owner=people.aino, organisation=people.authority, live=False, title="A pond nobody knows of"
    )
    page.save_revision(user=people.aino)
    return page


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/pages/3/edit/",
        "/admin/knowledge/desk/",
        "/admin/reports/workflow/",
        "/admin/logout/",
    ],
)
def test_who_may_not_write_yet_reads_what_to_do_and_is_sent_nowhere(client, address, signed_in):
    newcomer = UserFactory(email="newcomer@example.org")

    response = signed_in(newcomer).get(address)

    assert (response.status_code, response.templates[0].name) == (403, "home/no_admin.html")
    assert "newcomer@example.org" in response.content.decode()
    assert reverse("submit_practice") in response.content.decode()


def test_the_door_leads_a_newcomer_who_signs_in_to_that_page_and_not_in_a_circle(signed_in):
    response = signed_in(UserFactory()).get(
        reverse("account_login"), {"next": "/admin/pages/3/edit/"}, follow=True
    )

    assert (response.status_code, len(response.redirect_chain)) == (403, 1)


def test_a_script_of_the_admin_is_refused_by_the_status(signed_in):
    response = signed_in(UserFactory()).get("/admin/", headers={"x-requested-with": "XMLHttpRequest"})

    assert response.status_code == 403


def test_a_visitor_signs_in_first(client):
    response = client.get("/admin/pages/3/edit/")

    assert response.url == f"{reverse('account_login')}?next=/admin/pages/3/edit/"


def test_wagtails_way_to_look_at_an_error_is_gone(people, signed_in):
    assert signed_in(people.ada).get("/admin/failwhale/").status_code == 404


def told(signed_in, user, address, name):
    """Whether this person reads the name at this address."""
    return name in signed_in(user).get(address, follow=True).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/admin/choose-page/chosen-multiple/?id={page}",
        "/admin/pages/{page}/move/{section}/confirm/",
        "/admin/bulk/wagtailcore/page/delete/?id={page}",
        "/admin/bulk/wagtailcore/page/move/?id={page}",
        "/admin/bulk/wagtailcore/page/publish/?id={page}",
    ],
)
def test_the_number_of_a_draft_tells_its_title_to_those_alone_who_read_it(draft, people, signed_in, address):
    address = address.format(page=draft.pk, section=draft.get_parent().pk)

    assert [told(signed_in, user, address, draft.title) for user in (people.olof, people.bruno)] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/admin/api/main/documents/",
        "/admin/api/main/documents/{file}/",
        "/admin/documents/chooser/chosen/{file}/",
        "/admin/documents/chooser/chosen-multiple/?id={file}",
        "/admin/bulk/knowledge/sourcedocument/delete/?id={file}",
    ],
)
def test_the_number_of_a_file_tells_its_name_to_those_alone_who_may_choose_it(people, signed_in, address):
    file = SourceDocument.objects.create(
        title="Minutes nobody knows of", file="minutes.pdf", uploaded_by_user=people.aino
    )
    address = address.format(file=file.pk)

    assert told(signed_in, people.olof, address, file.title) is False
    assert told(signed_in, people.bruno, address, file.title) is True


@pytest.mark.parametrize(
    "report",
    ["workflow", "workflow_tasks", "page_types_usage", "site_history", "aging_pages", "locked_pages"],
)
def test_reports_about_everybodys_pages_are_for_officers(people, signed_in, report):
    address = reverse(f"wagtailadmin_reports:{report}")

    statuses = [
        signed_in(user).get(address).status_code
        for user in (people.aino, people.ilse, people.axel, people.bruno)
    ]

    assert statuses[:3] == [302, 302, 302]
    assert statuses[3] in (200, 302)


def test_choosers_of_pages_and_files_find_by_words_for_everybody(people, signed_in, settings):
    settings.TASKS = settings.TASKS | {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    }
    GoodPracticePageFactory(title="Tailings ponds, public")
    GoodPracticePageFactory(title="Tailings ponds, a draft", live=False, owner=people.aino)
    for title in ("Tailings file of Aino", "Tailings file of Cato"):
        SourceDocument.objects.create(
            title=title, file="a.pdf", uploaded_by_user=getattr(people, title.split()[-1].lower())
        )
    addresses = (reverse("wagtailadmin_choose_page_search"), reverse("wagtaildocs_chooser:choose_results"))
    titles = ("ponds, public", "ponds, a draft", "file of Aino", "file of Cato")

    found = {}
    for name in ("aino", "olof", "bruno"):
        client = signed_in(getattr(people, name))
        texts = "".join(client.get(address, {"q": "tailings"}).content.decode() for address in addresses)
        found[name] = [title for title in titles if title in texts]

    assert found == {
        "aino": ["ponds, public", "ponds, a draft", "file of Aino"],
        "olof": ["ponds, public"],
        "bruno": list(titles),
    }


def test_an_expert_reads_no_title_of_evidence_for_auditors(people, signed_in):
    page = GoodPracticePageFactory(owner=people.aino)
    EvidenceFactory(page=page, title="Pay slips", confidentiality="auditor")
    address = reverse("wagtailsnippets_knowledge_evidence:list")

    assert [
        told(signed_in, user, address, "Pay slips") for user in (people.ilse, people.axel, people.aino)
    ] == [False, True, True]


@pytest.mark.parametrize("address", ["/admin/documents/", "/admin/images/", "/admin/images/chooser/"])
def test_lists_of_files_suggest_no_words_of_others(people, signed_in, address):
    file = SourceDocument.objects.create(title="Minutes", file="a.pdf", uploaded_by_user=people.aino)
    picture = Picture.objects.create(
        title="A pond", file=get_test_image_file(), licence="cc0-1.0", uploaded_by_user=people.aino
    )
    for one in (file, picture):
        one.tags.add("insolvency")

    assert told(signed_in, people.olof, address, "insolvency") is False


def test_keywords_are_suggested_of_what_one_may_see(draft, people, signed_in):
    draft.keywords.add("insolvency")
    draft.save()
    public = GoodPracticePageFactory()
    public.keywords.add("insulation")
    public.save()
    address = reverse("wagtailadmin_tag_autocomplete")

    found = {
        name: signed_in(getattr(people, name)).get(address, {"term": "ins"}).json()
        for name in ("aino", "olof", "bruno")
    }

    assert found == {
        "aino": ["insolvency", "insulation"],
        "olof": ["insulation"],
        "bruno": ["insolvency", "insulation"],
    }


@pytest.mark.parametrize(
    "address",
    [
        "/admin/choose-email-link/?parent_page_id=x",
        "/admin/choose-page/?target_pages[]=x",
        "/admin/choose-page/chosen-multiple/?id=x",
        "/admin/bulk/wagtailcore/page/delete/?id=x",
        "/admin/api/main/pages/find/?id=a%00b",
    ],
)
def test_what_no_address_of_the_admin_means_is_a_mistake_of_the_address(people, client, signed_in, address):
    client.raise_request_exception = False

    assert signed_in(people.ada).get(address).status_code in (400, 404)


def test_a_page_of_a_list_that_does_not_exist_is_a_mistake_of_the_address(people, client, signed_in):
    client.raise_request_exception = False
    address = f"/admin/workflows/edit/{Workflow.objects.first().pk}/"

    assert {signed_in(people.ada).get(f"{address}?p={page}").status_code for page in ("0", "-1", "x")} <= {
        200,
        400,
        404,
    }


def test_the_root_of_the_tree_is_no_page_to_choose(people, signed_in):
    root = Page.get_first_root_node()

    assert signed_in(people.ada).get(f"/admin/choose-page/chosen-multiple/?id={root.pk}").status_code == 404


def test_a_form_of_the_admin_that_names_a_row_by_rubbish_is_a_mistake_of_the_form(people, client, signed_in):
    client.raise_request_exception = False
    data = {"page": "not a number", "title": "x"}

    response = signed_in(people.aino).post(reverse("wagtailsnippets_knowledge_evidence:add"), data)

    assert response.status_code == 400


def test_a_file_that_evidence_needs_stays_and_nothing_falls_over_it(people, signed_in):
    file = SourceDocument.objects.create(title="Minutes", file="a.pdf", uploaded_by_user=people.aino)
    EvidenceFactory(page=GoodPracticePageFactory(owner=people.aino), document=file)

    response = signed_in(people.aino).post(reverse("wagtaildocs:delete", args=[file.pk]), follow=True)

    assert (response.status_code, SourceDocument.objects.filter(pk=file.pk).exists()) == (200, True)


@pytest.mark.parametrize("words", ['";', '"', "';--", '"" OR NEAR(', "*"])
@pytest.mark.parametrize("address", ["/admin/images/results/", "/admin/documents/results/"])
def test_quotes_in_a_list_of_files_stop_nothing(people, signed_in, address, words):
    assert signed_in(people.aino).get(address, {"q": words}).status_code in (200, 400)
