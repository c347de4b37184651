"""What is served under /media/, asked as a web server hands addresses on: unquoted and not tidied up."""

from io import BytesIO
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from django.core.files.storage import default_storage
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

pytestmark = pytest.mark.django_db

NAME = "0123456789abcdef0123456789abcdef.jpg"
SECRET = b"Aino, aino@example.org"


@pytest.fixture
def site(settings):
    """The site as a WSGI server runs it, with a size of a picture, stray files beside it and private ones."""
    media, files = Path(settings.MEDIA_ROOT), Path(settings.FILES_ROOT)
    for path, content in (
        (media / "images" / NAME, b"a picture"),
        (media / "images" / "list.csv", SECRET),
        (media / "documents" / "list.csv", SECRET),
        (media / "documents" / NAME, SECRET),
        (media / "original_images" / NAME, SECRET),
        (files / "documents" / "list.csv", SECRET),
        (files / "original_images" / NAME, SECRET),
        (media.parent / "secret_key", SECRET),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return get


def get(address, method="GET"):
    """(status, body) of a raw address, as gunicorn passes it on."""
    answered = []
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }
    # The test's own connection stays open.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    answer = WSGIHandler()(environ, lambda status, headers: answered.append(int(status.split()[0])))
    body = b"".join(answer)
    answer.close()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    return answered[0], body


def test_sizes_of_pictures_are_served(site):
    assert site(f"/media/images/{NAME}") == (200, b"a picture")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/images",
        "/images/",
        "/images/list.csv",
        "/documents/list.csv",
        f"/documents/{NAME}",
        f"/original_images/{NAME}",
        f"/images/{NAME}/",
        f"/images/{NAME}%00",
        f"/images/{NAME}%0a",
        f"/images/%00{NAME}",
        f"/images//{NAME}",
        f"//images/{NAME}",
        f"/images/./{NAME}",
        f"/images/x/../{NAME}",
        f"/Images/{NAME}",
        f"/images/{NAME.upper()}",
        f"/images/..%2f..%2ffiles%2foriginal_images%2f{NAME}",
        "/images/../documents/list.csv",
        "/images/..%2fdocuments/list.csv",
        "/images/%2e%2e/documents/list.csv",
        "/images/%2e%2e%2fdocuments%2flist.csv",
        "/images/%252e%252e%252fdocuments%252flist.csv",
        "/images/..%5cdocuments%5clist.csv",
        "/images/..\\documents\\list.csv",
        "/images/....//documents/list.csv",
        "/images/..;/documents/list.csv",
        "/images/../../secret_key",
        "/images/../../files/documents/list.csv",
        "/images/%c0%ae%c0%ae/documents/list.csv",
        "/images/%ff%fe",
        "/../secret_key",
        "/%2e%2e/secret_key",
        "/..%2ffiles%2fdocuments%2flist.csv",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_nothing_else_is_served_however_its_address_is_written(site, path, method):
    status, body = site(f"/media{path}", method)

    assert (status, SECRET in body) == (404, False)


@pytest.mark.parametrize(
    "address",
    [
        "/static/../media/documents/list.csv",
        "/static/..%2f..%2fsecret_key",
        "/static/%2e%2e/files/documents/list.csv",
        "/documents/../media/documents/list.csv",
        "/documents/1/..%2flist.csv",
        "/files/documents/list.csv",
        f"/original_images/{NAME}",
    ],
)
def test_other_addresses_lead_to_no_file_either(site, address):
    status, body = site(address)

    assert (status in (301, 404), SECRET in body) == (True, False)


def test_a_private_file_has_no_address():
    with pytest.raises(NotImplementedError):
        default_storage.url("documents/list.csv")
