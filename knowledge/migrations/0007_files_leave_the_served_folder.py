"""Move files out of the folder that is served, and make the pictures that are there anew.

Pictures are turned upright, lose place and camera and get names that cannot be guessed; their sizes are made
again when a page asks for them. Everything else under MEDIA_ROOT goes to the same place under FILES_ROOT.

Each file is copied first, then its row is changed, then the old copy goes: cut off anywhere, the migration can
run again. A picture that cannot be read is moved as it is; of one that is missing the sizes are made anew, as
the last that is left of it. There is no way back: what was taken out of the pictures is gone.
"""

import hashlib
import shutil
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import migrations
from PIL import Image

from knowledge.pictures import cleaned, random_name


def move(apps, schema_editor):
    media, files = Path(settings.MEDIA_ROOT), Path(settings.FILES_ROOT)
    pictures = list(apps.get_model("knowledge", "Picture").objects.order_by("pk"))
    documents = apps.get_model("knowledge", "SourceDocument").objects
    uploads = apps.get_model("wagtailcore", "UploadedFile").objects
    # A database without files, such as a test's, is not the one that the files lying here belong to.
    if not media.is_dir() or not (pictures or documents.exists() or uploads.exists()):
        return
    renditions = apps.get_model("knowledge", "Rendition").objects
    for picture in pictures:
        sizes = list(renditions.filter(image=picture))
        if make_anew(picture, media, files):
            for size in sizes:
                size.delete()
                (media / size.file.name).unlink(missing_ok=True)
        else:
            for size in sizes:
                make_size_anew(size, media)
    served = set(renditions.values_list("file", flat=True))
    for left in sorted(media.rglob("*")):
        name = left.relative_to(media)
        if left.is_file() and name.as_posix() not in served:
            bring(left, files / name)
    for folder in sorted((one for one in media.rglob("*") if one.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def bring(old, new):
    """Move a file so that it is never missing from both places, and takes no other's place."""
    if new.is_file():
        if digest(new) == digest(old):  # a run before this one was cut off after copying
            old.unlink()
            return
        new = new.with_name(f"{random_name('x')[:8]}-{new.name}")
    new.parent.mkdir(parents=True, exist_ok=True)
    half = new.with_name(f"{new.name}.part")
    shutil.copy2(old, half)
    half.replace(new)
    old.unlink()


def make_anew(picture, media, files):
    """Put a clean picture in the place of this one, if it can be read; whether it is clean now."""
    name = picture.file.name
    old = media / name if (media / name).is_file() else files / name
    if is_random(name):
        return True
    if not name or not old.is_file():
        return False
    try:
        with old.open("rb") as file:
            clean = cleaned(file)
    except ValidationError:
        return False
    new = files / "original_images" / clean.name
    content = clean.read()
    new.parent.mkdir(parents=True, exist_ok=True)
    new.write_bytes(content)
    with Image.open(new) as made:
        width, height = made.size
    change = {
        "file": f"original_images/{clean.name}",
        "file_size": len(content),
        "file_hash": hashlib.sha1(content, usedforsecurity=False).hexdigest(),
        "width": width,
        "height": height,
    }
    if (width, height) != (picture.width, picture.height):
        # The point to look at was given on the picture as it lay.
        change |= dict.fromkeys(f"focal_point_{part}" for part in ("x", "y", "width", "height"))
    type(picture).objects.filter(pk=picture.pk).update(**change)
    old.unlink()
    return True


def make_size_anew(size, media):
    """The same for one size of a picture whose original is gone."""
    old = media / size.file.name
    if is_random(size.file.name) or not old.is_file():
        return
    try:
        with old.open("rb") as file:
            clean = cleaned(file)
    except ValidationError:
        return
    (media / "images").mkdir(parents=True, exist_ok=True)
    (media / "images" / clean.name).write_bytes(clean.read())
    type(size).objects.filter(pk=size.pk).update(file=f"images/{clean.name}")
    old.unlink()


def is_random(name):
    stem = Path(name).stem
    return len(stem) == 32 and set(stem) <= set("0123456789abcdef")


def digest(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


class Migration(migrations.Migration):

    # Files do not roll back: each row is kept as soon as its file is where it says.
    atomic = False

    dependencies = [
        ("knowledge", "0006_whose_files_are"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop, atomic=False)]
