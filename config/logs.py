"""Logs as one JSON line each, so that any collector can read them; none holds the secret of a link."""

import json
import logging
from datetime import UTC, datetime

from django.apps import apps

from config.secret_addresses import without_secrets

# What every record carries anyway; everything else was given with `extra=` and is printed.
STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request", "taskName"}


class JsonFormatter(logging.Formatter):
    """A log record as one line of JSON: time (UTC), level, logger, message and what was given as extra."""

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in STANDARD}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        text = json.dumps(line, ensure_ascii=False, default=str)
        # Before the rooms are there no address has been asked for.
        return without_secrets(text) if apps.ready else text
