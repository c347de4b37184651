"""Pictures as cameras and programs write them, with all that they carry beside the picture."""

from io import BytesIO

from PIL import Image, PngImagePlugin

CAMERA, PLACE, REMARK = b"SecretCam", b"Kiirunavaara", b"secret remark"
TURNED = 6  # as EXIF says it: to be turned by a quarter


def exif():
    made = Image.Exif()
    made[0x0112] = TURNED
    made[0x0110] = CAMERA.decode()
    made[0x010E] = PLACE.decode()
    position = made.get_ifd(0x8825)
    position[1], position[2] = "N", (67.0, 51.0, 0.0)
    position[3], position[4] = "E", (20.0, 13.0, 0.0)
    return made


def drawn(mode="RGB", size=(80, 40)):
    picture = Image.new(mode, size, "red" if mode != "P" else 3)
    picture.paste("blue" if mode != "P" else 5, (0, 0, 40, 20))
    return picture


def saved(picture, kind, **options):
    target = BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def jpeg():
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + REMARK + b"</x:xmpmeta>"
    return saved(drawn(), "JPEG", exif=exif(), comment=REMARK, xmp=xmp)


def png():
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", REMARK.decode())
    said.add_itxt("XML:com.adobe.xmp", REMARK.decode())
    return saved(drawn("RGBA"), "PNG", pnginfo=said, exif=exif())


def gif():
    return saved(drawn("P"), "GIF", comment=REMARK)


def moving_gif():
    return saved(
        drawn(),
        "GIF",
        comment=REMARK,
        save_all=True,
        append_images=[drawn(size=(80, 40)).rotate(180)],
        duration=[90, 200],
    )


def webp():
    return saved(drawn(), "WEBP", exif=exif(), xmp=REMARK)


def moving_webp():
    return saved(drawn(), "WEBP", xmp=REMARK, exif=exif(), save_all=True, append_images=[drawn().rotate(180)])


EVERY_KIND = {
    "still.jpg": jpeg,
    "still.png": png,
    "still.gif": gif,
    "moving.gif": moving_gif,
    "still.webp": webp,
    "moving.webp": moving_webp,
}


def broken():
    """(name, content) of files that are no picture, or not whole."""
    whole = saved(drawn(size=(800, 600)).effect_spread(40), "JPEG")
    whole_png = saved(drawn(size=(800, 600)).effect_spread(40), "PNG")
    return {
        "gif header with rubbish": ("a.gif", b"GIF89a<script>alert(1)</script>"),
        "truncated jpeg": ("a.jpg", whole[: len(whole) // 2]),
        "truncated png": ("a.png", whole_png[: len(whole_png) // 2]),
        "jpeg header only": ("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
        "webp header only": ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
        "page as picture": ("a.png", b"<html><script>alert(1)</script></html>"),
        "empty": ("a.png", b""),
        "bomb": ("a.png", saved(Image.new("1", (20000, 20000)), "PNG")),
        "drawing with script": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
    }
