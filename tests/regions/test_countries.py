from regions.countries import nuts_country


def test_greece_and_the_united_kingdom_have_two_codes_and_all_others_one():
    codes = ["GR", "gr", "EL", "GB", "gb", "UK", "PL", "pl", "EU", ""]

    assert [nuts_country(code) for code in codes] == [
        *("EL", "EL", "EL", "UK", "UK", "UK", "PL", "pl", "EU", "")
    ]
