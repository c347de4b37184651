"""`make run`: prepare the site, then serve it with the worker beside it until Ctrl-C.

One program for people who try Adit or work on it; a server runs the same parts from compose.yaml.
"""

import multiprocessing
import os
import signal
import socket
import sys
import time
import urllib.request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

WEB_PROCESSES = 2
THREADS = 4
PATIENCE = 120  # seconds
MINUTE = 60  # seconds
RESTARTS_A_MINUTE = 5
# Every process is a fork of this one: what all of them import is imported once.
forked = multiprocessing.get_context("fork")


def main():
    started = time.monotonic()
    port = chosen_port()
    addresses = free_addresses(port)
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    import django

    django.setup()
    parts = {"Start": time.monotonic() - started, **prepared()}
    serve(port, addresses, started, parts)


def chosen_port():
    """The port to listen on, or one sentence about what is wrong with it."""
    value = os.environ.get("PORT", "") or "8000"
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        sys.exit(f"PORT must be a number from 1 to 65535, not “{value}”.")
    return int(value)


def free_addresses(port):
    """The loopback addresses to bind; stops when somebody else listens there."""
    addresses = []
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except PermissionError:
            sys.exit(f"Port {port} needs more rights than you have. Take another: make run PORT=8001")
        except OSError as error:
            if family == socket.AF_INET6 and error.errno != 98:
                continue  # no IPv6 on this machine
            sys.exit(f"Port {port} is in use. Stop what uses it, or take another: make run PORT={port + 1}")
        addresses.append(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    return addresses


def prepared():
    """Bring database, site and demo content up to date; the seconds each part took, by its name.

    A process of its own does it, so that no connection and no thread of a library is there to be forked
    later; meanwhile this one imports what the pages need.
    """
    from django.urls import get_resolver

    here, there = forked.Pipe()
    process = forked.Process(target=prepare, args=(there,))
    process.start()
    there.close()
    len(get_resolver().url_patterns)
    try:
        return here.recv()
    except EOFError:  # it ended early and said why
        process.join()
        sys.exit(process.exitcode or 1)
    except KeyboardInterrupt:
        process.join()
        sys.exit(130)


def prepare(report):
    """Run the commands that prepare a site and send how long each part took."""
    from django.core.management import call_command
    from django.db import OperationalError

    parts = {}

    def part(name, *command, **options):
        begun = time.monotonic()
        print(f"{name} …", flush=True)
        call_command(*command, verbosity=0, **options)
        parts[name] = time.monotonic() - begun

    try:
        part("Database", "migrate", interactive=False)
        call_command("createcachetable", verbosity=0)
        part("Site", "set_up_site")
        part("Demo content", "load_demo", once=True)
        part("Search", "search_sync")
    except OperationalError as error:
        sys.exit(f"The database cannot be used: {str(error).strip().splitlines()[0]}")
    except KeyboardInterrupt:
        sys.exit("Stopped before the site was ready; the next start goes on from here.")
    report.send(parts)


def serve(port, addresses, started, parts):
    """Run web processes and worker until somebody presses Ctrl-C; what ends by itself is begun anew."""
    running = [
        Part("The web server", web, addresses),
        Part("The worker", worker),
    ]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        wait_until_answering(port, running)
        announce(port, time.monotonic() - started, parts)
        while True:
            for part in running:
                part.look_after()
            time.sleep(0.3)
    except KeyboardInterrupt:
        print("\nAdit stops.")
    finally:
        stop([part.process for part in running])


class Part:
    """A process of the site that is begun anew when it ends, up to so many times in a minute."""

    def __init__(self, name, target, *arguments):
        self.name, self.target, self.arguments = name, target, arguments
        self.restarts = []
        self.begin()

    def begin(self):
        self.process = forked.Process(target=self.target, args=self.arguments)
        self.process.start()

    def look_after(self):
        """Begin it anew when it has ended; ends the site with a sentence when that helps no longer."""
        if self.process.is_alive():
            return
        now = time.monotonic()
        self.restarts = [moment for moment in self.restarts if now - moment < MINUTE]
        if len(self.restarts) == RESTARTS_A_MINUTE:
            sys.exit(
                f"{self.name} ended {RESTARTS_A_MINUTE + 1} times within a minute; see the lines above. "
                "Adit stops."
            )
        self.restarts.append(now)
        print(f"{self.name} ended by itself ({self.process.exitcode}) and is begun anew.", flush=True)
        self.begin()


def web(addresses):
    """The web server: what config/wsgi.py names, in processes with threads."""
    from django.conf import settings
    from gunicorn.app.base import BaseApplication

    from config import web_server

    class Site(BaseApplication):
        def load_config(self):
            self.cfg.set("bind", addresses)
            self.cfg.set("workers", WEB_PROCESSES)
            self.cfg.set("threads", THREADS)
            self.cfg.set("preload_app", True)
            self.cfg.set("loglevel", "warning")
            self.cfg.set("limit_request_line", web_server.limit_request_line)
            self.cfg.set("logger_class", web_server.logger_class)

        def load(self):
            from config.wsgi import application

            return application

    # A session of its own: Ctrl-C reaches the first process only, which then ends the others in order.
    os.setsid()
    # Files are served from where they are; the folder of collected ones has to be there all the same.
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    Site().run()


def worker():
    """Background tasks and letters."""
    from django.core.management import call_command

    os.setsid()
    call_command("work")


def wait_until_answering(port, running):
    """Return once the site answers that it is well."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for part in running:
            part.look_after()
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10).close()
            return
        except OSError:
            time.sleep(0.1)


def announce(port, seconds, parts):
    """Where the site is, who can sign in, and how long each part took."""
    from home.demo.accounts import announcement

    timing = ", ".join(f"{name.lower()} {took:.0f} s" for name, took in parts.items())
    print(f"\nAdit is ready: http://localhost:{port}\n")
    print(announcement())
    print(f"Ready in {seconds:.0f} s ({timing}). Ctrl-C stops everything.\n", flush=True)


def stop(running):
    for process in running:
        if process.is_alive():
            process.terminate()
    for process in running:
        process.join(timeout=8)
        if process.is_alive():
            process.kill()


if __name__ == "__main__":
    main()
