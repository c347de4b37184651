from urllib.parse import unquote

import pytest

from network.downloads import attachment


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("list.csv", "list.csv"),
        ("семинар.ics", "event.ics"),
        ("Łódź-2027.ics", "odz-2027.ics"),
        ("Übung.pdf", "Ubung.pdf"),
        ('a"b\\c;d.csv', "a-b-c-d.csv"),
        ("a\r\nSet-Cookie: x.csv", "a-Set-Cookie-x.csv"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "event.hidden"),
        ("", "event"),
        ("семинар", "event"),
        ("😀.csv", "event.csv"),
        ("a b.csv", "a-b.csv"),
    ],
)
def test_a_file_has_a_name_in_ascii_that_no_system_hides_and_its_own_beside_it(name, plain):
    header = attachment(name, "event")

    kept, _, own = header.partition("; filename*=UTF-8''")
    assert kept == f'attachment; filename="{plain}"'
    assert unquote(own) == ("" if name == plain else name)
    assert header.isascii()
    assert header.isprintable()


def test_half_a_sign_is_no_sign():
    assert attachment("a\ud800b.csv") == "attachment; filename=\"ab.csv\"; filename*=UTF-8''ab.csv"
