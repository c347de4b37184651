"""Attached attendance lists lose their e-mail addresses, and those of people already erased their names.

Each list is written anew under a name that cannot be guessed, its row is changed, then the old file goes. Lists
that cannot be read, or were made elsewhere, stay as they are. There is no way back: the addresses are gone.
"""

import csv
import hashlib
import io
import secrets
from pathlib import Path

from django.conf import settings
from django.db import migrations

ADDRESS = "E-mail"
NAMES = ("Name", "Organisation")


def write_anew(apps, schema_editor):
    registrations = apps.get_model("events", "Registration").objects
    lists = apps.get_model("knowledge", "Evidence").objects.filter(kind="attendance-list")
    for evidence in list(lists.exclude(document=None).exclude(page=None).select_related("document")):
        document = evidence.document
        old = Path(settings.FILES_ROOT) / document.file.name
        rows = rows_of(old)
        if not rows or ADDRESS not in rows[0]:
            continue
        of_event = registrations.filter(event_id=evidence.page_id)
        is_erased = of_event.exists() and not of_event.filter(erased_at=None).exists()
        heads = rows[0]
        emptied = NAMES if is_erased else ()
        kept = [head for head in heads if head != ADDRESS]
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(kept)
        for row in rows[1:]:
            cells = dict(zip(heads, row))
            writer.writerow(["" if head in emptied else cells.get(head, "") for head in kept])
        content = ("\ufeff" + text.getvalue()).encode()
        name = f"documents/attendance-{secrets.token_hex(16)}.csv"
        (Path(settings.FILES_ROOT) / name).write_bytes(content)
        type(document).objects.filter(pk=document.pk).update(
            file=name,
            file_size=len(content),
            file_hash=hashlib.sha1(content, usedforsecurity=False).hexdigest(),
        )
        old.unlink()


def rows_of(path):
    try:
        return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    except (OSError, UnicodeDecodeError, csv.Error):
        return None


class Migration(migrations.Migration):

    # Files do not roll back: each row is kept as soon as its file is where it says.
    atomic = False

    dependencies = [
        ("events", "0006_materials_of_a_file"),
        ("knowledge", "0007_files_leave_the_served_folder"),
    ]

    operations = [migrations.RunPython(write_anew, migrations.RunPython.noop, atomic=False)]
