from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "network"
    verbose_name = _("People and organisations")

    def ready(self):
        """Have the lists of the admin written as all tables are."""
        from network.admin_lists import write_as_all_tables

        write_as_all_tables()
