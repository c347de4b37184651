"""Walking the site as somebody: answers read whole, nothing kept of what they did."""

import io
import traceback
import zipfile
from dataclasses import dataclass
from urllib.parse import quote, unquote

from django.conf import settings
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.test import Client

from config.readable import noted


@dataclass
class Answer:
    """What came back: the status, all of its words, where it leads."""

    status: int
    text: str
    leads_to: str
    fault: str = ""


class Walker:
    """One person, or a visitor, with a browser that keeps nothing between two steps."""

    def __init__(self, user):
        client = Client()
        if user:
            client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def ask(self, address):
        """Open an address."""
        return self.step(lambda client: client.get(address))

    def send(self, address, data):
        """Send a form to an address."""
        return self.step(lambda client: client.post(address, data))

    def send_raw(self, address, body, content_type):
        """Send bytes as they are; the site's own guard of forms reads them first."""
        return self.step(
            lambda client: client.generic("POST", address, body, content_type, HTTP_X_CSRFTOKEN="x" * 32),
            enforce_csrf_checks=True,
        )

    def step(self, do, **options):
        """Do one thing with a fresh browser; whatever it changes is taken back."""
        client = Client(raise_request_exception=False, **options)
        handle = client.handler
        client.handler = lambda environ: handle(noted(environ))
        for name, value in self.cookies.items():
            client.cookies[name] = value
        with transaction.atomic():
            response = do(client)
            answer = read(response)
            answer.fault = fault_of(response)
            transaction.set_rollback(True)
        return answer

    def follow(self, address, most=5):
        """Open an address and go where it leads, at most so many times; the answers on the way."""
        answers = [self.ask(address)]
        while answers[-1].leads_to and len(answers) <= most:
            answers.append(self.ask(answers[-1].leads_to))
        return answers


def fault_of(response):
    """What a view fell over: an error of the site, or something sent that it took for a mistake of ours."""
    error = getattr(response, "exc_info", None)
    mistake = getattr(response, "not_understood", None) or (error and error[1])
    return "".join(traceback.format_exception(mistake)[-2:]) if mistake else ""


def read(response):
    """An answer with its words, those of a spreadsheet too."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    # The end of an answer closes the database's connection, and with it the test's transaction.
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b" ".join(book.read(name) for name in book.namelist())
    leads_to = response.headers.get("Location", "")
    return Answer(response.status_code, body.decode(errors="replace"), leads_to)


def without_address(text, address):
    """The words of an answer without the address that was asked, which the asker knew."""
    for said in {address, quote(address, safe=""), unquote(address), quote(quote(address, safe=""), safe="")}:
        text = text.replace(said, "")
    return text
