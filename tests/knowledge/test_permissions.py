import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, PageViewRestriction
from wagtail.permissions import policy_registry

from knowledge.models import GoodPracticePage
from knowledge.rights import may_see
from network.rights import EXPERTS
from tests.factories import GoodPracticePageFactory, complete_practice
from tests.factories.knowledge import section

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(people):
    page = complete_practice(owner=people.aino, organisation=people.authority)
    page.save_revision(user=people.aino)
    return page


@pytest.fixture
def published(people):
    page = GoodPracticePageFactory(owner=people.aino, organisation=people.authority)
    page.save_revision(user=people.aino).publish()
    return page


def may(who_may, action, page):
    return who_may(lambda user: user.is_authenticated and getattr(page.permissions_for_user(user), action)())


def test_drafts_are_edited_and_submitted_by_their_people_and_officers(draft, who_may):
    assert may(who_may, "can_edit", draft) == ["aino", "cato", "bruno", "ada"]
    assert may(who_may, "can_submit_for_moderation", draft) == ["aino", "cato", "bruno", "ada"]


def test_nobody_publishes_past_the_review(draft, who_may):
    assert may(who_may, "can_publish", draft) == []
    assert may(who_may, "can_publish_subpage", section("good-practices")) == []


def test_a_plain_page_object_gives_the_same_answer(draft, people):
    plain = Page.objects.get(pk=draft.pk)

    assert plain.permissions_for_user(people.ada).can_publish() is False


def test_officers_take_pages_down(published, who_may):
    assert may(who_may, "can_unpublish", published) == ["bruno", "ada"]


def test_drafts_are_deleted_by_their_people_published_pages_by_officers(draft, published, who_may):
    assert may(who_may, "can_delete", draft) == ["aino", "cato", "bruno", "ada"]
    assert may(who_may, "can_delete", published) == ["bruno", "ada"]


def test_a_counted_page_is_deleted_by_nobody(published, who_may):
    published.validations.create(kind="counted")

    assert may(who_may, "can_delete", published) == []


def test_contributors_and_officers_write_new_practices(who_may):
    assert may(who_may, "can_add_subpage", section("good-practices")) == [
        "aino",
        "cato",
        "olof",
        "bruno",
        "ada",
    ]


def test_the_administrator_cannot_publish_by_the_action_that_programs_use(draft, people):
    action = PublishPageRevisionAction(draft.get_latest_revision(), user=people.ada)

    with pytest.raises(PermissionDenied):
        action.execute()


def test_the_administrators_publish_button_saves_a_draft_at_most(draft, people, signed_in):
    response = signed_in(people.ada).get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))

    assert "action-publish" not in response.content.decode()


def test_bulk_publishing_publishes_nothing(draft, people, signed_in):
    client = signed_in(people.ada)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    client.post(f"{address}?id={draft.pk}")
    client.post(f"{address}?id={section('good-practices').pk}", {"include_descendants": "on"})

    draft.refresh_from_db()
    assert draft.live is False


def test_copying_a_published_page_makes_a_draft(published, people, signed_in):
    parent = section("good-practices")
    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": parent.pk}

    refused = signed_in(people.ada).post(
        reverse("wagtailadmin_pages:copy", args=[published.pk]), form | {"publish_copies": "on"}
    )
    signed_in(people.ada).post(reverse("wagtailadmin_pages:copy", args=[published.pk]), form)

    copies = GoodPracticePage.objects.filter(slug="copy")
    assert refused.status_code == 200
    assert [(copy.live, copy.reference != published.reference) for copy in copies] == [(False, True)]


def test_a_new_page_is_not_published_by_the_form_that_makes_it(people, signed_in):
    address = reverse(
        "wagtailadmin_pages:add", args=["knowledge", "goodpracticepage", section("good-practices").pk]
    )

    response = signed_in(people.ada).get(address)

    assert response.status_code == 200
    assert 'name="action-publish"' not in response.content.decode()


