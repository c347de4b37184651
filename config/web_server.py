"""What gunicorn is told by `make run` and on a server alike: `gunicorn --config python:config.web_server`."""

import gc

from gunicorn.http import message

# A question of 20,000 Greek letters, or one with hundreds of filters, gets a page that says what was left
# out. gunicorn itself knows no limit between 8,190 bytes, less than browsers send, and none at all.
limit_request_line = message.MAX_REQUEST_LINE = 128 * 1024


def post_worker_init(worker):
    """Leave what every process has loaded out of Python's search for unused objects: looking through all of
    it stops every page for a third of a second now and then."""
    gc.collect()
    gc.freeze()
