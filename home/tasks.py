"""Background tasks: one that raises is noted, tried again with growing pauses, then set aside."""

from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from network import setbacks
from network.choices import SetbackKind

BACKEND = "background"
# No task takes as long: one that seems to has lost its worker.
LONGEST = timedelta(hours=1)


def are_ready():
    """Whether a background task can begin."""
    return DBTaskResult.objects.ready().filter(backend_name=BACKEND).exists()


def run():
    """Every background task that is ready."""
    TryingAgain(
        queue_names=["*"],
        excluded_queue_names=[],
        backend_name=BACKEND,
        worker_id=get_random_string(32),
        batch=True,
        interval=0,
        startup_delay=False,
        max_tasks=None,
    ).run()


def put_back_killed(now=None):
    """Have tasks begun once more whose worker ended in the middle of them."""
    long_ago = (now or timezone.now()) - LONGEST
    running = DBTaskResult.objects.running().filter(backend_name=BACKEND, started_at__lte=long_ago)
    return running.update(status=TaskResultStatus.READY)


class TryingAgain(Worker):
    """Runs tasks; those that failed are put in line once more."""

    def run_task(self, result):
        super().run_task(result)
        key = str(result.pk)
        if result.status == TaskResultStatus.FAILED:
            what = _("Background task “%(name)s”") % {"name": result.task_name}
            reason = last_line(result.traceback)
            setback = setbacks.note(SetbackKind.TASK, key, reason, reason=reason, what=what)
            if setback.again_at:
                put_in_line(result, setback.again_at)
        elif len(result.worker_ids) > 1:
            # Only what was tried before has failed before.
            setbacks.over(SetbackKind.TASK, [key])


def put_in_line(result, moment):
    """Have the task run once more, not before this moment."""
    result.status, result.run_after = TaskResultStatus.READY, moment
    result.save(update_fields=["status", "run_after"])


def last_line(traceback):
    lines = traceback.strip().splitlines()
    return lines[-1] if lines else _("It failed without saying why.")


def try_again(key, moment):
    """Have the task run now, on a person's decision."""
    DBTaskResult.objects.filter(pk=key).exclude(status=TaskResultStatus.SUCCESSFUL).update(
        status=TaskResultStatus.READY, run_after=moment
    )


def give_up(key):
    """Have the task not run any more, on a person's decision."""
    DBTaskResult.objects.filter(pk=key, status=TaskResultStatus.READY).update(status=TaskResultStatus.FAILED)
