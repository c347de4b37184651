"""The way letters leave: one connection for many of them, and one process at a time."""

import fcntl
import smtplib
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection
from django.utils.translation import gettext as _

# Names the lock among PostgreSQL's advisory ones.
LOCK = 721_930_457


class Unreachable(Exception):  # noqa: N818 - said of the server, not of a letter
    """The mail server cannot be reached, or lets nobody in; the message says why."""


class Doubtful(Exception):  # noqa: N818 - said of server and letter
    """The server failed over a letter in a way that may be its own: silent, or refusing the sender."""


class MailServer:
    """The mail server, asked for a connection when the first letter leaves."""

    def __init__(self):
        self.connection = None

    def hand_over(self, message):
        """Give it one letter. Unreachable when there is no server, Doubtful when the next letter has to show
        whose fault it was; whatever else is raised is about this letter alone."""
        connection = self.connected()
        try:
            if connection.send_messages([message]) != 1:
                raise ValueError(_("there is no address"))
        except smtplib.SMTPSenderRefused as error:
            # Too large is said of the letter; anything else of the sender, who is the same for all.
            if error.smtp_code == 552:
                raise
            self.drop()
            raise Doubtful(in_words(error)) from error
        except OSError as error:
            if has_hung_up(error):
                self.drop()
            # The library tells of a silent server as of one that has gone.
            if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
                raise Doubtful(_("The mail server did not answer in time.")) from error
            raise
        if not isinstance(connection, EmailBackend):
            # Only a server's connection is worth keeping: files hold one letter each.
            self.leave()

    def connected(self):
        if self.connection is None:
            fresh = get_connection()
            try:
                fresh.open()
            except OSError as error:
                with suppress(OSError):
                    fresh.close()
                raise Unreachable(in_words(error)) from error
            self.connection = fresh
        return self.connection

    def leave(self):
        """Take leave of the server in order."""
        left, self.connection = self.connection, None
        if left is not None:
            with suppress(OSError):
                left.close()

    def drop(self):
        """Forget the connection at once: a silent server would keep even a farewell waiting."""
        dropped, self.connection = self.connection, None
        if isinstance(dropped, EmailBackend) and dropped.connection:
            dropped.connection.close()


def has_hung_up(error):
    """Whether the connection is of no use any more."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return any(code == 421 for code, _said in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code == 421
    return True


def in_words(error):
    """What was said against a letter, with the server's own number and words."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {words(said)}" for code, said in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {words(error.smtp_error)}"
    if isinstance(error, OSError):
        return error.strerror or str(error) or type(error).__name__
    if isinstance(error, UnicodeError | ValueError):
        return _("The address or a line of its head cannot be sent: %(reason)s") % {"reason": error}
    return f"{type(error).__name__}: {error}"


def words(said):
    return said.decode(errors="replace") if isinstance(said, bytes) else str(said)


@contextmanager
def the_one_sender():
    """Whether this process may send now: True for one at a time.

    The lock goes with its process, however that ends, so a killed sender keeps nobody waiting. No transaction
    is open while a letter is handed over: a slow server would keep everybody else from writing.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            is_mine = cursor.fetchone()[0]
        try:
            yield is_mine
        finally:
            if is_mine:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    else:
        # A database in a file is one host's, and so is the lock.
        with (Path(settings.VAR_DIR) / "letters.lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                is_mine = True
            except BlockingIOError:
                is_mine = False
            # Let go of when the file is closed.
            yield is_mine
