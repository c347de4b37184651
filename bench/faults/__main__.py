"""Provoke faults and say what came of them: see README.md beside this file."""

import argparse
import os
import sys
from pathlib import Path

EMBEDDED = ["kill_commit", "broken_index", "half_pointer", "two_rebuilds", "full_disk", "import_rows"]
ELASTICSEARCH = ["stop_server", "delete_index", "kill_server"]
# On sites of their own, which run as `make run` runs them.
AT_WORK = {
    "backup": ["backup_sqlite", "backup_postgresql"],
    "letters": ["kill_worker", "poisoned", "mail_down"],
    "servers": ["write_lock", "database_gone", "disk_full"],
}
ALL_AT_WORK = [name for names in AT_WORK.values() for name in names]
NEED_POSTGRESQL = {"backup_postgresql", "database_gone"}


def main():
    asked = arguments()
    folder = Path(asked.folder).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"ADIT_VAR_DIR": str(folder), "ELASTICSEARCH_URL": "", "LOG_LEVEL": "CRITICAL"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    from bench.faults.site import prepare

    prepare(folder, asked.rows)
    import django

    django.setup()
    wanted = asked.faults or [*EMBEDDED, *ALL_AT_WORK, *ELASTICSEARCH]
    failed = [name for name in EMBEDDED if name in wanted and not provoke("embedded", name, folder)]
    for module, names in AT_WORK.items():
        tried = [name for name in names if name in wanted and has_what(name)]
        failed += [name for name in tried if not provoke(module, name, folder)]
    if set(wanted) & set(ELASTICSEARCH):
        failed += with_server([name for name in ELASTICSEARCH if name in wanted], folder)
    sys.exit(1 if failed else 0)


def arguments():
    parser = argparse.ArgumentParser(prog="bench.faults")
    parser.add_argument(
        "faults", nargs="*", choices=[[], *EMBEDDED, *ALL_AT_WORK, *ELASTICSEARCH], metavar="fault"
    )
    parser.add_argument(
        "--folder", default="var/faults", help="where the harmed site is (default: var/faults)"
    )
    parser.add_argument("--rows", type=int, default=1000, help="made-up practices in it (default: 1000)")
    return parser.parse_args()


def provoke(module, name, *arguments):
    """Do the harm and say what came of it."""
    from importlib import import_module

    is_well, outcome = getattr(import_module(f"bench.faults.{module}"), name)(*arguments)
    print(f"{'ok  ' if is_well else 'FAIL'} {name}: {outcome}", flush=True)
    return is_well


def has_what(name):
    """Whether there is a PostgreSQL for a fault that needs one; says so when not."""
    if name not in NEED_POSTGRESQL or os.environ.get("FAULTS_POSTGRESQL"):
        return True
    print(f"left out: {name}: FAULTS_POSTGRESQL does not name a server")
    return False


def with_server(names, folder):
    if not os.environ.get("FAULTS_ELASTICSEARCH"):
        print(f"left out: {', '.join(names)}: FAULTS_ELASTICSEARCH does not say how to start a server")
        return []
    from django.conf import settings

    from bench.faults.server import ADDRESS, Server
    from bench.faults.site import manage

    server = Server(folder)
    server.start()
    try:
        os.environ["ELASTICSEARCH_URL"] = settings.ELASTICSEARCH_URL = ADDRESS
        manage("search_sync", "-v0")
        return [name for name in names if not provoke("elasticsearch", name, folder, server)]
    finally:
        server.go_on()
        server.kill()


if __name__ == "__main__":
    main()
