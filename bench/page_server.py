"""A site under gunicorn, as `make run` and the Dockerfile run it, and what can be seen of it from outside."""

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

PROCESSES, THREADS, CONNECTIONS = 2, 4, 16
PATIENCE = 120  # seconds
WRK = ("wrk", "-t1", f"-c{CONNECTIONS}", "--timeout", "30s")
QUIET = 0.6  # seconds without work, after which a process is ready
DONE = 0.15  # the same, after which it has answered all
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Load:
    """What one site did in a few seconds under load."""

    requests: float  # a second
    processor: float  # milliseconds of the site's processes for each


class Server:
    """A site that answers on a port of its own as long as the `with` lasts."""

    def __init__(self, command, port, *, folder, log, environment, processes=PROCESSES):
        self.port, self.folder, self.log, self.environment = port, folder, Path(log), environment
        self.command = [*command, "--bind", f"127.0.0.1:{port}", "--workers", str(processes)]
        self.command += ["--threads", str(THREADS), "--no-control-socket"]

    def __enter__(self):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                raise SystemExit(f"Port {self.port} is in use.")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, env=self.environment, stdout=log, stderr=log
            )
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def get(self, path):
        """The page there; the run ends when it is none."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=60)
        with contextlib.closing(connection):
            connection.request("GET", path)
            answer = connection.getresponse()
            content = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answers {answer.status}: see {self.log}")
        return content

    def wait_until_ready(self):
        """Wait until every process has loaded the site; none was asked for anything."""
        deadline = time.monotonic() + PATIENCE
        while not children(self.process.pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        self.wait_until_quiet(QUIET)

    def wait_until_quiet(self, seconds):
        """Wait until its processes have done nothing for so long."""
        deadline = time.monotonic() + PATIENCE
        used, since = -1, time.monotonic()
        while time.monotonic() - since < seconds:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"A site did not start or does not come to rest: see {self.log}")
            time.sleep(0.03)
            if (now := self.processor()) != used:
                used, since = now, time.monotonic()

    def share_kept(self):
        """The share of pages that its processes answered from memory, of those that may be kept."""
        # Asked all at once, so that every process has one to answer; each tells of itself.
        with ThreadPoolExecutor(CONNECTIONS) as asking:
            told = asking.map(self.get, ["/healthz"] * 4 * CONNECTIONS)
        figures = {(one["asked"], one["hit_rate"]) for one in (json.loads(t)["kept_pages"] for t in told)}
        asked = sum(number for number, _rate in figures)
        return sum(number * (rate or 0) for number, rate in figures) / max(1, asked)

    def processor(self):
        """Seconds of processor that the processes of the site have used so far."""
        return sum(seconds_used(pid) for pid in (self.process.pid, *children(self.process.pid)))

    def first_byte(self, path):
        """Milliseconds until the first byte of this page."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as line:
            began = time.perf_counter()
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            start = line.recv(64)
            took = (time.perf_counter() - began) * 1000
            while line.recv(65536):
                pass
        if not start.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"{path} answers {start.decode(errors='replace')}: see {self.log}")
        return took

    def load(self, path, seconds):
        """Ask for this page with 16 connections for so long."""
        before = self.processor()
        run = subprocess.run(
            [*WRK, f"-d{seconds}s", f"http://localhost:{self.port}{path}"],
            capture_output=True,
            text=True,
            check=True,
        )
        number, speed = read_wrk(run.stdout)
        # wrk goes away in the middle: what each connection had asked for is still drawn, and is no part of
        # the next load.
        self.wait_until_quiet(DONE)
        return Load(speed, (self.processor() - before) * 1000 / (number + CONNECTIONS))


def read_wrk(report):
    """(requests in all, requests a second) of what wrk says; the run ends when one was not answered well."""
    if wrong := re.search(r"Non-2xx or 3xx responses: \d+|Socket errors: .*", report):
        raise SystemExit(f"Under load: {wrong[0]}\n{report}")
    number = re.search(r"(\d+) requests in", report)
    speed = re.search(r"Requests/sec:\s+([\d.]+)", report)
    return max(1, int(number[1])), float(speed[1])


def children(pid):
    """The processes that this one has begun."""
    with contextlib.suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def seconds_used(pid):
    """Seconds of processor that a process has used, its ended children's not among them."""
    with contextlib.suppress(OSError):
        # The name, in brackets, may hold spaces: what follows it is counted.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS
    return 0
