"""Results as HTML, for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterable, List, Sequence

if TYPE_CHECKING:
    from ._tlevel import Placement, Table

#: How many rows a notebook shows.
ROWS = 20


def _cell(value: Any) -> str:
    from html import escape

    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list):
        return escape(", ".join(_item(item) for item in value))
    return escape(str(value))


def _item(item: Any) -> str:
    if isinstance(item, dict):
        return " ".join(_item(part) for part in item.values())
    return f"{item:.3g}" if isinstance(item, float) else str(item)


def rows(names: Sequence[str], cells: Iterable[Sequence[Any]], caption: str) -> str:
    """A table of these rows."""
    from html import escape

    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    body = "".join("<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>" for row in cells)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def table(of: Table) -> str:
    """The first rows of a table."""
    head = of.head(ROWS)
    shown: List[Sequence[Any]] = list(zip(*head.values()))
    more = f", the first {ROWS}" if of.num_rows > ROWS else ""
    return rows(of.column_names, shown, f"{of.num_rows} rows{more}")


def placement(of: Placement) -> str:
    """The suggestions of a placement."""
    cells = [
        (rank, s.cluster_name, s.pathway_name, s.route_name, s.score, f"{s.confidence:.0%}")
        for rank, s in enumerate(of.suggestions, 1)
    ]
    because = f": {of.because}" if of.because else ""
    return rows(["", "cluster", "pathway", "route", "score", "confidence"], cells, f"{of.verdict}{because}")
