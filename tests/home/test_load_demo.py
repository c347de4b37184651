"""A new site shows facts with their sources, and examples that say so and can be taken away again."""

from collections import Counter
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from events.models import LearningEventPage, Participant, Registration
from events.participants import Person
from events.registration import register
from home.demo import accounts, examples, facts
from knowledge.models import (
    CollectedSource,
    Evidence,
    GoodPracticePage,
    ImportedRecord,
    KnowledgePage,
    PolicyChange,
    PolicyInstrumentPage,
    SourceDocument,
)
from network.models import Letter, Organisation, Project, User
from progress.counting import counted
from progress.models import Indicator

COUNTED = (
    KnowledgePage,
    Organisation,
    Project,
    User,
    Participant,
    Registration,
    PolicyChange,
    Evidence,
    SourceDocument,
    ImportedRecord,
    CollectedSource,
    Letter,
)


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Everything load_demo loads, once for all tests of this module; returns what the command printed."""
    files = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), override_settings(FILES_ROOT=files), transaction.atomic():
        yield load()
        transaction.set_rollback(True)


def load(**options):
    out = StringIO()
    call_command("load_demo", stdout=out, **options)
    return out.getvalue().splitlines()


def numbers():
    return {model.__name__: model.objects.count() for model in COUNTED}


def reached(acronym):
    """{indicator: number} of one project."""
    project = Project.objects.get(acronym=acronym)
    return {indicator.key: len(counted(indicator, project)) for indicator in Indicator.objects.all()}


@pytest.mark.django_db
def test_facts_are_there_with_their_sources():
    examples_of = Counter(type(page).__name__ for page in KnowledgePage.objects.specific())
    collected = CollectedSource.objects.filter(read_on=facts.READ_ON).exclude(url="")
    emrie = Project.objects.get(acronym="EMRIE")

    assert examples_of == {"GoodPracticePage": 48 + 3, "PolicyInstrumentPage": 7 + 1, "LearningEventPage": 5}
    assert collected.count() == 48 + 7
    assert dict(emrie.targets.values_list("indicator__key", "value")) == {
        "PI": 6,
        "GP": 12,
        "EV": 22,
        "ORG": 59,
    }
    assert emrie.partners.count() == 2
    assert Project.objects.exclude(acronym=examples.PROJECT).exclude(source="").count() == 17
    assert Organisation.objects.exclude(source="").count() == 30


@pytest.mark.django_db
def test_nothing_real_seems_to_have_been_achieved_by_an_example():
    assert reached("EMRIE") == {"PI": 0, "GP": 0, "EV": 0, "ORG": 0, "PPL": 0}
    assert reached("EXAMPLE") == {"PI": 1, "GP": 1, "EV": 1, "ORG": 2, "PPL": 2}


@pytest.mark.django_db
def test_every_example_says_so_where_it_begins():
    made_up = [
        *KnowledgePage.objects.filter(collected_source=None).values_list("title", flat=True),
        *Organisation.objects.filter(source="").values_list("name", flat=True),
        *Project.objects.filter(source="").values_list("title", flat=True),
        *Participant.objects.values_list("name", flat=True),
        *PolicyChange.objects.values_list("title", flat=True),
    ]

    assert [name for name in made_up if not name.startswith("Example")] == []


@pytest.mark.django_db
def test_events_lie_on_both_sides_of_today_and_one_has_a_waiting_list():
    visit = LearningEventPage.objects.get(title__startswith="Example study visit")

    assert (LearningEventPage.objects.upcoming().count(), LearningEventPage.objects.past().count()) == (3, 2)
    assert [registration.state for registration in visit.registrations.order_by("number")] == [
        "confirmed",
        "confirmed",
        "waiting",
    ]


@pytest.mark.django_db
def test_demo_accounts_can_sign_in_and_are_announced(loaded):
    groups = {
        user.email: ", ".join(user.groups.values_list("name", flat=True))
        for user in User.objects.filter(emailaddress__verified=True)
    }

    assert groups == {
        "administrator@adit.example": "Administrators",
        "colleague@adit.example": "Contributors",
        "contributor@adit.example": "Contributors",
        "expert@adit.example": "Experts",
        "officer@adit.example": "Officers",
        "organiser@adit.example": "Contributors",
    }
    assert "\n".join(loaded).strip() == f"Demo content is loaded.\n{accounts.announcement()}".strip()


@pytest.mark.django_db
def test_the_password_of_the_demo_is_the_one_that_is_printed(settings):
    # The accounts were made with the site's own, slow hasher.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]

    user = authenticate(None, username="officer@adit.example", password=accounts.PASSWORD)

    assert user == User.objects.get(email="officer@adit.example")
    assert accounts.PASSWORD in accounts.announcement()


@pytest.mark.django_db
def test_people_who_do_not_exist_get_no_letters():
    assert Letter.objects.count() == 0


@pytest.mark.django_db
def test_loading_again_changes_nothing():
    before = numbers()

    load()

    assert numbers() == before


@pytest.mark.django_db
def test_the_same_practices_brought_as_a_file_make_no_doubles():
    out = StringIO()

    call_command("import_practices", str(facts.PRACTICES), publish=True, stdout=out)

    assert out.getvalue() == "48 practices: 0 new, 0 changed, 48 unchanged, 0 left alone. 0 published.\n"


@pytest.mark.django_db
def test_loading_once_leaves_a_site_with_content_alone():
    assert load(once=True) == ["The site has content already; nothing was loaded."]


@pytest.mark.django_db
def test_removing_takes_the_examples_and_nothing_else():
    lines = load(remove=True)

    assert [line for line in lines if not line.startswith("Removed “")] == []
    assert numbers() == {
        "KnowledgePage": 48 + 7,
        "Organisation": 30,
        "Project": 17,
        "User": 0,
        "Participant": 0,
        "Registration": 0,
        "PolicyChange": 0,
        "Evidence": 0,
        "SourceDocument": 0,
        "ImportedRecord": 48 + 7,
        "CollectedSource": 48 + 7,
        "Letter": 0,
    }
    assert load(remove=True) == ["There are no examples to remove."]


@pytest.mark.django_db
def test_removing_keeps_what_people_made_their_own():
    edited = GoodPracticePage.objects.get(title__startswith="Example: the closure bond")
    edited.title = "Our closure bond"
    edited.save_revision().publish()
    event = LearningEventPage.objects.get(title__startswith="Example workshop")
    register(event, Person("carla@example.org", "Carla"), "online")

    lines = load(remove=True)

    assert [line for line in lines if line.startswith("Kept")] == [
        "Kept “Example workshop: tailings registers that everybody can read”: people registered for it.",
        "Kept “Our closure bond”: somebody edited it.",
        "Kept “contributor@adit.example”: it wrote pages that are still there.",
        "Kept “organiser@adit.example”: it wrote pages that are still there.",
        "Kept “Example Mining Region Agency”: people belong to it.",
        "Kept “Example Regional Council”: people belong to it.",
        "Kept “Example Town Council”: something else refers to it.",
        "Kept “Example University of Mining”: something else refers to it.",
        "Kept “EXAMPLE”: something else refers to it.",
    ]
    assert sorted(KnowledgePage.objects.filter(collected_source=None).values_list("title", flat=True)) == [
        "Example workshop: tailings registers that everybody can read",
        "Our closure bond",
    ]


@pytest.mark.django_db
def test_a_production_site_takes_demo_content_only_by_force(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="This is a production site"):
        load()


@pytest.mark.django_db
def test_a_production_site_never_gets_the_known_password(settings):
    settings.PRODUCTION = True
    load(remove=True)

    said = "\n".join(load(force=True))

    assert "all with the password" in said
    assert accounts.PASSWORD not in said


@pytest.mark.django_db
def test_instruments_say_only_what_their_source_says():
    page = PolicyInstrumentPage.objects.get(title__startswith="Austrian raw materials strategy")

    assert (page.scope, page.organisation, page.organisation_as_stated, page.mining_gap, page.valid_from) == (
        "national",
        None,
        "Austrian federal ministry",
        "",
        None,
    )
