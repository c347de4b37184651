import pytest
from django.core.exceptions import ValidationError

from network.forms import SignupForm
from network.models import Organisation
from network.names import NameField, clean_name
from tests.factories import OrganisationFactory, UserFactory


@pytest.mark.parametrize(
    "name",
    [
        "Ελένη Παπαδοπούλου",
        "Карла Иванова",
        "Máire Ní Dhuibhir-O’Brien",
        "Dr. J.R.R. Müller, MdB",
        "Sp. z o.o. “Kopalnia”/Oddział 3",
        "E.ON SE & Co. KGaA",
        "Booking.com",
        "Länsstyrelsen i Norrbottens län (SE33)",
        "C/O A+B: Rohstoffe",
        "St.Anna: Bergbau",
    ],
)
def test_real_names_are_taken_as_they_are(name):
    assert NameField().clean(name) == name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Carla ", "Carla"),
        ("Zoe\u0308", "Zoë"),
        ("Car\u200bla \u202eevE\u202c", "Carla evE"),
        ("\ufeffCarla\u2060\x07\u00ad", "Carla"),
        ("\u2067Carla\u2069", "Carla"),
    ],
)
def test_what_nobody_sees_in_a_name_goes(typed, kept):
    assert (clean_name(typed), NameField().clean(typed)) == (kept, kept)


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\x00", "\u202e\u2066"])
def test_a_name_of_invisible_marks_is_no_name(name):
    with pytest.raises(ValidationError, match="required"):
        NameField().clean(name)


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\x0b", "\x85", "\u2028", "\u2029"])
def test_a_name_of_two_lines_is_refused(line_break):
    with pytest.raises(ValidationError, match="Write the name on one line"):
        NameField().clean(f"Eve{line_break}Your account was locked")


@pytest.mark.parametrize(
    "name",
    [
        "Confirm at http://evil.example/login",
        "HTTPS://EVIL.EXAMPLE",
        "ftp:/x",
        "www.evil.example",
        "WWW.evil",
        "evil.example/login",
        "eve@evil.example",
        "mailto:eve",
        "h\u200bttp://evil.example",
        "ｗｗｗ．evil．example",
        "evil.example?x",
        "evil.example:80/login",
        "evil.example./login",
        "evil.xn--p1ai",
        "//evil.example",
        "192.0.2.1/login",
    ],
)
def test_a_name_with_an_address_in_it_is_refused(name):
    with pytest.raises(ValidationError, match="Write the name only"):
        NameField().clean(name)


@pytest.mark.django_db
def test_tables_keep_names_clean_and_refuse_the_same(client):
    organisation = OrganisationFactory(name=" Example\u200b Agency ")
    organisation.name_original, organisation.acronym = "Agentur\nwww.evil.example", "http://x"
    user = UserFactory()
    user.first_name = "Eve\nBuy now"

    with pytest.raises(ValidationError) as refused:
        organisation.full_clean()
    with pytest.raises(ValidationError) as user_refused:
        user.full_clean()

    assert Organisation.objects.get().name == "Example Agency"
    assert sorted(refused.value.message_dict) == ["acronym", "name_original"]
    assert sorted(user_refused.value.message_dict) == ["first_name"]


def test_signing_up_asks_for_names_without_addresses():
    form = SignupForm({"first_name": "Eve www.evil.example", "last_name": "X\nY"})

    assert form.errors == {
        "first_name": ["Write the name only, without the address of a page or mailbox."],
        "last_name": ["Write the name on one line."],
    }
