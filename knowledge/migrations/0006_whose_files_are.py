"""Say of each file that is there whose it is and who may read it.

Whose: of the only organisation of who brought it, else of what its evidence, or the event it is a material of, is
about, as long as that is one organisation. Who may read it: the strictest its evidence says; everybody, if it
is a material of an event or the text of an instrument before a change; else its owner's people. Running it again
gives the same; nothing is lost by undoing it, because the columns go with it.
"""

from django.db import migrations

STRICTEST_FIRST = ["auditor", "project", "public"]


def say_whose(apps, schema_editor):
    for document in list(apps.get_model("knowledge", "SourceDocument").objects.order_by("pk")):
        evidence = list(
            apps.get_model("knowledge", "Evidence")
            .objects.filter(document=document)
            .select_related("page", "change__instrument")
        )
        materials = list(
            apps.get_model("events", "EventMaterial").objects.filter(document=document).select_related("page")
        )
        instruments = list(apps.get_model("knowledge", "PolicyInstrumentPage").objects.filter(baseline=document))
        said = {piece.confidentiality for piece in evidence}
        if said:
            document.confidentiality = next(level for level in STRICTEST_FIRST if level in said)
        else:
            document.confidentiality = "public" if materials or instruments else "project"
        subjects = [piece.page or piece.change.instrument for piece in evidence]
        own = [page for page, piece in zip(subjects, evidence) if piece.added_by_id == document.uploaded_by_user_id]
        document.organisation_id = (
            only(members(apps, document.uploaded_by_user_id))
            or only(page.organisation_id for page in own)
            or only(page.organisation_id for page in subjects)
            or only(page.organisation_id for page in [*(one.page for one in materials), *instruments])
        )
        document.save(update_fields=["confidentiality", "organisation"])
    for picture in list(apps.get_model("knowledge", "Picture").objects.order_by("pk")):
        pages = apps.get_model("knowledge", "GoodPracticePage").objects.filter(picture=picture)
        picture.organisation_id = only(members(apps, picture.uploaded_by_user_id)) or only(
            pages.values_list("organisation", flat=True)
        )
        picture.save(update_fields=["organisation"])


def members(apps, user):
    rows = apps.get_model("network", "Membership").objects.filter(user=user)
    return rows.values_list("organisation", flat=True) if user else ()


def only(keys):
    """The key, where there is one and no other beside it."""
    found = set(keys)
    return next(iter(found)) if len(found) == 1 else None


class Migration(migrations.Migration):

    dependencies = [
        ("knowledge", "0005_files_have_an_owner"),
        ("events", "0002_initial"),
        ("network", "0003_letters_end"),
    ]

    operations = [migrations.RunPython(say_whose, migrations.RunPython.noop)]
