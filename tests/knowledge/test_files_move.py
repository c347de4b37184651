"""What the migrations do with the files of a site that had all of them in one folder."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import UploadedFile

from knowledge.files import may_read_file
from knowledge.models import Picture, SourceDocument
from tests.factories import (
    AttendanceFactory,
    EvidenceFactory,
    GoodPracticePageFactory,
    LearningEventPageFactory,
    PolicyInstrumentPageFactory,
)
from tests.knowledge.picture_files import jpeg
from tests.knowledge.test_pictures import picture, told

pytestmark = pytest.mark.django_db


def whose():
    import_module("knowledge.migrations.0006_whose_files_are").say_whose(apps, None)


def move():
    import_module("knowledge.migrations.0007_files_leave_the_served_folder").move(apps, None)


def write_lists_anew():
    import_module("events.migrations.0007_attached_lists_without_addresses").write_anew(apps, None)


@pytest.fixture
def folders(settings):
    """The folder that is served and the one that is not."""
    return Path(settings.MEDIA_ROOT), Path(settings.FILES_ROOT)


def put(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def old_picture(media, name, content=None):
    """A picture and one size of it as they used to lie, with a camera's marks in both."""
    kept = picture()
    Path(kept.file.path).unlink()
    Picture.objects.filter(pk=kept.pk).update(file=f"original_images/{name}", width=80, height=40)
    size = kept.renditions.create(filter_spec="width-30", file=ContentFile(jpeg(), name="x.jpg"))
    Path(size.file.path).rename(media / "images" / f"width-30.{name}")
    kept.renditions.update(file=f"images/width-30.{name}")
    if content != b"":
        put(media / "original_images" / name, content or jpeg())
    return Picture.objects.get(pk=kept.pk)


def lying(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_documents_uploads_and_strays_leave_the_served_folder_under_their_names(folders):
    media, files = folders
    SourceDocument.objects.create(title="Minutes", file="documents/minutes.txt")
    SourceDocument.objects.create(title="Lost", file="documents/lost.txt")
    UploadedFile.objects.create(file="wagtail_uploads/half.txt")
    names = [
        "avatar_images/face.png",
        "documents/minutes.txt",
        "documents/stray.txt",
        "wagtail_uploads/half.txt",
    ]
    for name in names:
        put(media / name, name.encode())

    move()
    move()

    assert (lying(media), lying(files)) == ([], names)
    assert (files / "documents/minutes.txt").read_bytes() == b"documents/minutes.txt"
    with SourceDocument.objects.get(title="Minutes").file.open() as file:
        assert file.read() == b"documents/minutes.txt"


def test_pictures_are_made_anew_upright_clean_and_under_random_names(folders):
    media, files = folders
    kept = old_picture(media, "terril.jpg")
    Picture.objects.filter(pk=kept.pk).update(focal_point_x=9, focal_point_y=9)

    move()
    once = lying(files)
    move()

    kept.refresh_from_db()
    assert (kept.width, kept.height, kept.focal_point_x, kept.renditions.count()) == (40, 80, None, 0)
    assert lying(files) == once == [kept.file.name]
    assert (lying(media), "terril" in kept.file.name) == ([], False)
    assert told(Path(kept.file.path).read_bytes()) == []
    assert kept.file_size == Path(kept.file.path).stat().st_size


def test_a_picture_that_is_broken_is_moved_and_one_that_is_missing_keeps_its_sizes_clean(folders):
    media, files = folders
    broken = old_picture(media, "broken.jpg", b"GIF89a<script>")
    missing = old_picture(media, "missing.jpg", b"")

    move()
    move()

    assert (files / "original_images/broken.jpg").read_bytes() == b"GIF89a<script>"
    sizes = [one.renditions.get().file for one in (broken, missing)]
    assert lying(media) == sorted(file.name for file in sizes)
    for file in sizes:
        with Image.open(file.path) as opened:
            opened.load()
        assert (told(Path(file.path).read_bytes()), "width" in file.name) == ([], False)


def test_a_move_that_was_cut_off_goes_on_and_loses_nothing(folders):
    media, files = folders
    SourceDocument.objects.create(title="Minutes", file="documents/minutes.txt")
    put(media / "documents/minutes.txt", b"the minutes")
    put(files / "documents/minutes.txt", b"the minutes")
    put(media / "documents/other.txt", b"an older one")
    put(files / "documents/other.txt", b"a newer one")
    put(files / "documents/half.txt.part", b"ha")
    put(media / "documents/half.txt", b"half")

    move()

    found = {path.read_bytes() for path in files.rglob("*") if path.is_file()}
    assert found == {b"the minutes", b"an older one", b"a newer one", b"half"}
    assert lying(media) == []


def test_a_database_without_files_moves_those_of_no_other(folders):
    media, files = folders
    put(media / "documents/minutes.txt", b"another site's")

    move()

    assert (lying(media), files.exists()) == (["documents/minutes.txt"], False)


def test_files_get_their_owner_and_the_strictest_of_what_is_said_of_them(people):
    practice = GoodPracticePageFactory(owner=people.aino, organisation=people.authority)
    names = ("brought", "public", "secret", "material", "baseline", "unused", "nobodys")
    files = {name: SourceDocument.objects.create(title=name, file=f"documents/{name}.txt") for name in names}
    SourceDocument.objects.filter(title__in=["brought", "unused"]).update(uploaded_by_user=people.olof)
    other = people.olof.memberships.get().organisation
    EvidenceFactory(page=practice, document=files["brought"], confidentiality="project")
    EvidenceFactory(page=practice, document=files["public"])
    EvidenceFactory(page=practice, document=files["secret"])
    EvidenceFactory(page=practice, document=files["secret"], confidentiality="auditor")
    event = LearningEventPageFactory(organisation=people.authority)
    event.materials.create(title="Slides", document=files["material"])
    event.save()
    PolicyInstrumentPageFactory(organisation=people.authority, baseline=files["baseline"])

    whose()
    whose()

    rows = SourceDocument.objects.values_list("title", "organisation", "confidentiality")
    assert {name: (organisation, said) for name, organisation, said in rows} == {
        "brought": (other.pk, "project"),
        "public": (people.authority.pk, "public"),
        "secret": (people.authority.pk, "auditor"),
        "material": (people.authority.pk, "public"),
        "baseline": (people.authority.pk, "public"),
        "unused": (other.pk, "project"),
        "nobodys": (None, "project"),
    }
    assert may_read_file(people.carla, files["public"])


@pytest.mark.parametrize("erased", [False, True])
def test_attached_lists_lose_their_addresses_and_those_of_the_erased_their_names(folders, erased):
    _media, files = folders
    event = LearningEventPageFactory(days=-900)
    attendance = AttendanceFactory(registration__event=event)
    if erased:
        attendance.registration.erased_at = event.end
        attendance.registration.save()
    text = "\ufeffName,Organisation,Country,Attendance,E-mail\r\nAino,Town,SE,Present,aino@example.org\r\n"
    put(files / "documents/attendance-ev-0004-20261127.csv", text.encode())
    document = SourceDocument.objects.create(title="List", file="documents/attendance-ev-0004-20261127.csv")
    EvidenceFactory(page=event, document=document, kind="attendance-list", confidentiality="auditor")

    write_lists_anew()
    write_lists_anew()

    document.refresh_from_db()
    name = "," if erased else "Aino,Town"
    assert lying(files) == [document.file.name]
    assert Path(document.file.path).read_text(encoding="utf-8-sig").splitlines() == [
        "Name,Organisation,Country,Attendance",
        f"{name},SE,Present",
    ]
    assert "ev-0004" not in document.file.name
