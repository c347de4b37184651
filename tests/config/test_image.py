"""What goes into the container's image: `.dockerignore` is read here as Docker reads it."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
RULES = [
    line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")
]


def is_taken(path):
    """Whether a file of the folder is sent to the image: the last rule that fits it or a folder above it."""
    taken = True
    names = path.split("/")
    for rule in RULES:
        pattern = rule.removeprefix("!")
        expression = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
        if any(re.fullmatch(expression, "/".join(names[:n])) for n in range(1, len(names) + 1)):
            taken = rule.startswith("!")
    return taken


def test_no_secret_and_no_data_goes_into_the_image():
    kept_out = [
        ".env",
        ".env.production",
        "config/.env",
        "compose.override.yaml",
        "var/db.sqlite3",
        "var/secret_key",
        "adit.backup",
        "backups/adit.backup",
        "dump.sql",
        ".git/config",
        ".venv/bin/python",
        "id_rsa",
        "tests/conftest.py",
        "knowledge/__pycache__/forms.cpython-311.pyc",
    ]

    assert [path for path in kept_out if is_taken(path)] == []


def test_all_the_site_needs_goes_into_the_image():
    rooms = [
        "config",
        "events",
        "home",
        "knowledge",
        "language",
        "network",
        "progress",
        "regions",
        "search",
        "templates",
    ]
    needed = [f"{room}/{next((ROOT / room).glob('*.*')).name}" for room in rooms]

    needed += [
        "locale/en/LC_MESSAGES/django.mo",
        "manage.py",
        "requirements/base.txt",
        "requirements/uv.txt",
        "static/css/adit.css",
    ]
    assert [path for path in needed if not is_taken(path)] == []


def test_git_leaves_secrets_and_backups_alone():
    ignored = (ROOT / ".gitignore").read_text().split()

    assert {".env", "*.backup", "var/"} <= set(ignored)
