from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from network.mailboxes import StoredMailboxField, kept
from network.names import StoredNameField


class UserManager(BaseUserManager):
    use_in_migrations = True

    def create_user(self, email, password=None, **fields):
        """A person who signs in with this e-mail address; addresses are kept in one way of writing."""
        user = self.model(email=kept(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """An administrator of the whole site."""
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True} | fields)

    def get_by_natural_key(self, email):
        return self.get(email=email)


class User(AbstractUser):
    """One person with an account, known by their e-mail address."""

    username = None
    email = StoredMailboxField(_("e-mail address"), unique=True)
    first_name = StoredNameField(_("first name"), max_length=150, blank=True)
    last_name = StoredNameField(_("last name"), max_length=150, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta(AbstractUser.Meta):
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    def __str__(self):
        return self.get_full_name() or self.email
