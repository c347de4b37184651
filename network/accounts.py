"""What allauth asks this site about accounts: its letters go through our outbox."""

from datetime import timedelta

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from network import letters
from network.addresses import full_address, on_this_site
from network.client import client_of
from network.mailboxes import kept, validate_mailbox
from network.second_factor import SET_UP, lacks_second_factor

# What says neither code nor key has nothing to say after this time.
OTHER_LETTERS_KEPT = timedelta(days=1)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by our rules."""

    def clean_email(self, email):
        """The address of an account is one that its letters reach, in the way in which all are kept."""
        email = super().clean_email(email)
        validate_mailbox(email)
        return kept(email)

    def post_login(self, request, user, **keywords):
        """Whoever must set up a second factor is led there first."""
        response = super().post_login(request, user, **keywords)
        return redirect(SET_UP) if lacks_second_factor(user) else response

    def get_client_ip(self, request):
        """Whose attempts are counted: the same answer as everywhere, so nobody locks out their neighbours."""
        return client_of(request)

    def send_mail(self, template_prefix, email, context):
        """Write the letter; the worker sends it, so nobody waits for a mail server and none is lost with it.

        It ends with the code or key that it holds.
        """
        # allauth makes its links of the host that the request named.
        links = {name: on_this_site(value) for name, value in context.items() if name.endswith("_url")}
        values = {
            "email": email,
            "site_name": settings.WAGTAIL_SITE_NAME,
            "site_url": full_address("/"),
            "new_password_url": full_address(reverse("account_reset_password")),
            **context,
            **links,
        }
        user = context.get("user")
        letters.write(
            email,
            render_to_string(f"{template_prefix}_subject.txt", values),
            f"{template_prefix}_message.txt",
            values,
            until=timezone.now() + holds_for(context),
            is_secret=True,
            about=f"user:{user.pk}" if user and user.pk else "",
        )

    def send_account_already_exists_mail(self, email):
        """Tell the owner of an address that somebody tried to sign up with it.

        A new account's password is hashed, which takes most of the time of a sign-up. The same is done here:
        how long the answer takes must not tell whether the address is known.
        """
        if password := current.request.POST.get("password1"):
            make_password(password)
        super().send_account_already_exists_mail(email)


def holds_for(context):
    """How long what the letter holds can be used."""
    if "code" in context:
        return timedelta(seconds=app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT)
    if "password_reset_url" in context and "uid" in context:
        return timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return OTHER_LETTERS_KEPT
