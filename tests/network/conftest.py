import pytest

from tests.network.smtp import MailStandIn


@pytest.fixture
def mail_server(settings):
    """The site's mail server: a real one on this machine."""
    stand_in = MailStandIn()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", stand_in.port
    settings.EMAIL_TIMEOUT = 2
    stand_in.start()
    yield stand_in
    stand_in.stop()
