"""Maps, and what is computed from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Dict, List, Optional, Sequence, Tuple, TypedDict, Union

from . import _checks, _html, _tlevel
from ._results import Concepts, Derivation, Difference, Explanation, Findings, Programme, TopicMatrix

if TYPE_CHECKING:
    from fractions import Fraction
    from os import PathLike

    from typing_extensions import Literal, Unpack

    from ._checks import Source, Text
    from ._tlevel import Table

    #: ``t-level``, ``panel``, a policy as JSON or as a dict, or a file with one.
    PolicyLike = Union[str, Dict[str, Any], "PathLike[str]"]
    #: A share: a number, a fraction, or a text such as ``60 %``, ``2/3`` or ``3 of 4``.
    Share = Union[float, str, "Fraction"]

__all__ = ["Map", "Options", "check", "diff", "spec"]


class Joining(TypedDict, total=False):
    """The options of `Options`, without ``pathway``."""

    quorum: Optional[Share]
    route_quorum: Optional[Share]
    near: Optional[int]
    specialisms: Optional[str]
    on: Optional[str]
    threshold: Optional[float]
    exact: Optional[bool]
    concepts: Optional[Text]
    share: Optional[Literal["topic", "statement"]]
    ledger: Optional[Union[Text, Sequence[Text]]]
    decisions: Optional[Union[Text, Sequence[Text]]]
    topics: Optional[Text]
    only_topics: Optional[bool]
    topic_decisions: Optional[Text]


class Options(Joining, total=False):
    """The options of the command line, as keyword arguments.

    A text is given as itself (``str``), and a file as ``pathlib.Path``. Leave out an
    option, or give ``None``, for the usual value.

    Attributes
    ----------
    quorum, route_quorum : float, str or fractions.Fraction
        The share of a pathway's occupations, or of a route's pathways, that makes core:
        ``0.6``, ``"60 %"``, ``"2/3"``, ``"3 of 4"``.
    near : int
        How many occupations or pathways a near miss may lack.
    specialisms : str
        What makes a specialism: ``unit``, ``cluster``, ``merged`` or ``merged=SHARE``.
    on : str
        The date for which the policy's marks are read, such as ``2026-09``.
    threshold : float
        The score that joins statements, from 0 to 1.
    exact : bool
        Join equal wordings only.
    concepts : str or Path
        Concepts that people judged, as CSV.
    share : str
        What makes core: ``topic`` or ``statement``.
    ledger : str or Path, or several
        Decisions on pairs of statements, as CSV.
    decisions : str or Path, or several
        Decisions on a draft, as CSV.
    topics : str or Path
        A vocabulary of topics, as JSON or CSV.
    only_topics : bool
        Leave the bundled vocabulary out.
    topic_decisions : str or Path
        Decisions on topics, as CSV.
    pathway : str, or several
        Only these pathways: an id, the end of an id, or a name.
    """

    pathway: Optional[Union[str, Sequence[str]]]


class Map:
    """An occupational map that was read and checked.

    Make one with `Map.read` or `Map.bundled`. A map does not change. It can be pickled.

    Examples
    --------
    >>> import tlevel
    >>> england = tlevel.Map.bundled()
    >>> england
    <tlevel.Map: ..., 411 occupations>
    >>> onsite = england.derive(policy="panel")["onsite-construction"]
    >>> onsite.pathway_core[0]["support"]["have"] > 1
    True
    """

    __slots__ = ("_core", "_derived")

    def __init__(self, core: _tlevel.Map) -> None:
        if not isinstance(core, _tlevel.Map):
            raise TypeError("make a map with Map.read(path or bytes), or with Map.bundled()")
        self._core = core
        self._derived: Optional[Derivation] = None

    @classmethod
    def read(cls, source: Source) -> Map:
        """Read and check a map in any format that tlevel knows.

        Parameters
        ----------
        source : path or bytes
            A file, or its content.

        Returns
        -------
        Map
            The map. Records with an error are set aside; `Map.check` lists them.

        Raises
        ------
        ReadError
            The file is not a map, or no record of it can be used.

        Examples
        --------
        >>> from tlevel import Map, ReadError
        >>> try:
        ...     Map.read(b"a letter")
        ... except ReadError as error:
        ...     print(error.place)
        line 1, column 1
        """
        data, name = _checks.content("source", source)
        return cls(_tlevel.Map.read(data, name))

    @classmethod
    def bundled(cls) -> Map:
        """Return the map that tlevel carries.

        As on the command line, its programmes use concepts that people judged, unless
        an option says how statements are joined.
        """
        return cls(_tlevel.Map.bundled())

    @property
    def title(self) -> Optional[str]:
        """The title, if it has one."""
        return self._core.title

    @property
    def counts(self) -> Dict[str, int]:
        """How many routes, pathways, clusters, occupations and statements it has."""
        names = ["routes", "pathways", "clusters", "occupations", "statements"]
        return dict(zip(names, self._core.counts()))

    def occupations(self) -> Table:
        """Return the occupations as a table.

        Returns
        -------
        Table
            Columns occupation, title, level, status, cluster, pathway, route,
            statements (how many).

        Examples
        --------
        >>> import tlevel
        >>> len(tlevel.Map.bundled().occupations())
        411
        """
        return self._core.occupations()

    def statements(self) -> Table:
        """Return the statements as a table: occupation, statement, kind, text."""
        return self._core.statements()

    def to_json(self) -> str:
        """Return the map in the native format, as ``tlevel convert`` prints it."""
        return self._core.to_json()

    def check(self) -> Findings:
        """Return what the rules found: ``tlevel check``.

        Use `tlevel.check` for a file of which nothing can be used.
        """
        return Findings(self._core.check())

    def harmonise(self, policy: Optional[PolicyLike] = None, **options: Unpack[Options]) -> Concepts:
        """Join statements that say the same: ``tlevel harmonise``.

        Parameters
        ----------
        policy : str, dict or Path, optional
            The policy whose levels have topics; by default ``panel``.
        **options
            See `Options`.

        Returns
        -------
        Concepts
            Concepts and topics, with every reason.

        Raises
        ------
        OptionsError
            A ledger that contradicts itself, for example.
        """
        return Concepts(self._core.harmonise(_given(policy, options)))

    def topics(self, policy: Optional[PolicyLike] = None, **options: Unpack[Options]) -> TopicMatrix:
        """Return which occupation has which topic: ``tlevel derive --matrix``.

        Raises
        ------
        OptionsError
            Statements are shared, so there are no topics. So it is with the bundled map,
            unless ``share="topic"`` is given.

        Examples
        --------
        >>> import tlevel
        >>> matrix = tlevel.Map.bundled().topics("panel", share="topic", pathway="onsite-construction")
        >>> matrix.table().column_names
        ['occupation', 'option', 'topic', 'heading', 'nature', 'statements', 'has']
        """
        return TopicMatrix(self._core.topics(_given(policy, options)))

    def derive(self, policy: Optional[PolicyLike] = None, **options: Unpack[Options]) -> Derivation:
        """Derive the programme of every pathway: ``tlevel derive``.

        Parameters
        ----------
        policy : str, dict or Path, optional
            ``t-level`` (core is what all have; the usual one), ``panel`` (what half of
            them have), or a policy of your own.
        **options
            See `Options`.

        Returns
        -------
        Derivation
            The programmes.

        Raises
        ------
        PolicyError
            What is no policy.
        NotFoundError
            A pathway that the map does not have.

        Examples
        --------
        >>> import tlevel
        >>> england = tlevel.Map.bundled()
        >>> strict, half = england.derive(), england.derive(policy="panel")
        >>> core = lambda derivation: sum(len(p.pathway_core) for p in derivation)
        >>> core(half) > core(strict)
        True
        >>> england.derive(policy="pannel")
        Traceback (most recent call last):
        tlevel._errors.PolicyError: policy: "pannel" is neither t-level, panel nor a policy as JSON...
        """
        return Derivation(self._core.derive(_given(policy, options)))

    @property
    def programmes(self) -> List[Programme]:
        """The programmes by the usual policy: ``map.derive().programmes``, derived once."""
        if self._derived is None:
            self._derived = self.derive()
        return self._derived.programmes

    def explain(
        self, about: str, policy: Optional[PolicyLike] = None, **options: Unpack[Options]
    ) -> Explanation:
        """Return why something is core or not: ``tlevel derive --explain``.

        Parameters
        ----------
        about : str
            A concept's id, a statement such as ``"OCC0682 K10"``, or a topic's id or
            heading.
        policy, **options
            As for `derive`.
        """
        return Explanation(self._core.explain(_checks.string("about", about), _given(policy, options)))

    def __repr__(self) -> str:
        return f"<tlevel.Map: {self.title or 'untitled'}, {self.counts['occupations']} occupations>"

    def __reduce__(self) -> Tuple[Callable[..., Map], Tuple[Any, ...]]:
        if self._core.is_bundled:
            return Map.bundled, ()
        return Map.read, (self.to_json().encode(),)

    def _repr_html_(self) -> str:
        return _html.rows(list(self.counts), [list(self.counts.values())], self.title or "untitled")


def _given(policy: Any, options: Any, **more: Any) -> str:
    return _checks.options({"policy": policy, **options, **more})


def _core(name: str, value: Any) -> _tlevel.Map:
    if not isinstance(value, Map):
        raise TypeError(f"{name}: expected a tlevel.Map, found {_checks.kind(value)}")
    return value._core


def check(source: Source) -> Findings:
    """Return what the rules find in a file, even if no record can be used.

    Parameters
    ----------
    source : path or bytes
        A file, or its content.

    Raises
    ------
    ReadError
        The file is not a map.

    Examples
    --------
    >>> import tlevel
    >>> tlevel.check(b'{"format": "tlevel-map", "version": 1, "routes": []}').counts["error"]
    1
    """
    data, name = _checks.content("source", source)
    return Findings(_tlevel.Map.check_bytes(data, name))


def diff(
    old: Map,
    new: Map,
    policy: Optional[PolicyLike] = None,
    *,
    new_policy: Optional[PolicyLike] = None,
    names: Tuple[str, str] = ("old", "new"),
    **options: Unpack[Options],
) -> Difference:
    """Compare two maps: what differs, and the effect on programmes: ``tlevel diff``.

    Parameters
    ----------
    old, new : Map
        The two maps.
    policy : str, dict or Path, optional
        The policy; by default ``t-level``.
    new_policy : str, dict or Path, optional
        The new map's policy, if it differs.
    names : (str, str)
        The names of the two maps in the result.
    **options
        See `Options`.

    Examples
    --------
    >>> import tlevel
    >>> england = tlevel.Map.bundled()
    >>> tlevel.diff(england, england).to_dict()["changes"]["summary"]["added"]
    0
    """
    pair = _checks.strings("names", names)
    if len(pair) != 2:
        raise ValueError(f"names: expected two names, found {len(pair)}")
    given = _given(policy, options, new_policy=new_policy, names=pair)
    return Difference(_core("old", old).diff(_core("new", new), given))


def spec(
    map: Map,
    pathway: str,
    policy: Optional[PolicyLike] = None,
    *,
    format: str = "docx",
    date: Optional[str] = None,
    **options: Unpack[Joining],
) -> bytes:
    """Draft the specification of a pathway: ``tlevel spec``.

    Parameters
    ----------
    map : Map
        The map.
    pathway : str
        The pathway: its id, the end of its id, or its name.
    policy : str, dict or Path, optional
        The policy; by default ``t-level``.
    format : str
        ``docx`` (Word, without pictures), ``xlsx``, ``html``, ``md``, ``txt`` or ``json``.
    date : str, optional
        The date that the draft shows.
    **options
        See `Options`.

    Returns
    -------
    bytes
        The file.

    Examples
    --------
    >>> import tlevel
    >>> page = tlevel.spec(tlevel.Map.bundled(), "onsite-construction", "panel", format="html")
    >>> page.startswith(b"<!DOCTYPE html>")
    True
    """
    given = _given(policy, options, date=date)
    core = _core("map", map).spec(_checks.string("pathway", pathway), given)
    return core.written(_checks.string("format", format))
