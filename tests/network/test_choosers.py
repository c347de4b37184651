import pytest
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse

from network.rights import CONTRIBUTORS, OFFICERS
from tests.factories import OrganisationFactory, ProjectFactory, RegionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody():
    """One person of each kind that has to do with the admin."""
    return [UserFactory(groups=Group.objects.filter(name=name)) for name in (CONTRIBUTORS, OFFICERS)]


def test_everybody_chooses_a_region_by_a_part_of_its_name(everybody, signed_in):
    RegionFactory(name="Upper Norrland")
    RegionFactory(name="Lusatia")
    address = reverse("region_chooser:choose_results")

    found = [
        ["Upper Norrland" in text, "Lusatia" in text]
        for text in (signed_in(user).get(address, {"q": "norr"}).content.decode() for user in everybody)
    ]

    assert found == [[True, False], [True, False]]


def test_the_window_in_which_a_region_is_chosen_opens_for_everybody(everybody, signed_in):
    assert [signed_in(user).get(reverse("region_chooser:choose")).status_code for user in everybody] == [
        200,
        200,
    ]


@pytest.mark.parametrize("model", ["membership", "partner"])
def test_what_nobody_chooses_has_no_window_to_choose_it_in(model):
    with pytest.raises(NoReverseMatch):
        reverse(f"wagtailsnippetchoosers_network_{model}:choose")


@pytest.mark.parametrize("chooser", ["wagtailsnippetchoosers_network_organisation", "region_chooser"])
def test_nothing_is_made_in_a_window_that_only_chooses(everybody, signed_in, chooser):
    address = reverse(f"{chooser}:choose") + "create/"

    assert [signed_in(user).post(address).status_code for user in everybody] == [404, 404]


def test_organisations_and_projects_are_no_secret(everybody, signed_in):
    organisation, project = OrganisationFactory(name="Geological survey"), ProjectFactory(acronym="SLAG")
    contributor = signed_in(everybody[0])

    names = [
        contributor.get(
            reverse(f"wagtailsnippetchoosers_network_{one._meta.model_name}:chosen", args=[one.pk])
        ).json()["result"]["string"]
        for one in (organisation, project)
    ]

    assert names == ["Geological survey", "SLAG"]
