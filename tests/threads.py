"""What several people do in the same moment."""

import threading

from django.db import connections


def at_once(*jobs):
    """Run the jobs in threads that start together, each with its own connection; return what they raised."""
    barrier, problems = threading.Barrier(len(jobs)), []

    def work(job):
        try:
            barrier.wait(timeout=30)
            job()
        except Exception as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return problems
