"""What allauth asks this site about accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from django.shortcuts import redirect

from network.client import client_of
from network.mailboxes import validate_sendable
from network.second_factor import SET_UP, lacks_second_factor


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by our rules."""

    def clean_email(self, email):
        """The address of an account is one that its letters reach."""
        email = super().clean_email(email)
        validate_sendable(email)
        return email

    def post_login(self, request, user, **keywords):
        """Whoever must set up a second factor is led there first."""
        response = super().post_login(request, user, **keywords)
        return redirect(SET_UP) if lacks_second_factor(user) else response

    def get_client_ip(self, request):
        """Whose attempts are counted: the same answer as everywhere, so nobody locks out their neighbours."""
        return client_of(request)
