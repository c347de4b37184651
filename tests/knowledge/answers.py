"""What addresses of files answer."""

from django.core.signals import request_finished
from django.db import close_old_connections


def status(client, address):
    """How the address answers; the file behind it is closed, the test's connection stays open."""
    response = client.get(address)
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
    return response.status_code
