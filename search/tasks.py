"""What the worker does for search, so that no author waits for Elasticsearch."""

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from search import sync


@task(backend="background")
def send_to_elasticsearch():
    """Build what is still dirty and send what the indexes have not seen.

    A server that is down is tried again by the next change or pass: the rows say that they are behind.
    """
    sync.synchronise()


def ask_the_worker():
    """Have the worker send what is behind; one request that nobody has begun is enough for all changes."""
    waiting = DBTaskResult.objects.filter(
        task_path=send_to_elasticsearch.module_path, status=TaskResultStatus.READY
    )
    if not waiting.exists():
        send_to_elasticsearch.enqueue()
