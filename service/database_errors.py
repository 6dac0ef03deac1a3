"""What goes wrong with the database, for those who must not load the library that speaks to it."""

from __future__ import annotations


class DatabaseError(Exception):
    """The database cannot be used now; the message is one line that names the cure."""


class SchemaTooNew(DatabaseError):
    """The tables were made by a newer version, so that nothing may be written into them."""
