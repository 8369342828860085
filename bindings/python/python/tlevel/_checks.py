"""Checks of arguments: messages name the argument, and no number is beyond its type."""

from __future__ import annotations

import math
import operator
import os
from typing import Any, Dict, Iterable, List, Optional, Tuple, Union

from ._errors import OptionsError, PolicyError, ReadError

#: A text: itself, or a file with it.
Text = Union[str, bytes, "os.PathLike[str]"]
#: A file, or its bytes.
Source = Union[str, "os.PathLike[str]", bytes, bytearray, memoryview]

_BYTES = (bytes, bytearray, memoryview)


def kind(value: object) -> str:
    """The name of a value's type, for messages."""
    return type(value).__name__


def whole(name: str, value: Any, least: int, most: int) -> int:
    """A whole number in a range."""
    if isinstance(value, bool):
        raise TypeError(f"{name}: expected a whole number, found bool")
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name}: expected a whole number, found {kind(value)}") from None
    if not least <= number <= most:
        shown = str(number) if abs(number) < 10**20 else "it"
        raise OptionsError(f"{name}: {shown} is out of range; give a number from {least} to {most}")
    return number


def share(name: str, value: Any) -> float:
    """A number from 0 to 1."""
    number = _number(name, value)
    if not 0.0 <= number <= 1.0:
        raise OptionsError(f"{name}: {number} is out of range; give a number from 0 to 1")
    return number


def _number(name: str, value: Any) -> float:
    if isinstance(value, (bool, str, bytes)):
        raise TypeError(f"{name}: expected a number, found {kind(value)}")
    try:
        number = float(value)
    except OverflowError:
        raise OptionsError(f"{name}: the number is too large") from None
    except TypeError:
        raise TypeError(f"{name}: expected a number, found {kind(value)}") from None
    if not math.isfinite(number):
        raise OptionsError(f"{name}: {number} is not a finite number")
    return number


def flag(name: str, value: Any) -> bool:
    """A truth."""
    if not isinstance(value, bool):
        raise TypeError(f"{name}: expected True or False, found {kind(value)}")
    return value


def string(name: str, value: Any) -> str:
    """A text that can be encoded."""
    if not isinstance(value, str):
        raise TypeError(f"{name}: expected str, found {kind(value)}")
    return value


def strings(name: str, value: Any, split: str = "") -> List[str]:
    """Several texts; one text is split at ``split``, if that is given."""
    if isinstance(value, str):
        parts = value.split(split) if split else [value]
        return [part.strip() for part in parts if part.strip()]
    if isinstance(value, _BYTES) or not isinstance(value, Iterable):
        raise TypeError(f"{name}: expected str or several of them, found {kind(value)}")
    listed = list(value)
    for row, part in enumerate(listed):
        if not isinstance(part, str):
            raise TypeError(f"{name}, item {row}: expected str, found {kind(part)}")
    return listed


def content(name: str, source: Any) -> Tuple[bytes, Optional[str]]:
    """The bytes of a file or of a buffer, and the name of the file."""
    if isinstance(source, bytes):
        return source, None
    if isinstance(source, (bytearray, memoryview)):
        return bytes(source), None
    if not isinstance(source, (str, os.PathLike)):
        raise TypeError(f"{name}: expected a path or bytes, found {kind(source)}")
    path = os.fspath(source)
    shown = path if isinstance(path, str) else os.fsdecode(path)
    try:
        with open(path, "rb") as file:
            return file.read(), shown
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReadError(f"{shown}: cannot be read ({reason}); give the path of a file") from error


def text(name: str, value: Any) -> str:
    """A text, or the text of a file that is given as ``pathlib.Path``."""
    if isinstance(value, str):
        return value
    if not isinstance(value, (bytes, os.PathLike)):
        raise TypeError(f"{name}: expected str, bytes or pathlib.Path, found {kind(value)}")
    data, path = content(name, value)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise OptionsError(f"{path or name}: not UTF-8; save it as CSV or JSON in UTF-8") from None


def _texts(name: str, value: Any) -> Any:
    if isinstance(value, (str, bytes, os.PathLike)):
        return text(name, value)
    if not isinstance(value, Iterable):
        raise TypeError(f"{name}: expected a text or several of them, found {kind(value)}")
    return [text(f"{name}, item {row}", part) for row, part in enumerate(value)]


def quorum(name: str, value: Any) -> str:
    from fractions import Fraction

    if isinstance(value, str):
        return value
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return repr(_number(name, value))


def policy(name: str, value: Any) -> Any:
    if isinstance(value, (str, bytes, os.PathLike)):
        return text(name, value)
    # here, as in other places: importing tlevel takes half as long without
    import json

    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise PolicyError(f"{name}: not a policy as plain data ({error})") from None
    if not isinstance(value, dict):
        raise TypeError(f"{name}: expected a name, a dict or a pathlib.Path, found {kind(value)}")
    return value


def _near(name: str, value: Any) -> int:
    return whole(name, value, 0, 1_000_000)


#: Each option: its name on the way down, and how it is checked.
_OPTIONS: Dict[str, Tuple[str, Any]] = {
    "policy": ("policy", policy),
    "new_policy": ("newPolicy", policy),
    "quorum": ("quorum", quorum),
    "route_quorum": ("routeQuorum", quorum),
    "near": ("near", _near),
    "specialisms": ("specialisms", string),
    "on": ("on", string),
    "threshold": ("threshold", _number),
    "exact": ("exact", flag),
    "concepts": ("concepts", text),
    "share": ("share", string),
    "ledger": ("ledger", _texts),
    "decisions": ("decisions", _texts),
    "topics": ("topics", text),
    "only_topics": ("onlyTopics", flag),
    "topic_decisions": ("topicDecisions", text),
    "pathway": ("pathway", _texts),
    "date": ("date", string),
    "names": ("names", strings),
}


def options(given: Dict[str, Any]) -> str:
    """Options as JSON; those that are ``None`` are left out."""
    import json

    found: Dict[str, Any] = {}
    for name, value in given.items():
        known = _OPTIONS.get(name)
        if known is None:
            from difflib import get_close_matches

            near = get_close_matches(name, _OPTIONS, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise TypeError(f"there is no option {name}{hint}")
        if value is not None:
            found[known[0]] = known[1](name, value)
    return json.dumps(found, allow_nan=False)
