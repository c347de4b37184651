"""A site that runs: the web server and worker of `make run` in a folder and on a port of their own."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time

import requests

from bench.faults.site import ROOT

PORT = 8391
PATIENCE = 240


class RunningSite:
    """`make run` for the site in `folder`, with further environment variables."""

    def __init__(self, folder, **environment):
        self.folder = folder
        self.address = f"http://localhost:{PORT}"
        self.environment = os.environ | {
            "ADIT_VAR_DIR": str(folder),
            "PORT": str(PORT),
            "SITE_URL": self.address,
            "LOG_LEVEL": "ERROR",
            **environment,
        }

    def __enter__(self):
        self.log = (self.folder / "running.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.run"],
            cwd=ROOT,
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(requests.RequestException):
                requests.get(f"{self.address}/healthz", timeout=5)
                return self
            time.sleep(0.2)
        raise SystemExit(f"The site did not start: see {self.folder}/running.log")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)
        self.log.close()

    def python(self, code):
        """Run code in a process of the site and give back what it prints."""
        run = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            raise SystemExit(f"A process of the site failed:\n{run.stderr[-2000:]}")
        return run.stdout

    def worker(self):
        """The process number of the worker, or None while there is none."""
        children = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False
        ).stdout.split()
        # The web server has children of its own, the worker has none.
        for child in children:
            if subprocess.run(["pgrep", "-P", child], capture_output=True, check=False).returncode:
                return int(child)
        return None

    def get(self, path):
        return requests.get(self.address + path, timeout=60)

    def signed_in(self, email, password):
        """A browser's session of somebody who has signed in."""
        session = requests.Session()
        self.post(session, "/account/login/", {"login": email, "password": password})
        return session

    def post(self, session, path, data, page=None):
        """Send a form as a browser does: with the mark of the page (or of `page`) that shows it."""
        shown = session.get(self.address + (page or path), timeout=60)
        mark = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown.text)
        if not mark:
            raise SystemExit(f"{page or path} shows no form ({shown.status_code}).")
        return session.post(
            self.address + path,
            data | {"csrfmiddlewaretoken": mark[1]},
            headers={"Referer": self.address + path},
            timeout=60,
        )
