from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from network.models import User


class Command(BaseCommand):
    help = "Remove the second factor of somebody who lost it and the recovery codes. Be sure who asks."

    def add_arguments(self, parser):
        parser.add_argument("email")

    def handle(self, *args, email, **options):
        user = User.objects.filter(email=email).first()
        if user is None:
            raise CommandError(f"Nobody has an account with the address {email}.")
        _number, removed = Authenticator.objects.filter(user=user).delete()
        self.stdout.write(
            f"{user.email} signs in with the password alone until a new second factor is set up."
            if removed
            else f"{user.email} has no second factor."
        )
