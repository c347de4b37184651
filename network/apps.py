from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("People and organisations")

    def ready(self):
        """Tell Wagtail which fields its forms have, before it makes them."""
        from network import admin_fields

        admin_fields.register()
