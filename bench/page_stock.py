"""The reference: a stock Wagtail site with the same practices under the same server."""

import os
import subprocess
import sys

from bench.page_server import Server
from bench.page_site import PRACTICE
from bench.search_site import FOLDER

PAGE = f"/practices/practice-{PRACTICE}/"


class Stock:
    """The stock site in `folder`, run by `python`; `database` is named as BENCH_DB has it."""

    def __init__(self, folder, python, database, rows, log):
        self.folder, self.python, self.log = folder, python, log
        self.environment = {
            "BENCH_DB": database,
            "DJANGO_SETTINGS_MODULE": "stock.settings.bench",
            "PATH": os.environ["PATH"],
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self.load(rows)

    def load(self, rows):
        """Fill its database unless that is done."""
        if self.environment["BENCH_DB"].startswith("pg:"):
            self.make_database(self.environment["BENCH_DB"].removeprefix("pg:"))
        command = [self.python, "-m", "bench.stock_wagtail", self.folder, str(rows), "load"]
        run = subprocess.run(command, cwd=FOLDER, env=self.environment, capture_output=True, text=True)
        if run.returncode:
            sys.exit(f"The stock site failed:\n{run.stderr[-2000:]}")

    def make_database(self, name):
        """An empty database with this name where the stock site looks for it, unless it is there."""
        import psycopg
        from psycopg import sql

        port = os.environ.get("BENCH_PG_PORT", "54329")
        self.environment["BENCH_PG_PORT"] = port
        address = f"postgres://postgres@127.0.0.1:{port}/postgres"
        with psycopg.connect(address, autocommit=True) as server:
            if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def server(self, port, **options):
        """It under the same server as Adit."""
        command = [self.python, "-m", "gunicorn", "stock.wsgi"]
        return Server(
            command, port, folder=self.folder, log=self.log, environment=self.environment, **options
        )