def test_the_explorer_shows_drafts_only_to_those_who_may_see_them(draft, published, people, signed_in):
    address = reverse("wagtailadmin_explore", args=[section("good-practices").pk])

    seen = {
        name: [
            page.title in signed_in(getattr(people, name)).get(address).content.decode()
            for page in (draft, published)
        ]
        for name in ("aino", "cato", "olof", "bruno", "ada")
    }

    assert seen == {
        "aino": [True, True],
        "cato": [True, True],
        "olof": [False, True],
        "bruno": [True, True],
        "ada": [True, True],
    }


def test_the_chooser_offers_no_drafts_of_others(draft, published, people, signed_in):
    address = reverse("wagtailadmin_choose_page_child", args=[section("good-practices").pk])

    offered = {
        name: [
            page.title in signed_in(getattr(people, name)).get(address).json()["html"]
            for page in (draft, published)
        ]
        for name in ("cato", "olof")
    }

    assert offered == {"cato": [True, True], "olof": [False, True]}


def test_the_pages_of_wagtails_own_lists_are_those_one_may_see(draft, people):
    policy = policy_registry.get_by_type(Page)

    seen = [
        draft.pk in set(policy.explorable_instances(user).values_list("pk", flat=True))
        for user in (people.cato, people.olof)
    ]

    assert seen == [True, False]


@pytest.mark.parametrize(
    ("name", "status"),
    [("aino", 200), ("cato", 200), ("olof", 302), ("bruno", 200), ("ilse", 302), ("ada", 200)],
)
def test_the_editor_opens_for_those_who_may_edit(draft, people, signed_in, name, status):
    response = signed_in(getattr(people, name)).get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))

    assert response.status_code == status


def test_the_explorer_costs_as_many_queries_with_five_pages_as_with_one(people, signed_in):
    address = reverse("wagtailadmin_explore", args=[section("good-practices").pk])
    client = signed_in(people.bruno)

    def queries(pages):
        for _ in range(pages):
            GoodPracticePageFactory(owner=people.aino).save_revision(user=people.aino)
        client.get(address)
        with CaptureQueriesContext(connection) as context:
            client.get(address)
        # Wagtail itself looks up the addresses of its sites in the cache once a row.
        return len([query for query in context if "django_cache" not in query["sql"]])

    one = queries(1)

    assert queries(4) == one


def test_what_only_some_groups_may_read_is_shown_and_offered_to_nobody_else(published, people, signed_in):
    restriction = PageViewRestriction.objects.create(page=published, restriction_type="groups")
    restriction.groups.set(Group.objects.filter(name=EXPERTS))
    address = reverse("wagtailadmin_choose_page_child", args=[section("good-practices").pk])

    offered = {
        name: published.title in signed_in(getattr(people, name)).get(address).json()["html"]
        for name in ("cato", "olof", "ilse", "bruno")
    }

    assert offered == {"cato": True, "olof": False, "ilse": True, "bruno": True}


def test_what_everybody_with_an_account_may_read_is_offered_to_them(published, people):
    PageViewRestriction.objects.create(page=published, restriction_type="login")

    assert [may_see(user, published) for user in (people.olof, people.carla)] == [True, False]


def test_the_new_title_of_a_public_page_is_shown_once_it_is_published(published, people, signed_in):
    name = published.title
    published.title = "A title nobody knows of"
    published.save_revision(user=people.aino)
    address = reverse("wagtailadmin_explore", args=[section("good-practices").pk])

    told = {
        who: [
            title in signed_in(getattr(people, who)).get(address).content.decode()
            for title in (name, published.title)
        ]
        for who in ("aino", "olof", "bruno")
    }

    assert told == {"aino": [True, False], "olof": [True, False], "bruno": [True, False]}


def test_a_section_has_nothing_to_preview(people, signed_in):
    address = reverse("wagtailadmin_pages:view_draft", args=[section("good-practices").pk])

    assert signed_in(people.ada).get(address).status_code == 302
