"""Results: JSON as the command line prints it, plain data, and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Dict, Iterator, List, Optional, Tuple

from . import _html
from ._checks import string

if TYPE_CHECKING:
    from ._tlevel import Outcome, Table

__all__ = [
    "Concepts",
    "Derivation",
    "Difference",
    "Explanation",
    "Findings",
    "Placements",
    "Programme",
    "Result",
    "TabularResult",
    "TopicMatrix",
]


class Result:
    """A result. What it holds is the JSON of the command line.

    Examples
    --------
    >>> import tlevel
    >>> findings = tlevel.Map.bundled().check()
    >>> findings.to_dict()["format"]
    'tlevel-findings'
    """

    __slots__ = ("_core", "_data")

    def __init__(self, core: Outcome) -> None:
        self._core = core
        self._data: Optional[Any] = None

    def to_json(self) -> str:
        """Return the JSON that the command line prints, byte for byte."""
        return self._core.to_json()

    def to_dict(self) -> Any:
        """Return the result as plain data, read once. Do not change it."""
        if self._data is None:
            import json

            self._data = json.loads(self.to_json())
        return self._data


class TabularResult(Result):
    """A result that is a table, too.

    Arrow, pandas, polars and DuckDB take the result itself: ``pyarrow.table(result)``,
    ``polars.DataFrame(result)``.
    """

    __slots__ = ()

    def table(self) -> Table:
        """Return the result as a table."""
        return self._core.table()

    def __arrow_c_schema__(self) -> object:
        return self.table().__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        return self.table().__arrow_c_stream__(requested_schema)

    def _repr_html_(self) -> str:
        return _html.table(self.table())


class Findings(TabularResult):
    """What the rules found in a map: ``tlevel check``.

    The table has a row for each finding, with the columns rule, severity, pointer,
    line, column and message.

    Examples
    --------
    >>> import tlevel
    >>> findings = tlevel.Map.bundled().check()
    >>> findings.counts["error"]
    0
    >>> findings.table().column_names
    ['rule', 'severity', 'pointer', 'line', 'column', 'message']
    """

    __slots__ = ()

    @property
    def counts(self) -> Dict[str, Any]:
        """How many findings of each severity and rule there are, and the size of the map."""
        counts: Dict[str, Any] = self.to_dict()["counts"]
        return counts

    def __len__(self) -> int:
        return len(self.to_dict()["findings"])

    def __repr__(self) -> str:
        counts = self.counts
        return f"<tlevel.Findings: {counts['error']} errors, {counts['warning']} warnings, {counts['note']} notes>"


class Concepts(TabularResult):
    """Statements that say the same, joined: ``tlevel harmonise``.

    The table has a row for each statement: concept, kind, topic, concept_text,
    occupation, statement, text, cohesion.

    Examples
    --------
    >>> import tlevel
    >>> concepts = tlevel.Map.bundled().harmonise(threshold=0.6)
    >>> len(concepts) > 500
    True
    """

    __slots__ = ()

    def __len__(self) -> int:
        return len(self.to_dict()["concepts"])

    def __repr__(self) -> str:
        return f"<tlevel.Concepts: {len(self)} concepts, {len(self.to_dict()['topics'])} topics>"


class TopicMatrix(TabularResult):
    """Which occupation has how many statements on which topic.

    The table has a row for each pair that occurs: occupation, option, topic, heading,
    nature, statements, has.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        data = self.to_dict()
        return f"<tlevel.TopicMatrix: {len(data['rows'])} units, {len(data['areas'])} topics>"


class Explanation(Result):
    """Why a concept, a statement or a topic is core or not."""

    __slots__ = ()


class Difference(TabularResult):
    """How two maps differ, and what that does to programmes: ``tlevel diff``.

    The table has a row for each line of the document, as its CSV: part, section, sign
    (``+`` gained, ``-`` lost), label, text, aside, of (the line above that it belongs to).
    """

    __slots__ = ()

    def to_bytes(self, format: str = "docx") -> bytes:
        """Return it as a document: docx, xlsx, html, md, csv, txt or json."""
        return self._core.written(string("format", format))


