"""Read settings from the environment; a wrong value stops the start with one sentence that names it."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ

YES, NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


class WrongVariable(SystemExit):
    """An environment variable holds what Adit cannot use; printed as it is, without a traceback."""

    def __init__(self, name, reason):
        super().__init__(f"Adit cannot start: the environment variable {name} {reason}")


def text(name, default=""):
    """The variable's text without blanks around it, or the default."""
    return os.environ.get(name, "").strip() or default


def switch(name, default=False):
    """The variable as true or false."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in YES | NO:
        return value.strip().lower() in YES
    raise WrongVariable(name, f"must be yes or no, not “{value}”.")


def number(name, default, *, at_least=0):
    """The variable as a whole number."""
    value = text(name)
    if not value:
        return default
    if value.isascii() and value.isdigit() and int(value) >= at_least:
        return int(value)
    raise WrongVariable(name, f"must be a whole number of at least {at_least}, not “{value}”.")


def words(name, default=()):
    """The variable as a list, separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()] or list(default)


def web_address(name, default=""):
    """The variable as an http or https address without a slash at its end."""
    return usable_address(name, text(name, default))


def web_addresses(name):
    """The variable as http or https addresses, separated by commas."""
    return ",".join(usable_address(name, word) for word in words(name))


def usable_address(name, value):
    value = value.rstrip("/")
    if value:
        try:
            parts = urlsplit(value)
            usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
        except ValueError:
            usable = False
        if not usable:
            raise WrongVariable(name, f"must be an address such as https://example.org, not “{value}”.")
    return value


def folder(name, default):
    """The variable as a folder that exists and can be written to; it is made when missing."""
    path = Path(text(name, str(default))).expanduser().absolute()
    try:
        path.mkdir(parents=True, exist_ok=True)
        writable = os.access(path, os.W_OK)
    except OSError:
        writable = False
    if not writable:
        raise WrongVariable(name, f"names the folder {path}, which cannot be written to.")
    return path


def file(name):
    """The variable as the path of a file that can be read, or nothing."""
    path = text(name)
    if path and not os.access(path, os.R_OK):
        raise WrongVariable(name, f"names the file {path}, which cannot be read.")
    return path


def database(name, default):
    """Django's database settings from an address such as postgres://user:password@host/name."""
    value = text(name, default)
    if not value.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise WrongVariable(name, "must begin with sqlite:/// or postgres://.")
    try:
        return environ.Env.db_url_config(value)
    except ValueError:
        raise WrongVariable(
            name, "is not a usable address; write postgres://user:password@host:5432/name."
        ) from None


def mail(name):
    """Django's e-mail settings from an address such as smtp+tls://user:password@host:587, or none."""
    value = text(name)
    if not value:
        return {}
    if not value.startswith(("smtp://", "smtp+tls://", "smtp+ssl://")):
        raise WrongVariable(name, "must begin with smtp://, smtp+tls:// or smtp+ssl://.")
    try:
        return environ.Env.email_url_config(value)
    except ValueError:
        raise WrongVariable(
            name, "is not a usable address; write smtp+tls://user:password@host:587."
        ) from None


def secret_key(name, var_dir):
    """The key that signs sessions: from the environment, else made once and kept in the data folder."""
    value = text(name)
    if value:
        if len(value) < 50:
            raise WrongVariable(name, "must have at least 50 characters.")
        return value
    kept = var_dir / "secret_key"
    try:
        # Exclusive creation: two processes that start together must end up with one key.
        with os.fdopen(os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            from django.core.management.utils import get_random_secret_key

            file.write(get_random_secret_key() + get_random_secret_key())
    except FileExistsError:
        pass
    return kept.read_text().strip()
