"""A second process of the site, with a memory of its own, that reads pages for a test.

It is told on its standard input what to do, one line each, and answers with one line of JSON.
"""

import hashlib
import json
import os
import subprocess
import sys
from contextlib import contextmanager

MODULE = "tests.crawl.other_reader"


@contextmanager
def another_process(settings, connection):
    """A function that asks the other process: `ask("kept", "/")`, `ask("afresh", "/")`."""
    name = connection.settings_dict["NAME"]
    at = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        at = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    environment = os.environ | {
        "DATABASE_URL": at,
        "ADIT_VAR_DIR": str(settings.VAR_DIR),
        "ELASTICSEARCH_INDEX_PREFIX": settings.ELASTICSEARCH_INDEX_PREFIX,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LOG_LEVEL": "CRITICAL",
        "KEPT_PAGES_MB": "64",
    }
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    command = [sys.executable, "-m", MODULE]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, **pipes) as process:

        def ask(how, address):
            process.stdin.write(f"{how} {address}\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
        process.stdin.close()


def read(how, address):
    """What a visitor gets: status, a digest of the content, and whether it came from memory."""
    from django.conf import settings
    from django.test import Client

    from home.kept_pages import kept_pages
    from tests.crawl.comparing import forget_everything

    if how == "afresh":
        forget_everything()
    settings.KEPT_PAGES_MB = 0 if how == "afresh" else 64
    hits = kept_pages.hits
    answer = Client(SERVER_NAME="localhost").get(address)
    return {
        "status": answer.status_code,
        "content": hashlib.sha256(answer.content).hexdigest(),
        "is_kept": kept_pages.hits > hits,
    }


def main():
    import django

    django.setup()
    for line in sys.stdin:
        how, address = line.split()
        sys.stdout.write(json.dumps(read(how, address)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