class Programme:
    """The T Level of a pathway.

    Examples
    --------
    >>> import tlevel
    >>> programme = tlevel.Map.bundled().derive(policy="panel")["Onsite construction"]
    >>> programme.pathway["name"]
    'Onsite construction'
    >>> programme.specialisms[0]["title"] != ""
    True
    """

    __slots__ = ("_data",)

    def __init__(self, data: Dict[str, Any]) -> None:
        self._data = data

    def to_dict(self) -> Dict[str, Any]:
        """Return the programme as plain data."""
        return self._data

    @property
    def route(self) -> Dict[str, str]:
        """The id and the name of the route."""
        return self._part("route")

    @property
    def pathway(self) -> Dict[str, str]:
        """The id and the name of the pathway."""
        return self._part("pathway")

    @property
    def topics(self) -> List[Dict[str, Any]]:
        """The topics of the core, if topics are shared."""
        return self._list("topics")

    @property
    def route_core(self) -> List[Dict[str, Any]]:
        """The items that pathways of the route share."""
        return self._list("route_core")

    @property
    def pathway_core(self) -> List[Dict[str, Any]]:
        """The items that occupations of the pathway share."""
        return self._list("pathway_core")

    @property
    def specialisms(self) -> List[Dict[str, Any]]:
        """What is left for each occupation."""
        return self._list("specialisms")

    @property
    def near_misses(self) -> List[Dict[str, Any]]:
        """What is just short of the core."""
        return self._list("near_misses")

    @property
    def excluded(self) -> List[Dict[str, Any]]:
        """The occupations that do not count, with reasons."""
        return self._list("excluded")

    def _part(self, name: str) -> Dict[str, str]:
        part: Dict[str, str] = self._data[name]
        return part

    def _list(self, name: str) -> List[Dict[str, Any]]:
        part: List[Dict[str, Any]] = self._data.get(name, [])
        return part

    def __repr__(self) -> str:
        core = len(self.route_core) + len(self.pathway_core)
        return f"<tlevel.Programme: {self.pathway['name']}, {core} core items, {len(self.specialisms)} specialisms>"

    def _repr_html_(self) -> str:
        cells = [("topic", t["tier"], t["heading"], _of(t)) for t in self.topics]
        cells += [("item", "route", i["text"], _of(i)) for i in self.route_core]
        cells += [("item", "pathway", i["text"], _of(i)) for i in self.pathway_core]
        cells += [("specialism", "", s["title"], f"{len(s['content'])} items") for s in self.specialisms]
        return _html.rows(["", "tier", "content", "had by"], cells, f"T Level: {self.pathway['name']}")


def _of(item: Dict[str, Any]) -> str:
    return f"{item['support']['have']} of {item['support']['of']}"


class Derivation(TabularResult):
    """The programmes of a map: ``tlevel derive``.

    It is a sequence of programmes, and finds them by the id or the name of the pathway.
    The table has a row for each item, with the columns of the command line's CSV. It
    can be pickled.

    Examples
    --------
    >>> import tlevel
    >>> derivation = tlevel.Map.bundled().derive(policy="panel")
    >>> len(derivation)
    23
    >>> derivation["onsite-construction"]
    <tlevel.Programme: Onsite construction, ...>
    >>> "tier" in derivation.table().column_names
    True
    """

    __slots__ = ()

    @property
    def programmes(self) -> List[Programme]:
        """The programmes, in the order of the map."""
        return [Programme(data) for data in self.to_dict()["programmes"]]

    @property
    def no_programme(self) -> List[Dict[str, Any]]:
        """The pathways without a programme, with reasons."""
        none: List[Dict[str, Any]] = self.to_dict()["no_programme"]
        return none

    @classmethod
    def from_json(cls, text: str) -> Derivation:
        """Read programmes from the JSON of ``tlevel derive``.

        Raises
        ------
        ReadError
            The text is something else.
        """
        from ._tlevel import Outcome

        return cls(Outcome.derivation(string("text", text)))

    def to_bytes(self, format: str = "docx") -> bytes:
        """Return the programmes as a document: docx, xlsx, html, md, csv, txt or json."""
        return self._core.written(string("format", format))

    def __len__(self) -> int:
        return len(self.to_dict()["programmes"])

    def __iter__(self) -> Iterator[Programme]:
        return iter(self.programmes)

    def __getitem__(self, pathway: str) -> Programme:
        from difflib import get_close_matches

        from ._errors import NotFoundError

        name = string("pathway", pathway)
        for programme in self.programmes:
            own = programme.pathway
            if name in (own["id"], own["name"], own["id"].rpartition("/")[2]):
                return programme
        near = get_close_matches(name, [programme.pathway["name"] for programme in self], 1)
        hint = f'; did you mean "{near[0]}"?' if near else ""
        raise NotFoundError(f'no programme of a pathway "{name}"{hint}')

    def __repr__(self) -> str:
        return f"<tlevel.Derivation: {len(self)} programmes>"

    def __reduce__(self) -> Tuple[Callable[[str], Derivation], Tuple[str]]:
        return Derivation.from_json, (self.to_json(),)

    def _repr_html_(self) -> str:
        cells = [
            (
                programme.route["name"],
                programme.pathway["name"],
                len(programme.topics),
                len(programme.route_core),
                len(programme.pathway_core),
                len(programme.specialisms),
            )
            for programme in self
        ]
        names = ["route", "pathway", "topics", "route core", "pathway core", "specialisms"]
        return _html.rows(names, cells, f"{len(cells)} programmes")


class Placements(Result):
    """Where several occupations belong: ``tlevel suggest --new``."""

    __slots__ = ()

    def __len__(self) -> int:
        return len(self.to_dict())

    def __repr__(self) -> str:
        return f"<tlevel.Placements: {len(self)} occupations>"
