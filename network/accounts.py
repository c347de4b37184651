"""What allauth asks this site about accounts."""

from allauth.account.adapter import DefaultAccountAdapter

from network.client import client_of
from network.mailboxes import validate_sendable


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by our rules."""

    def clean_email(self, email):
        """The address of an account is one that its letters reach."""
        email = super().clean_email(email)
        validate_sendable(email)
        return email

    def get_client_ip(self, request):
        """Whose attempts are counted: the same answer as everywhere, so nobody locks out their neighbours."""
        return client_of(request)
