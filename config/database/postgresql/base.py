from django.db.backends.postgresql import base

from config.database.watching import Watching


class DatabaseWrapper(Watching, base.DatabaseWrapper):
    """PostgreSQL, with a content version that rises by itself."""
