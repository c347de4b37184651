import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page, Site

from home.site_setup import set_up_site
from network.rights import GROUPS

pytestmark = pytest.mark.django_db


def test_a_new_site_has_a_home_page_three_sections_and_its_groups():
    # the test database was set up like a new site

    slugs = set(Page.objects.filter(depth=3).values_list("slug", flat=True))

    assert Site.objects.get().root_page.specific_class.__name__ == "HomePage"
    assert {"good-practices", "policy-instruments", "events", "privacy", "accessibility"} <= slugs
    assert set(GROUPS) <= set(Group.objects.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("address", "root_url"),
    [
        ("https://adit.example", "https://adit.example"),
        ("http://adit.example:8080", "http://adit.example:8080"),
        ("http://adit.example", "http://adit.example"),
    ],
)
def test_the_site_has_the_address_that_the_settings_give_it(settings, address, root_url):
    settings.SITE_URL = address

    made = set_up_site()

    assert made == ["The site has the address that the settings give it."]
    assert [site.root_url for site in Site.objects.all()] == [root_url]
    assert set_up_site() == []


def test_setting_up_again_changes_nothing():
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision_created_at"))

    made = set_up_site()

    assert made == []
    assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision_created_at")) == before
