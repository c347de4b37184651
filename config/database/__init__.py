"""The databases of Django that let the content version rise by themselves (config.database.watching)."""
