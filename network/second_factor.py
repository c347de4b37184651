"""Officers and administrators decide about others' work: a password alone must not be enough for that.

With SECOND_FACTOR_REQUIRED, who is one of them and has neither an authenticator app nor a passkey is led to
set one up. Until it is done they are a visitor everywhere but on the pages of their account, so that no page,
file or form of the site has to ask.
"""

from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect
from django.urls import reverse

from network.rights import is_officer

SET_UP = "mfa_index"
# Recovery codes are no factor of their own: they stand in for one.
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def lacks_second_factor(user):
    """Whether this person must set up a second factor before they can do anything here."""
    return settings.SECOND_FACTOR_REQUIRED and is_officer(user) and not is_mfa_enabled(user, FACTORS)


def ask_for_second_factor(get_response):
    """Lead from every page that visitors cannot open to the set-up, as others are led to the sign-in."""

    def middleware(request):
        # Without a session there is nobody to ask about, and no page needs to be told apart by it.
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if not (settings.SECOND_FACTOR_REQUIRED and has_session and lacks_second_factor(request.user)):
            return get_response(request)
        request.lacks_second_factor = True
        door = reverse(settings.LOGIN_URL)
        if request.path.startswith(door.removesuffix("login/")):
            return get_response(request)
        request.user = AnonymousUser()
        response = get_response(request)
        leads_to_the_door = urlsplit(response.headers.get("Location", "")).path == door
        return redirect(SET_UP) if leads_to_the_door else response

    return middleware
