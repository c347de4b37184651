"""What stands on a page, in words."""


def words(element):
    return " ".join(element.get_text(" ").split())


def titles(soup):
    """The titles of the results."""
    return [words(link) for link in soup.select("#results li.res h2 a")]
