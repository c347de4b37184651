"""The people of the permission tests."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from network.rights import AUDITORS, CONTRIBUTORS, EXPERTS, OFFICERS
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory


def person(name, *groups, organisation=None, **fields):
    user = UserFactory(first_name=name, groups=Group.objects.filter(name__in=groups), **fields)
    if organisation:
        MembershipFactory(user=user, organisation=organisation)
    return user


@pytest.fixture
def people(db):
    """Aino contributes for her authority, Cato is her colleague, Olof of another one; Bruno and Birgit are
    officers, Ilse is an expert, Axel an auditor, Ada runs the site, Carla is a visitor."""
    authority = OrganisationFactory(name="Example authority")
    other = OrganisationFactory(name="Other authority")
    return SimpleNamespace(
        authority=authority,
        aino=person("Aino", CONTRIBUTORS, organisation=authority),
        cato=person("Cato", CONTRIBUTORS, organisation=authority),
        olof=person("Olof", CONTRIBUTORS, organisation=other),
        bruno=person("Bruno", OFFICERS),
        birgit=person("Birgit", OFFICERS),
        ilse=person("Ilse", EXPERTS),
        axel=person("Axel", AUDITORS),
        ada=person("Ada", is_superuser=True, is_staff=True),
        carla=AnonymousUser(),
    )


EVERYBODY = ("carla", "aino", "cato", "olof", "bruno", "ilse", "axel", "ada")


@pytest.fixture
def who_may(people):
    """The names of those for whom a question is answered with yes."""

    def ask(question, *args):
        return [name for name in EVERYBODY if question(getattr(people, name), *args)]

    return ask
