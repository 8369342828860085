"""Where new occupations belong."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Callable, Iterable, List, Mapping, Optional, Tuple, Union

from . import _checks, _tlevel
from ._errors import ReadError
from ._map import Map, _core
from ._results import Placements

if TYPE_CHECKING:
    from os import PathLike

    from ._checks import Source, Text
    from ._tlevel import Placement, Table

    Progress = Union[bool, Callable[[int], object], None]

__all__ = ["Placer"]

_MOST = 1_000_000
_LEVEL = 2**62


class Placer:
    """Suggests clusters of a map for new occupations.

    Build it once, and save it for workers: loading takes a few milliseconds. It can be
    pickled, and used by several threads at once.

    Parameters
    ----------
    map : Map
        The map.
    words_only : bool
        Compare words only, without the table of what they mean.

    Examples
    --------
    >>> import tlevel
    >>> placer = tlevel.Placer(tlevel.Map.bundled())
    >>> placement = placer.suggest("Solar roof installer", level=2, statements=["Fix panels to pitched roofs."])
    >>> placement.suggestions[0].route
    'construction'
    >>> tlevel.Placer.load(placer.save()).suggest("Roofer").verdict == placer.suggest("Roofer").verdict
    True
    """

    __slots__ = ("_core",)

    def __init__(self, map: Map, *, words_only: bool = False) -> None:
        self._core = _tlevel.Placer.of(_core("map", map), _checks.flag("words_only", words_only))

    @classmethod
    def _of(cls, core: _tlevel.Placer) -> Placer:
        placer = cls.__new__(cls)
        placer._core = core
        return placer

    @classmethod
    def load(cls, source: Source) -> Placer:
        """Load a saved index: a file of `save` or of ``tlevel suggest --save-index``.

        Raises
        ------
        ReadError
            What is not an index, is damaged, or is of another version.
        """
        data, name = _checks.content("source", source)
        return cls._of(_tlevel.Placer.load(data, name))

    def save(self, path: Optional[Union[str, PathLike[str]]] = None) -> bytes:
        """Return the index as bytes, and write it to a file if one is given."""
        data = self._core.save()
        if path is not None:
            if not isinstance(path, str) and not hasattr(path, "__fspath__"):
                raise TypeError(f"path: expected a path, found {_checks.kind(path)}")
            try:
                with open(path, "wb") as file:
                    file.write(data)
            except OSError as error:
                raise ReadError(f"{path}: cannot be written ({error.strerror or error})") from error
        return data

    def with_titles(self, table: Union[Text, bytes]) -> Tuple[Placer, List[str]]:
        """Return a placer that knows more titles, and notes on rows that are not used.

        Parameters
        ----------
        table : str, bytes or Path
            A table with the column title, and occupation, cluster or soc.
        """
        if isinstance(table, str):
            data, name = table.encode(), None
        else:
            data, name = _checks.content("table", table)
        core, notes = self._core.with_titles(data, name or "titles")
        return Placer._of(core), notes

    @property
    def clusters(self) -> List[str]:
        """The ids of the clusters, in the order of the map."""
        return self._core.clusters()

    def suggest(
        self,
        title: str = "",
        *,
        statements: Union[str, Iterable[str]] = (),
        level: Optional[int] = None,
        job_titles: Union[str, Iterable[str]] = (),
        keywords: Union[str, Iterable[str]] = (),
        overview: str = "",
        duties: Union[str, Iterable[str]] = (),
        qualifications: Union[str, Iterable[str]] = (),
        id: str = "",
        k: int = 5,
    ) -> Placement:
        """Suggest clusters for one occupation.

        Parameters
        ----------
        title : str
            Its title.
        statements, duties, qualifications : str or several
            What people in it know, can do, or are. One text is split into lines.
        level : int, optional
            Its level, 2 to 7.
        job_titles, keywords : str or several
            Other names. One text is split at semicolons.
        overview : str
            A description.
        id : str
            A name for it in the result.
        k : int
            How many clusters to suggest.

        Returns
        -------
        Placement
            The clusters, the best first, with a verdict and the terms that speak for
            each.

        Examples
        --------
        >>> import tlevel
        >>> placement = tlevel.Placer(tlevel.Map.bundled()).suggest("Network technician", k=2)
        >>> [suggestion.route for suggestion in placement.suggestions]
        ['digital', 'digital']
        """
        return self._core.suggest(
            _checks.string("title", title),
            _checks.string("id", id),
            None if level is None else _checks.whole("level", level, -_LEVEL, _LEVEL),
            _checks.strings("job_titles", job_titles, ";"),
            _checks.strings("keywords", keywords, ";"),
            _checks.string("overview", overview),
            _checks.strings("statements", statements, "\n"),
            _checks.strings("duties", duties, "\n"),
            _checks.strings("qualifications", qualifications, "\n"),
            _checks.whole("k", k, 0, _MOST),
        )

    def suggest_all(
        self,
        occupations: Union[Text, Iterable[Mapping[str, Any]]],
        *,
        k: int = 5,
        explain: bool = False,
    ) -> Placements:
        """Suggest clusters for several occupations: ``tlevel suggest --new``.

        Parameters
        ----------
        occupations : str, bytes, Path, or several dicts
            Occupations as JSON: one, a list, or one a line; or a map. Dicts have the
            same members.
        k : int
            How many clusters to suggest for each.
        explain : bool
            Give all the evidence for and against each suggestion.

        Raises
        ------
        ReadError
            What is not an occupation.

        Examples
        --------
        >>> import tlevel
        >>> placer = tlevel.Placer(tlevel.Map.bundled())
        >>> len(placer.suggest_all([{"title": "Baker"}, {"title": "Roofer", "level": 2}]))
        2
        """
        if isinstance(occupations, str):
            data = occupations.encode()
        elif isinstance(occupations, bytes) or hasattr(occupations, "__fspath__"):
            data = _checks.content("occupations", occupations)[0]
        else:
            if isinstance(occupations, Mapping) or not isinstance(occupations, Iterable):
                found = _checks.kind(occupations)
                raise TypeError(f"occupations: expected JSON, a pathlib.Path or several dicts, found {found}")
            import json

            listed = list(occupations)
            for row, one in enumerate(listed):
                if not isinstance(one, dict):
                    raise TypeError(f"occupations, item {row}: expected a dict, found {_checks.kind(one)}")
            try:
                data = json.dumps(listed, allow_nan=False).encode()
            except RecursionError:
                raise ReadError("occupations: nested too deeply") from None
        most, explained = _checks.whole("k", k, 0, _MOST), _checks.flag("explain", explain)
        return Placements(self._core.suggest_json(data, most, explained))

    def suggest_batch(
        self,
        table: object,
        k: int = 3,
        min_confidence: float = 0.0,
        *,
        evidence: bool = True,
        threads: int = 1,
        first_row: int = 0,
        progress: Progress = None,
    ) -> Table:
        """Suggest clusters for the rows of a table.

        The result does not depend on how the rows are cut into batches, nor on the
        number of threads: the same rows give the same bytes.

        Parameters
        ----------
        table : Arrow table, record batch, stream or column
            Anything with ``__arrow_c_array__`` or ``__arrow_c_stream__``: of pyarrow,
            polars, pandas 3, DuckDB. It has the column title, or at least one of
            job_titles, keywords, overview, statements (or text) and duties; also level
            and qualifications. Columns for several texts are lists of text, or one
            text with a line for each (job_titles and keywords: with semicolons). Other
            columns are not used. A column of text by itself holds titles.
        k : int
            How many clusters to suggest for each row.
        min_confidence : float
            Leave out suggestions with a lower confidence.
        evidence : bool
            Give the terms that speak for each suggestion. Without them it takes about
            half the time.
        threads : int
            How many threads place rows.
        first_row : int
            The number of the first row, for a part of a larger table.
        progress : True or callable, optional
            Called with how many rows are done. True shows a bar, if tqdm is installed.

        Returns
        -------
        Table
            A row for each suggestion: row (from ``first_row``), rank (from 1), cluster,
            pathway, route, score, confidence, verdict, evidence (a list of term and
            share). A row without a suggestion to show appears once, with its verdict
            and no cluster.

        Raises
        ------
        TableError
            A column of a wrong type, a missing column, or a null; ``place`` has the
            column and the row. Only in the columns title and in lists is a null an
            error; elsewhere it means that nothing is known.

        Examples
        --------
        >>> import pyarrow as pa, tlevel
        >>> placer = tlevel.Placer(tlevel.Map.bundled())
        >>> adverts = pa.table({"title": ["Roofer", "Network technician"], "level": [2, 3]})
        >>> placed = placer.suggest_batch(adverts, k=1)
        >>> pa.table(placed).column("route").to_pylist()
        ['construction', 'digital']
        """
        call, close = _progress(progress, table)
        try:
            return self._core.suggest_batch(
                table,
                _checks.whole("k", k, 0, _MOST),
                _checks.share("min_confidence", min_confidence),
                _checks.flag("evidence", evidence),
                _checks.whole("threads", threads, 1, 1024),
                _checks.whole("first_row", first_row, 0, _LEVEL),
                call,
            )
        finally:
            close()

    def __len__(self) -> int:
        """How many occupations the index holds."""
        return len(self._core)

    def __repr__(self) -> str:
        return f"<tlevel.Placer: {len(self)} occupations, {len(self.clusters)} clusters>"

    def __reduce__(self) -> Tuple[Callable[[bytes], Placer], Tuple[bytes]]:
        return Placer.load, (self.save(),)


def _nothing() -> None:
    return None


def _progress(progress: Progress, table: object) -> Tuple[Optional[Callable[[int], object]], Callable[[], None]]:
    """What to call with the rows that are done, and what to call at the end."""
    if progress is None or progress is False:
        return None, _nothing
    if callable(progress):
        return progress, _nothing
    if progress is not True:
        raise TypeError(f"progress: expected True or something to call, found {_checks.kind(progress)}")
    try:
        tqdm = import_module("tqdm.auto").tqdm
    except ImportError:
        return None, _nothing
    total = getattr(table, "num_rows", None)
    bar = tqdm(total=total if isinstance(total, int) else None, unit=" rows")

    def call(done: int) -> None:
        bar.update(done - bar.n)

    return call, bar.close
