"""What gunicorn is told by `make run` and on a server alike: `gunicorn --config python:config.web_server`."""

import gc

from gunicorn import glogging
from gunicorn.http import message

from config.logs import JsonFormatter

# A question of 20,000 Greek letters, or one with hundreds of filters, gets a page that says what was left
# out. gunicorn itself knows no limit between 8,190 bytes, less than browsers send, and none at all.
limit_request_line = message.MAX_REQUEST_LINE = 128 * 1024


class logger_class(glogging.Logger):  # noqa: N801 - gunicorn's own name for the setting
    """gunicorn's lines as every other line: it names the address of a request that failed."""

    def setup(self, cfg):
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonFormatter())


def post_worker_init(worker):
    """Leave what every process has loaded out of Python's search for unused objects: looking through all of
    it stops every page for a third of a second now and then."""
    gc.collect()
    gc.freeze()
