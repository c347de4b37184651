"""The people of the permission tests, for the rooms above too."""

from tests.knowledge.conftest import people  # noqa: F401
