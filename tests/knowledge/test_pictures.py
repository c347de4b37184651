import json
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageCms
from wagtail.models import UploadedFile

from knowledge.files import pictures_for
from knowledge.models import Picture
from knowledge.pictures import cleaned
from tests.factories import GoodPracticePageFactory
from tests.knowledge.answers import status
from tests.knowledge.form_data import errors
from tests.knowledge.picture_files import CAMERA, EVERY_KIND, PLACE, REMARK, broken, drawn, jpeg, saved

pytestmark = pytest.mark.django_db

ABOUT = {"title": "The heap", "description": "A heap", "credit": "Aino", "licence": "cc-by-4.0"}


def picture(content=None, name="terril.jpg", **fields):
    return Picture.objects.create(**ABOUT | fields, file=ContentFile(content or jpeg(), name=name))


def content_of(file):
    with file.open("rb") as opened:
        return opened.read()


def told(content):
    """What the bytes of a file still say of what was beside the picture."""
    return [word for word in (CAMERA, PLACE, REMARK, b"Exif", b"GPS", b"xmpmeta") if word in content]


@pytest.mark.parametrize("name", EVERY_KIND)
def test_a_picture_is_kept_without_place_camera_and_remarks(name):
    before = EVERY_KIND[name]()
    kept = picture(before, name=name)
    size = kept.get_rendition("width-30")

    assert told(before)
    assert [told(content_of(one.file)) for one in (kept, size)] == [[], []]
    with Image.open(kept.file.path) as opened:
        opened.load()
        assert (dict(opened.getexif()), opened.size) == ({}, (kept.width, kept.height))


@pytest.mark.parametrize(
    ("name", "size"), [("still.jpg", (40, 80)), ("still.png", (40, 80)), ("still.gif", (80, 40))]
)
def test_a_picture_is_turned_upright_before_that_is_forgotten(name, size):
    kept = picture(EVERY_KIND[name](), name=name)

    kept.refresh_from_db()

    assert (kept.width, kept.height) == size


def test_a_moving_picture_still_moves():
    kept = picture(EVERY_KIND["moving.gif"](), name="moving.gif")

    with Image.open(kept.file.path) as opened:
        frames = []
        for number in range(opened.n_frames):
            opened.seek(number)
            red, _green, blue = opened.convert("RGB").getpixel((5, 5))
            frames.append((opened.info["duration"], "red" if red > blue else "blue"))

    assert frames == [(90, "blue"), (200, "red")]


def test_colours_stay_what_they_were():
    colours = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    kept = picture(saved(drawn(), "JPEG", icc_profile=colours))

    with Image.open(kept.file.path) as opened:
        assert opened.info["icc_profile"] == colours


def test_names_of_pictures_and_their_sizes_tell_nothing():
    one, other = picture(), picture()
    names = [one.file.name, other.file.name, one.get_rendition("width-30").file.name]

    stems = [name.rpartition("/")[2].partition(".")[0] for name in names]

    assert [len(stem) for stem in stems] == [32, 32, 32]
    assert len(set(stems)) == 3
    assert not any("terril" in name or "width" in name for name in names)


@pytest.mark.parametrize("case", broken())
def test_what_is_no_picture_is_refused_with_a_sentence(case):
    _name, content = broken()[case]

    with pytest.raises(ValidationError, match=r"This picture cannot be read: .*\."):
        cleaned(BytesIO(content))


# The doors of the admin


def posted(prefix="", **fields):
    sent = ABOUT | {"tags": "", "organisation": "", **dict.fromkeys(FOCUS, "")} | fields
    return {f"{prefix}{name}": value for name, value in sent.items()}


FOCUS = [f"focal_point_{part}" for part in ("x", "y", "width", "height")]


def upload(name="terril.jpg", content=None):
    return SimpleUploadedFile(name, jpeg() if content is None else content)


def add(client, file):
    return client.post(reverse("wagtailimages:add"), posted(file=file))


def add_in_chooser(client, file):
    prefix = "image-chooser-upload-"
    return client.post(reverse("wagtailimages_chooser:create"), posted(prefix, file=file))


def add_several(client, file):
    return client.post(reverse("wagtailimages:add_multiple"), {"title": "The heap", "files[]": file})


@pytest.mark.parametrize("door", [add, add_in_chooser])
def test_an_uploaded_picture_is_clean_and_its_bringers(people, signed_in, door):
    door(signed_in(people.aino), upload())

    kept = Picture.objects.get()
    assert told(content_of(kept.file)) == []
    assert (kept.uploaded_by_user, kept.width, kept.height) == (people.aino, 40, 80)
    assert kept.file_size == len(content_of(kept.file))


