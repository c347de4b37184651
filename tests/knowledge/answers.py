"""What addresses of files answer."""

from django.core.signals import request_finished
from django.db import close_old_connections


def closed(response):
    """The answer, with the file behind it closed and the test's connection still open."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
    return response


def status(client, address):
    """How the address answers."""
    return closed(client.get(address)).status_code
