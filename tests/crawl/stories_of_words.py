"""What is changed around the pages: names, organisations, people, words of search, the site itself."""

from django.core.management import call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from home.models import Operator, SiteIdentity
from network.models import Membership
from regions.models import Region, VocabularyName
from search.models import SynonymSet
from tests.crawl.stories import NOWHERE, fill, post, story
from tests.factories import FocusAreaFactory, OrganisationFactory, RegionFactory, UserFactory
from tests.knowledge.import_files import row, write_csv

SNIPPET = "wagtailsnippets_{}:{}"
NUTS = (
    "code,level,edition,parent,name,name_local,country,longitude,latitude,point\n"
    "SE,0,2024,,Sverige,,SE,16.5,62.1,outline\n"
    "SE3,1,2024,SE,Norra Sverige,,SE,17.2,64.9,outline\n"
    "SE33,2,2024,SE3,Upper Norrland,,SE,19.7,66.4,outline\n"
)


@story("region", "practice", "regions", "practices narrowed")
def a_region_is_renamed(site):
    region = Region.objects.get(pk=site.region.pk)
    region.name = "Lapland"
    region.save()
    yield
    Region.objects.filter(pk=region.pk).update(name="Övre Norrland")
    yield


@story("region", "regions", "country")
def regions_are_imported(site):
    path = site.folder / "nuts.csv"
    path.write_text(NUTS, encoding="utf-8")
    call_command("import_nuts", str(path), verbosity=0)
    yield


@story("material", "materials", "front", "practice")
def a_material_is_renamed_and_no_longer_critical(site):
    site.material.name = "Red copper"
    site.material.save()
    yield
    site.material.is_critical = site.material.is_strategic = False
    site.material.save()
    yield
    site.material.is_critical = True
    site.material.save()
    yield


@story("material", "group")
def a_material_gets_names_and_members(site):
    name = site.material.names.create(language="fi", name="Kupari")
    yield
    name.delete()
    yield
    site.group.members.clear()
    yield
    site.group.members.add(site.material)
    yield


@story("practice", "practices", "event")
def a_focus_area_is_renamed(site):
    site.focus.name = "Waste of mines"
    site.focus.save()
    yield


@story("materials", "front")
def the_vocabulary_is_imported(site):
    call_command("import_vocabulary", verbosity=0)
    yield


@story("search")
def words_of_search_are_changed(site):
    post(
        site.bruno,
        SNIPPET.format("search_synonymset", "add"),
        name="Red mud",
        **{"terms-TOTAL_FORMS": 2, "terms-INITIAL_FORMS": 0, "terms-MIN_NUM_FORMS": 0},
        **{"terms-0-text": "red mud", "terms-0-language": "en"},
        **{"terms-1-text": "bauxite residue", "terms-1-language": "en"},
    )
    assert SynonymSet.objects.filter(name="Red mud").exists()
    yield NOWHERE
    VocabularyName.objects.create(facet="stage", value="use", language="en", text="service life")
    yield NOWHERE


@story("practice", "instrument", "practices", "progress")
def an_organisation_is_renamed(site):
    fill(
        site.bruno,
        SNIPPET.format("network_organisation", "edit"),
        site.council.pk,
        name="Council of all the north",
    )
    yield


@story("progress", "records of organisations")
def organisations_are_merged_and_parted(site):
    twin = OrganisationFactory(name="Council of the north (again)", region=site.region)
    site.guest.participant.organisation = twin
    site.guest.participant.save()
    yield NOWHERE
    for merged in (twin, None):
        site.council.merged_into = merged
        site.council.save()
        yield None if merged else NOWHERE


@story("practice")
def a_membership_begins_and_ends(site):
    membership = Membership.objects.create(user=UserFactory(), organisation=site.council)
    yield NOWHERE
    membership.delete()
    yield NOWHERE


@story("practice")
def a_person_whose_opinion_is_printed_is_renamed(site):
    fill(site.ada, "wagtailusers_users:edit", site.ilse.pk, first_name="Else", last_name="Other")
    yield
    site.ilse.refresh_from_db()
    site.ilse.last_name = "Example"
    site.ilse.save()
    yield


@story("practice", "progress of one", "progress")
def a_project_is_renamed(site):
    fill(site.bruno, SNIPPET.format("network_project", "edit"), site.project.pk, title="Mines seen thrice")
    yield NOWHERE
    site.project.acronym = "REMINE2"
    site.project.save()
    yield
    site.project.acronym = "REMINE"
    site.project.save()
    yield


@story("practices", "front", "country")
def practices_are_imported(site):
    for code, name in {"PL": "Poland", "PL5": "Southwest", "PL51": "Dolnośląskie"}.items():
        RegionFactory(code=code, name=name)
    FocusAreaFactory(code="mining-heritage", name="Mining heritage and tourism")
    path = write_csv(site.folder / "practices.csv", row(materials=""), row(id="GP2", materials=""))
    call_command("import_practices", str(path), publish=True, verbosity=0)
    yield
    path = write_csv(site.folder / "practices.csv", row(materials="", title="Gold mine closed"))
    call_command("import_practices", str(path), publish=True, verbosity=0)
    yield


@story("privacy", "front")
def the_site_says_something_else_of_itself(site):
    fill(
        site.ada,
        "wagtailsettings:edit",
        "home",
        "siteidentity",
        Site.objects.get().pk,
        tagline="Mines and people",
        funding_statement="Funded by nobody",
    )
    yield
    fill(
        site.ada,
        "wagtailsettings:edit",
        "home",
        "operator",
        Site.objects.get().pk,
        name="Council of Lapland",
        email="site@example.org",
        tested_on="2026-05-01",
    )
    yield
    SiteIdentity.objects.update(contact_address="hello@example.org", shows_eu_emblem=True)
    yield
    Operator.objects.update(logs_kept_days=11)
    yield


@story("text", "front")
def the_site_is_renamed(site):
    found = Site.objects.get()
    fill(site.ada, "wagtailsites:edit", found.pk, site_name="Another name")
    yield NOWHERE


@story("practice", "draft")
def a_redirect_is_made(site):
    Redirect.objects.create(old_path="/old-tailings", redirect_page_id=site.practice.pk)
    yield NOWHERE
