"""What the worker does for search, so that no author waits for Elasticsearch."""

from django_tasks import task

from search import sync


@task(backend="background")
def send_to_elasticsearch():
    """Build what is still dirty and send what Elasticsearch has not seen. A server that is down is tried
    again by the next change or pass, because the rows say for themselves that they are behind."""
    sync.synchronise()