def test_one_of_several_uploaded_pictures_is_clean_once_it_is_described(people, signed_in):
    client = signed_in(people.aino)
    answer = add_several(client, upload())
    waiting = UploadedFile.objects.get()

    client.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk]),
        posted(f"uploaded-image-{waiting.pk}-", organisation=people.authority.pk),
    )

    assert json.loads(answer.content)["success"] is True
    kept = Picture.objects.get()
    assert (told(content_of(kept.file)), kept.organisation) == ([], people.authority)
    assert kept.file_size == len(content_of(kept.file))


def test_a_picture_that_replaces_another_is_clean(people, signed_in):
    kept = picture(uploaded_by_user=people.aino)

    signed_in(people.aino).post(
        reverse("wagtailimages:edit", args=[kept.pk]), posted(file=upload("other.jpg"))
    )

    old, new = kept.file.name, Picture.objects.get().file
    assert old != new.name
    assert told(content_of(new)) == []


@pytest.mark.parametrize("case", broken())
@pytest.mark.parametrize("door", [add, add_in_chooser, add_several])
def test_a_broken_picture_gives_a_sentence_at_every_door(people, signed_in, case, door):
    name, content = broken()[case]

    response = door(signed_in(people.aino), upload(name, content))

    text = response.content.decode()
    assert response.status_code == 200
    assert "error" in text
    assert Picture.objects.count() == UploadedFile.objects.count() == 0


@pytest.mark.parametrize("case", broken())
def test_a_broken_picture_does_not_replace_another(people, signed_in, case):
    kept = picture(uploaded_by_user=people.aino)
    name, content = broken()[case]

    response = signed_in(people.aino).post(
        reverse("wagtailimages:edit", args=[kept.pk]), posted(file=upload(name, content))
    )

    assert list(errors(response)) == ["file"]
    assert len(errors(response)["file"]) == 1
    assert Picture.objects.get().file.name == kept.file.name


# Wagtail leaves the file open that it could not write to.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_page_whose_picture_was_broken_long_ago_is_still_read(client):
    kept = picture()
    Path(kept.file.path).write_bytes(b"GIF89a<script>")
    page = GoodPracticePageFactory(picture=kept)

    assert client.get(page.get_url()).status_code == 200


# Whose they are


def test_an_original_goes_to_those_who_may_edit_the_picture(people, client, signed_in):
    kept = picture(uploaded_by_user=people.aino, organisation=people.authority)

    visitor = client.get(kept.file.url)
    statuses = {
        name: status(signed_in(getattr(people, name)), kept.file.url)
        for name in ("aino", "cato", "olof", "bruno", "ilse", "axel", "ada")
    }

    assert (visitor.status_code, visitor.url.split("?")[0]) == (302, reverse("account_login"))
    assert statuses == {
        "aino": 200, "cato": 200, "olof": 403, "bruno": 200, "ilse": 403, "axel": 403, "ada": 200,
    }  # fmt: skip


def test_an_original_whose_file_is_gone_is_not_found(people, signed_in):
    kept = picture(uploaded_by_user=people.aino)
    kept.file.storage.delete(kept.file.name)

    assert signed_in(people.aino).get(kept.file.url).status_code == 404


def test_pictures_are_seen_and_chosen_by_their_people(people, who_may):
    kept = picture(uploaded_by_user=people.aino, organisation=people.authority)

    assert who_may(lambda user: kept in pictures_for(user)) == ["aino", "cato", "bruno", "ada"]


@pytest.mark.parametrize(
    "view", ["wagtailimages_chooser:chosen", "wagtailimages:edit", "wagtailimages:delete"]
)
def test_pictures_of_others_open_nowhere_in_the_admin(people, signed_in, view):
    kept = picture(uploaded_by_user=people.aino, title="The secret heap")

    answers = {
        name: signed_in(getattr(people, name)).get(reverse(view, args=[kept.pk])) for name in ("aino", "olof")
    }

    assert (answers["aino"].status_code, "secret heap" in answers["aino"].content.decode()) == (200, True)
    assert "secret heap" not in answers["olof"].content.decode()


@pytest.mark.parametrize("address", ["/admin/images/", "/admin/images/chooser/"])
def test_pictures_of_others_are_listed_nowhere(people, signed_in, address):
    picture(uploaded_by_user=people.aino, title="The secret heap")

    seen = {
        name: "secret heap" in signed_in(getattr(people, name)).get(address).content.decode()
        for name in ("aino", "olof", "bruno")
    }

    assert seen == {"aino": True, "olof": False, "bruno": True}
