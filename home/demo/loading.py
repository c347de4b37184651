"""Loading all demo content, in the order in which its parts need each other."""

from django.core.management import call_command
from django.db import transaction

from home.demo import accounts, example_events, examples, facts, operator
from home.site_setup import set_up_site
from knowledge.models import KnowledgePage
from network.models import Letter, Organisation
from regions.models import FocusArea, RawMaterial, Region, VocabularyName
from search.importing import import_synonyms


def has_content():
    """Whether anything stands on the site already, be it demo content or people's own."""
    return KnowledgePage.objects.exists() or Organisation.objects.exists()


def load():
    """Load what is missing, all of it or nothing, and return the password of accounts made now."""
    load_vocabularies()
    with transaction.atomic():
        set_up_site()
        operator.load_operator()
        facts.load_organisations()
        facts.load_projects()
        facts.load_practices()
        facts.load_instruments()
        examples.load_organisations()
        password = accounts.make_accounts()
        project = examples.load_project()
        practice = examples.load_practices(project)
        instrument = examples.load_instrument(project, practice)
        example_events.load_events(project, practice, instrument)
        # People who do not exist get no letters.
        Letter.objects.filter(sent_at=None, to__endswith=f"@{accounts.DOMAIN}").delete()
    return password


def load_vocabularies():
    """Regions, materials, focus areas and their names, where the site has none; the synonyms it lacks."""
    if not Region.objects.exists():
        call_command("import_nuts", verbosity=0)
    if not all(model.objects.exists() for model in (RawMaterial, FocusArea, VocabularyName)):
        call_command("import_vocabulary", verbosity=0)
    import_synonyms()
