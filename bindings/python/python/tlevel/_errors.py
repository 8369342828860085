"""What goes wrong, as exceptions with a place."""

from __future__ import annotations

from typing import Optional, Tuple, Type

__all__ = [
    "NotFoundError",
    "OptionsError",
    "PolicyError",
    "ReadError",
    "ShapeError",
    "TableError",
    "TlevelError",
]


class TlevelError(Exception):
    """Any failure of tlevel.

    Attributes
    ----------
    message : str
        What is wrong, where, and what to do.
    place : str or None
        The place in the input, such as ``line 3, column 7`` or
        ``column "title", row 3``, if there is one. Rows of tables and arrays count
        from 0, lines of files from 1.

    Examples
    --------
    >>> import tlevel
    >>> try:
    ...     tlevel.Map.read(b'{"routes": [')
    ... except tlevel.TlevelError as error:
    ...     print(error.place)
    line 1, column 12
    """

    def __init__(self, message: str, place: Optional[str] = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place

    def __reduce__(self) -> Tuple[Type[TlevelError], Tuple[str, Optional[str]]]:
        return type(self), (self.message, self.place)


class ReadError(TlevelError, ValueError):
    """A map, a saved index or a list of occupations that cannot be read."""


class NotFoundError(TlevelError, ValueError):
    """A name that matches nothing on the map, or several things."""


class PolicyError(TlevelError, ValueError):
    """A policy that cannot be read."""


class OptionsError(TlevelError, ValueError):
    """An option that cannot be used: a ledger, decisions, a number out of range."""


class ShapeError(TlevelError, ValueError):
    """Inputs that do not fit together, such as labels of different lengths."""


class TableError(TlevelError, ValueError):
    """A table or an array with a wrong type or a null, named by column and row."""
