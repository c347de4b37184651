"""The codes of countries: Eurostat's, which this site uses, and ISO's, which most people know."""

# ISO 3166 calls two countries otherwise than Eurostat does.
NUTS_OF_ISO = {"GB": "UK", "GR": "EL"}


def nuts_country(code):
    """Eurostat's code of a country of which one of the two codes is given; any other code as it is."""
    return NUTS_OF_ISO.get(code.upper(), code)
