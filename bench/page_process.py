"""A process of the site that draws pages when it is told to, so that two sites can be measured in turn.

    with Process(environment) as site:
        site.visit("/progress/", times=5)  # {"milliseconds": [...], "processor": [...], "queries": 14}

Runs itself as `python -m bench.page_process`, reads a line of JSON for each task and answers with one.
"""

import io
import json
import subprocess
import sys
import time

from bench.search_site import FOLDER


class Process:
    """One process of the site in `environment`, as long as the `with` lasts."""

    def __init__(self, environment):
        self.environment = environment

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.page_process"],
            cwd=FOLDER,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(timeout=30)

    def visit(self, path, times=1, *, forgetting=False):
        """Ask for a page so often, and once more: its milliseconds, those of the processor, and the queries
        of the last. Forgetting: each time the process remembers nothing, as after a change."""
        return self.do({"visit": path, "times": times, "forgetting": forgetting})

    def publish(self, slug, summary):
        """Publish a practice with this summary: the moment when it was done."""
        return self.do({"publish": slug, "summary": summary})

    def do(self, task):
        self.process.stdin.write(json.dumps(task) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"A process of the site ended at {task}.")
        return json.loads(answer)


def main():
    import django

    django.setup()
    from config.web_server import post_worker_init
    from config.wsgi import application

    post_worker_init(None)
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        task = json.loads(line)
        if path := task.get("visit"):
            answer = visits(application, path, task["times"], task["forgetting"])
        else:
            answer = publish(task["publish"], task["summary"])
        print(json.dumps(answer), file=answers, flush=True)


def visits(application, path, times, forgetting):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from network import kept

    forget = kept.forget if forgetting else lambda: None
    walls, processor = [], []
    for _ in range(times):
        forget()
        began, used = time.perf_counter(), time.process_time()
        visit(application, path)
        walls.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - used) * 1000)
    forget()
    with CaptureQueriesContext(connection) as asked:
        visit(application, path)
    return {"milliseconds": walls, "processor": processor, "queries": len(asked)}


def visit(application, path):
    """Ask the site as a web server does, and read the whole answer."""
    environment = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
    }
    said = []
    answer = application(environment, lambda status, headers: said.append(status))
    try:
        content = b"".join(answer)
    finally:
        answer.close()
    if said != ["200 OK"]:
        raise SystemExit(f"{path} answers {said}.")
    return content


def publish(slug, summary):
    from django.db import transaction

    from knowledge.models import GoodPracticePage

    page = GoodPracticePage.objects.get(slug=slug).get_latest_revision_as_object()
    page.summary = summary
    with transaction.atomic():
        page.save_revision().publish()
    return {"done": time.monotonic()}


if __name__ == "__main__":
    main()
