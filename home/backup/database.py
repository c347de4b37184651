"""The database of a backup: SQLite by its own copy of a moment, PostgreSQL by pg_dump and pg_restore."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

MEMBER = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class Failed(Exception):  # noqa: N818 - the message is for the person at the keyboard
    """The database could not be saved or filled; the message says why and what to do."""


def save(folder):
    """Copy the database as it is in one moment into `folder`, while others go on reading and writing.

    Gives back the rows of each table in that moment, and the migrations it has had.
    """
    target = folder / MEMBER[connection.vendor]
    if connection.vendor == "sqlite":
        rows = save_sqlite(Path(connection.settings_dict["NAME"]), target)
    else:
        rows = save_postgresql(target)
    return {"database": connection.vendor, "rows": rows, "migrations": migrations()}


def save_sqlite(source, target):
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as there:
        with closing(sqlite3.connect(target)) as here:
            there.backup(here)
            # One file, without a log beside it.
            here.execute("PRAGMA journal_mode=DELETE")
        return rows_of_sqlite(target)


def rows_of_sqlite(path):
    with closing(sqlite3.connect(path)) as database:
        cursor = database.cursor()
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
        return {name: count(cursor, name) for (name,) in cursor.fetchall()}


def count(cursor, table):
    """How many rows a table has."""
    cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
    return cursor.fetchone()[0]


def save_postgresql(target):
    # Counted and copied from one and the same snapshot.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        run(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-acl",
            f"--snapshot={snapshot}",
            f"--file={target}",
        )
        return rows_of_postgresql(cursor)


def rows_of_postgresql(cursor):
    names = sorted(
        table.name for table in connection.introspection.get_table_list(cursor) if table.type == "t"
    )
    return {name: count(cursor, name) for name in names}


def run(program, *options):
    """Run a program of PostgreSQL against the site's database."""
    arguments, surroundings = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    *where, name = arguments[1:]
    try:
        ended = subprocess.run(  # noqa: S603 - the program is ours to name
            [program, *where, f"--dbname={name}", *options],
            env=os.environ | (surroundings or {}),
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise Failed(
            f"{program} is not installed. Install PostgreSQL's client programs of the server's version or a "
            "later one (on Debian and Ubuntu: apt install postgresql-client)."
        ) from None
    if ended.returncode:
        lines = ended.stderr.strip().splitlines() or [f"it left with {ended.returncode}"]
        raise Failed(f"{program} did not succeed: {lines[0]}")


def migrations():
    """The migrations that the database has had, as “room.name”."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def unknown(names):
    """Those of these migrations that this version of Adit does not know."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    return sorted(set(names) - known)


def vendor():
    """The kind of database: sqlite or postgresql."""
    return connection.vendor


def is_empty():
    """Whether there is no table yet."""
    return not connection.introspection.table_names()


def restore(folder, rows):
    """Fill the empty database from what `save` left in `folder`; Failed unless every table has its rows."""
    source = folder / MEMBER[connection.vendor]
    if connection.vendor == "sqlite":
        restore_sqlite(source, Path(connection.settings_dict["NAME"]), rows)
    else:
        run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-acl", str(source))
        with connection.cursor() as cursor:
            compare(rows_of_postgresql(cursor), rows)


def restore_sqlite(source, target, rows):
    with closing(sqlite3.connect(source)) as database:
        found = database.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise Failed(f"The database in the backup is damaged: {found}")
    compare(rows_of_sqlite(source), rows)
    connection.close()
    for beside in ("", "-wal", "-shm"):
        Path(f"{target}{beside}").unlink(missing_ok=True)
    source.replace(target)


def compare(found, expected):
    """Raise Failed with the first table that does not have the rows it was saved with."""
    for table in sorted(expected.keys() | found.keys()):
        has, had = found.get(table, "no"), expected.get(table, "none")
        if found.get(table) != expected.get(table):
            raise Failed(
                f"The table {table} has {has} rows, and {had} were saved. "
                "What was restored is incomplete: empty the database and do not use it."
            )
