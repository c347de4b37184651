import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import environment

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DEBUG", "maybe", "DEBUG must be yes or no, not “maybe”."),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL must begin with sqlite:/// or postgres://."),
        ("ELASTICSEARCH_URL", "localhost", "ELASTICSEARCH_URL must be an address such as"),
        ("ELASTICSEARCH_URL", "http://one:9200,two:9200", "ELASTICSEARCH_URL must be an address such as"),
        ("ELASTICSEARCH_SHARDS", "0", "ELASTICSEARCH_SHARDS must be a whole number of at least 1, not “0”."),
        (
            "ELASTICSEARCH_CA_FILE",
            "/no/such.pem",
            "ELASTICSEARCH_CA_FILE names the file /no/such.pem, which cannot be read.",
        ),
        (
            "ELASTICSEARCH_CA_FILE",
            __file__,
            "ELASTICSEARCH_CA_FILE needs an ELASTICSEARCH_URL that begins with https://.",
        ),
        ("SITE_URL", "http://[", "SITE_URL must be an address such as"),
        ("SECRET_KEY", "short", "SECRET_KEY must have at least 50 characters."),
        ("EMAIL_URL", "mail.example.org", "EMAIL_URL must begin with smtp://"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL must be DEBUG, INFO"),
        (
            "ADIT_VAR_DIR",
            "/proc/adit",
            "ADIT_VAR_DIR names the folder /proc/adit, which cannot be written to.",
        ),
    ],
)
def test_a_wrong_variable_stops_the_start_with_one_sentence_that_names_it(tmp_path, name, value, sentence):
    surroundings = {"PATH": os.environ["PATH"], "ADIT_VAR_DIR": str(tmp_path), name: value}

    start = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )

    assert start.returncode == 1
    assert f"Adit cannot start: the environment variable {sentence}" in start.stderr
    assert "Traceback" not in start.stderr


def test_the_secret_key_is_made_once_and_only_its_owner_can_read_it(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)

    first = environment.secret_key("SECRET_KEY", tmp_path)
    second = environment.secret_key("SECRET_KEY", tmp_path)

    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_production_settings_pass_the_deployment_check(tmp_path):
    surroundings = {
        "PATH": os.environ["PATH"],
        "ADIT_VAR_DIR": str(tmp_path),
        "PRODUCTION": "yes",
        "SECRET_KEY": "x1" * 20 + "abcdefghijklmnopqrstuvwxyz",
        "SITE_URL": "https://adit.example.org",
        "ALLOWED_HOSTS": "adit.example.org",
    }

    check = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "no issues" in check.stdout, check.stderr
    assert check.returncode == 0


def settings_of(tmp_path, names, **variables):
    """The settings of a site that is started with these variables."""
    start = subprocess.run(
        [sys.executable, "-c", f"from config import settings as s; print([getattr(s, n) for n in {names}])"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "ADIT_VAR_DIR": str(tmp_path), **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    return start.stdout.strip()


@pytest.mark.parametrize(
    ("variables", "are_on"),
    [({}, "[False, False]"), ({"HSTS_INCLUDE_SUBDOMAINS": "yes", "HSTS_PRELOAD": "yes"}, "[True, True]")],
)
def test_other_sites_of_the_domain_are_bound_to_https_only_on_request(tmp_path, variables, are_on):
    names = ["SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD"]

    assert settings_of(tmp_path, names, PRODUCTION="yes", **variables) == are_on
