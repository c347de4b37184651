"""What allauth asks this site about accounts."""

from allauth.account.adapter import DefaultAccountAdapter

from network.client import client_of


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by our rules."""

    def get_client_ip(self, request):
        """Whose attempts are counted: the same answer as everywhere, so nobody locks out their neighbours."""
        return client_of(request)
