"""Pictures as they are kept: upright, without place, camera or remarks, under a name that tells nothing."""

import secrets
import warnings
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

# How Pillow calls a kind of picture, how we save it, and the ending of its name. Cameras write MPO: a JPEG
# with a second picture behind the first.
KINDS = {
    "JPEG": ("JPEG", "jpg"),
    "MPO": ("JPEG", "jpg"),
    "PNG": ("PNG", "png"),
    "GIF": ("GIF", "gif"),
    "WEBP": ("WEBP", "webp"),
}
# What belongs to the picture itself; all else that a file holds beside it is left behind.
KEPT = ("icc_profile", "transparency", "duration", "loop")
QUALITY = {"JPEG": {"quality": 92}, "WEBP": {"quality": 92}, "PNG": {"optimize": True}}


class CleanPicture(ContentFile):
    """A picture that was made anew, so that saving it need not do so again."""

    content_type = ""
    image = None


def cleaned(file):
    """The picture in this file made anew, or ValidationError with a sentence when it cannot be read."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            # Pillow only warns of a picture that is far too large.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            kind, ending, content = made_anew(file)
    except Exception as error:  # what Pillow raises at broken files has no common root
        raise ValidationError(
            _("This picture cannot be read: the file is damaged. Save it again as JPEG or PNG."),
            code="invalid_image",
        ) from error
    clean = CleanPicture(content, name=random_name(ending))
    clean.content_type = f"image/{kind.lower()}"
    return clean


def made_anew(file):
    """(kind, ending, bytes) of the picture with nothing beside it."""
    with Image.open(file) as picture:
        kind, ending = KINDS[picture.format]
        profile = picture.info.get("icc_profile")
        if kind != "JPEG" and getattr(picture, "is_animated", False):
            frames = [bare(frame.copy()) for frame in ImageSequence.Iterator(picture)]
            several = {
                "save_all": True,
                "append_images": frames[1:],
                "duration": [frame.info.get("duration", 100) for frame in frames],
                "loop": picture.info.get("loop", 0),
            }
        else:
            picture.load()
            frames, several = [bare(ImageOps.exif_transpose(picture))], {}
    for frame in frames:
        frame.info.pop("duration", None)
    target = BytesIO()
    options = QUALITY.get(kind, {}) | several | ({"icc_profile": profile} if profile else {})
    frames[0].save(target, kind, **options)
    return kind, ending, target.getvalue()


def bare(picture):
    """The same dots without what the file said about them."""
    picture.info = {name: picture.info[name] for name in KEPT if name in picture.info}
    # Pillow remembers EXIF apart from `info`.
    picture._exif = None
    return picture


def random_name(ending):
    """A name of a file that nobody can guess."""
    return f"{secrets.token_hex(16)}.{ending}"


class PictureFile(WagtailImageFieldFile):
    """The original of a picture: whichever way it comes in, it is kept clean and under a random name."""

    def save(self, name, content, save=True):
        clean = content if isinstance(content, CleanPicture) else cleaned(content)
        super().save(clean.name, clean, save=save)

    @property
    def url(self):
        """Where those who may edit the picture find its original."""
        return reverse("picture_original", args=[self.instance.pk])


class PictureField(WagtailImageField):
    """The column of an original picture."""

    attr_class = PictureFile
