"""What surrounds every page: navigation, footer, the site's identity."""


def surroundings(request):
    return {}
