"""What gunicorn is told by `make run` and on a server alike: `gunicorn --config python:config.web_server`."""

from gunicorn.http import message

# A question of 20,000 Greek letters, or one with hundreds of filters, gets a page that says what was left
# out. gunicorn itself knows no limit between 8,190 bytes, less than browsers send, and none at all.
limit_request_line = message.MAX_REQUEST_LINE = 128 * 1024
