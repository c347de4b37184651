"""`make run`: prepare the site, then serve it with the worker beside it until Ctrl-C.

One program for people who try Adit or work on it; a server runs the same parts from compose.yaml.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

WEB_PROCESSES = 2
THREADS = 4
PATIENCE = 120  # seconds


def main():
    started = time.monotonic()
    port = chosen_port()
    addresses = free_addresses(port)
    os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    parts = prepare()
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


def prepare():
    """Bring database, site and demo content up to date; the seconds each part took, by its name."""
    import django

    parts = {}

    def part(name, *command, **options):
        begun = time.monotonic()
        print(f"{name} …", flush=True)
        call_command(*command, verbosity=0, **options)
        parts[name] = time.monotonic() - begun

    begun = time.monotonic()
    django.setup()
    from django.core.management import call_command
    from django.db import OperationalError

    parts["Start"] = time.monotonic() - begun
    try:
        part("Database", "migrate", interactive=False)
        call_command("createcachetable", verbosity=0)
        part("Site", "set_up_site")
        part("Demo content", "load_demo", once=True)
        part("Search", "search_sync")
    except OperationalError as error:
        sys.exit(f"The database cannot be used: {str(error).strip().splitlines()[0]}")
    return parts


def serve(port, addresses, started, parts):
    """Run web processes and worker until one of them ends or somebody presses Ctrl-C."""
    python = sys.executable
    binds = [argument for address in addresses for argument in ("--bind", address)]
    web = [
        python,
        "-m",
        "gunicorn",
        "config.wsgi",
        "--workers",
        str(WEB_PROCESSES),
        "--threads",
        str(THREADS),
    ]
    # Their own process groups: one Ctrl-C reaches this program alone, which then ends them in order.
    running = [
        subprocess.Popen([*web, *binds], start_new_session=True),
        subprocess.Popen([python, "manage.py", "work"], start_new_session=True),
    ]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        wait_until_answering(port, running)
        announce(port, time.monotonic() - started, parts)
        while all(process.poll() is None for process in running):
            time.sleep(0.3)
        sys.exit("A part of the site ended by itself; see the lines above.")
    except KeyboardInterrupt:
        print("\nAdit stops.")
    finally:
        stop(running)


def wait_until_answering(port, running):
    """Return once the site answers that it is well, or when a part of it has ended."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and all(process.poll() is None for process in running):
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
        if process.poll() is None:
            process.terminate()
    for process in running:
        try:
            process.wait(timeout=8)
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    main()
