"""Clusterings and measures, in scikit-learn's manner.

Labels are array-likes: lists, numpy arrays, pandas and polars series, Arrow arrays; of
integers, texts or anything hashable. Points are a `tlevel.Map` (its occupations, in the
order of their ids), `Points`, or rows of numbers.

The label -1 means *no group* (noise), as HDBSCAN and DBSCAN of scikit-learn give it.
Points with it are left out of every measure, and ``left_out`` says how many there were.
Pass ``noise=None`` to treat it as a group like any other, as scikit-learn's own measures
do. The clusterings here put every point in a group, so they never give -1.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple, Union

from . import _checks, _html, _tlevel
from ._errors import OptionsError, ShapeError, TableError
from ._map import Map, _core
from ._results import TabularResult

if TYPE_CHECKING:
    from ._map import PolicyLike, Share
    from ._tlevel import Table

__all__ = ["Clusters", "Measures", "Misfits", "Points", "Sweep", "agreement", "cluster", "internal", "misfits", "sweep"]

_SEED = 2**64 - 1


class Measures(Mapping[str, float]):
    """Figures by name.

    Attributes
    ----------
    left_out : int
        How many points were left out, because a label says that they are in no group.

    Examples
    --------
    >>> from tlevel import study
    >>> measures = study.agreement([0, 0, 1, 1], ["a", "a", "b", "b"])
    >>> measures["adjusted_rand"], measures.left_out
    (1.0, 0)
    """

    def __init__(self, values: List[Tuple[str, float]], left_out: int, clusters: Optional[Table] = None) -> None:
        self._values = dict(values)
        self._clusters = clusters
        self.left_out = left_out

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    @property
    def clusters(self) -> Optional[Table]:
        """For `internal`: the quality of each cluster."""
        return self._clusters

    def table(self) -> Table:
        """Return the figures as a table: measure, value. Arrow takes them as they are, too."""
        return _tlevel.measures(list(self._values.items()))

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        return self.table().__arrow_c_stream__(requested_schema)

    def to_dict(self) -> Dict[str, Any]:
        """Return the figures as plain data, as ``tlevel study`` names them."""
        return {"measures": [{"measure": name, "value": value} for name, value in self._values.items()]}

    def to_json(self) -> str:
        """Return the figures as JSON."""
        import json

        return json.dumps(self.to_dict(), indent=2) + "\n"

    def __repr__(self) -> str:
        shown = ", ".join(f"{name} {value:.4g}" for name, value in list(self._values.items())[:3])
        return f"<tlevel.study.Measures: {shown}{', ...' if len(self) > 3 else ''}>"

    def _repr_html_(self) -> str:
        left_out = f", without {self.left_out} points in no group" if self.left_out else ""
        return _html.rows(["measure", "value"], list(self._values.items()), f"{len(self)} measures{left_out}")


class Points:
    """Points with the similarity of every pair.

    Make them with `of_map`, `of_vectors` or `of_similarities`. Memory is four bytes a
    pair. They can be pickled, which writes all pairs.

    Examples
    --------
    >>> import tlevel
    >>> points = tlevel.study.Points.of_map(tlevel.Map.bundled())
    >>> len(points), points.ids == sorted(points.ids)
    (411, True)
    """

    __slots__ = ("_core", "_map")

    def __init__(self, core: _tlevel.Points, map: Optional[Map] = None) -> None:
        if not isinstance(core, _tlevel.Points):
            raise TypeError("make points with Points.of_map, of_vectors or of_similarities")
        self._core = core
        self._map = map

    @classmethod
    def of_map(cls, map: Map) -> Points:
        """Return the occupations of a map, compared by their words."""
        return cls(_tlevel.Points.of_map(_core("map", map)), map)

    @classmethod
    def of_vectors(cls, X: Any) -> Points:
        """Return rows of numbers, compared by their cosine.

        Parameters
        ----------
        X : array-like of shape (n_points, n_features)
            Numbers, all finite.
        """
        return cls(_tlevel.Points.of_vectors(*_matrix(X)))

    @classmethod
    def of_similarities(cls, X: Any) -> Points:
        """Return points with these cosines, from -1 to 1.

        Parameters
        ----------
        X : array-like of shape (n_points, n_points)
            Symmetric; the diagonal is not looked at.
        """
        data, kind, rows, columns = _matrix(X)
        if rows != columns:
            raise ShapeError(f"X: expected as many columns as rows, found {rows} rows of {columns}")
        return cls(_tlevel.Points.of_similarities(data, kind, rows))

    @property
    def ids(self) -> List[str]:
        """The ids, in ascending order; for vectors the number of each row."""
        return self._core.ids

    @property
    def titles(self) -> List[str]:
        """The titles, in the order of the ids."""
        return self._core.titles

    def official(self, by: str = "cluster") -> List[str]:
        """Return the groups of the map, in the order of the ids.

        Parameters
        ----------
        by : str
            ``route``, ``pathway``, ``cluster`` or ``band``.
        """
        return self._core.official(_checks.string("by", by))

    def similarity(self, i: int, j: int) -> float:
        """Return the cosine of two points."""
        most = max(len(self) - 1, 0)
        return self._core.similarity(_checks.whole("i", i, 0, most), _checks.whole("j", j, 0, most))

    def __len__(self) -> int:
        return len(self._core)

    def __repr__(self) -> str:
        return f"<tlevel.study.Points: {len(self)} points>"

    def __reduce__(self) -> Tuple[Callable[..., Points], Tuple[Any, ...]]:
        return Points._again, (self._core.condensed(), self.ids, self.titles, self._map)

    @classmethod
    def _again(cls, pairs: bytes, ids: List[str], titles: List[str], map: Optional[Map]) -> Points:
        core = None if map is None else _core("map", map)
        return cls(_tlevel.Points.of_condensed(pairs, ids, titles, core), map)


class Clusters:
    """A clustering, as an estimator of scikit-learn: ``fit``, ``fit_predict``, ``labels_``.

    Parameters
    ----------
    method : str
        ``single``, ``complete``, ``average``, ``weighted``, ``ward``, ``k-medoids`` or
        ``louvain``.
    n_clusters : int, optional
        How many clusters; by default the number with the best mean silhouette. Leave it
        out for ``louvain``, which finds its own.
    seed : int
        The seed of ``louvain``'s order of moves.

    Attributes
    ----------
    labels_ : list of int
        The cluster of each point, from 0, numbered by first occurrence. Never -1: every
        point is in a cluster.
    n_clusters_ : int
        How many clusters there are.
    merges_, tried_ : Table
        The steps of an agglomerative method, and the numbers of clusters that were
        tried, with the mean silhouette of each.

    Examples
    --------
    >>> from tlevel import study
    >>> study.Clusters("average", n_clusters=2).fit_predict([[1, 0], [0.9, 0.1], [0, 1]])
    [0, 0, 1]
    """

    def __init__(self, method: str = "average", n_clusters: Optional[int] = None, seed: int = 0) -> None:
        self.method = method
        self.n_clusters = n_clusters
        self.seed = seed

    def fit(self, X: Any, y: object = None) -> Clusters:
        """Cluster points: a `Map`, `Points`, or rows of numbers. ``y`` is not used."""
        clusters = self.n_clusters
        labels, merges, tried = _tlevel.cluster(
            _points(X),
            _checks.string("method", self.method),
            None if clusters is None else _checks.whole("n_clusters", clusters, 0, 2**31),
            _checks.whole("seed", self.seed, 0, _SEED),
        )
        self.labels_: List[int] = labels
        self.n_clusters_: int = max(labels) + 1 if labels else 0
        self.merges_: Table = merges
        self.tried_: Table = tried
        return self

    def fit_predict(self, X: Any, y: object = None) -> List[int]:
        """Cluster points, and return the cluster of each."""
        return self.fit(X).labels_

    def get_params(self, deep: bool = True) -> Dict[str, Any]:
        """Return the parameters, as scikit-learn asks for them."""
        return {"method": self.method, "n_clusters": self.n_clusters, "seed": self.seed}

    def set_params(self, **params: Any) -> Clusters:
        """Set parameters."""
        for name, value in params.items():
            if name not in ("method", "n_clusters", "seed"):
                raise OptionsError(f"{name}: no parameter; there are method, n_clusters and seed")
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        return f"Clusters(method={self.method!r}, n_clusters={self.n_clusters!r}, seed={self.seed!r})"


def cluster(X: Any, method: str = "average", n_clusters: Optional[int] = None, *, seed: int = 0) -> Clusters:
    """Cluster points: ``Clusters(method, n_clusters, seed).fit(X)``.

    Parameters
    ----------
    X : Map, Points, or array-like of shape (n_points, n_features)
        The points.
    method, n_clusters, seed
        See `Clusters`.

    Examples
    --------
    >>> import tlevel
    >>> found = tlevel.study.cluster(tlevel.Map.bundled(), "ward", 60)
    >>> found.n_clusters_, len(found.labels_)
    (60, 411)
    """
    return Clusters(method, n_clusters, seed).fit(X)


def agreement(a: Any, b: Any, *, noise: Optional[Union[int, str]] = -1) -> Measures:
    """Measure how alike two labellings of the same points are: ``tlevel study compare``.

    Parameters
    ----------
    a : array-like of shape (n_points,)
        The reference.
    b : array-like of shape (n_points,)
        What is judged.
    noise : int or str, optional
        The label that means *no group*. Points that have it in ``a`` or ``b`` are left
        out. With None, every label is a group.

    Returns
    -------
    Measures
        rand, adjusted_rand, mutual_information, normalised_mutual_information (also
        ``_min``, ``_max``, ``_geometric``), adjusted_mutual_information, homogeneity,
        completeness, v_measure, fowlkes_mallows, bcubed_precision, bcubed_recall,
        bcubed_f, purity, variation_of_information. Those of scikit-learn are equal to
        its.

    Raises
    ------
    ShapeError
        The two have different lengths.
    TableError
        A label is null, or not a number.

    Examples
    --------
    >>> from tlevel import study
    >>> study.agreement([0, 0, 1, 1], [0, 0, 1, 2])["completeness"]
    0.666...
    >>> study.agreement([0, 0, 1, 1], [5, 5, 7, -1]).left_out
    1
    >>> study.agreement([0, 1], [0])
    Traceback (most recent call last):
    tlevel._errors.ShapeError: not about the same points: the first has 2, the second 1
    """
    _noise(noise)
    return Measures(*_tlevel.agreement(_labels("a", a, noise), _labels("b", b, noise)))


def internal(X: Any, labels: Any, *, noise: Optional[Union[int, str]] = -1) -> Measures:
    """Measure how good a labelling is, by the similarity of the points alone.

    Parameters
    ----------
    X : Map, Points, or array-like of shape (n_points, n_features)
        The points.
    labels : array-like of shape (n_points,)
        The group of each point.
    noise : int or str, optional
        The label that means *no group*; such points are left out. With None, every
        label is a group.

    Returns
    -------
    Measures
        silhouette, simplified_silhouette, davies_bouldin, calinski_harabasz, cohesion,
        separation and dunn, without those that are not defined. ``clusters`` is a table
        with the quality of each cluster. The silhouette is that of scikit-learn with
        ``metric="cosine"``.

    Examples
    --------
    >>> from tlevel import study
    >>> measures = study.internal([[1, 0], [0.9, 0.1], [0, 1]], ["a", "a", "b"])
    >>> measures["silhouette"] > 0.5
    True
    >>> measures.clusters.column("cluster")
    ['a', 'b']
    """
    _noise(noise)
    points = _points(X)
    listed = _listed("labels", labels)
    if len(listed) != len(points):
        raise ShapeError(f"labels: {len(listed)} labels of {len(points)} points; give one for each")
    known: Dict[Any, int] = {}
    numbers = [known.setdefault(label, len(known)) for label in listed]
    outside = [_is_noise(label, noise) for label in listed] if noise is not None else []
    core = _tlevel.Labels.of_numbers(numbers, outside if any(outside) else [])
    values, clusters, left_out = _tlevel.internal(points, core, [_shown(label) for label in known])
    return Measures(values, left_out, clusters)


class Misfits(TabularResult):
    """Occupations that are nearer to another cluster: ``tlevel study misfits``.

    The table has the columns occupation, title, cluster, nearer, gain, rank, stability,
    alone.
    """

    __slots__ = ()

    def __len__(self) -> int:
        return len(self.to_dict()["misfits"])


class Sweep(TabularResult):
    """The size of each programme by quorum: ``tlevel study sweep``.

    The table has the columns threshold, quorum, pathway, counting, core, topics,
    content, core_share, specialisms.
    """

    __slots__ = ()


def misfits(map: Map, *, rounds: int = 100, seed: int = 0) -> Misfits:
    """Find occupations that are nearer to another cluster than to their own.

    Parameters
    ----------
    map : Map
        The map.
    rounds : int
        How many times the statements of each are resampled.
    seed : int
        The seed of the samples.

    Examples
    --------
    >>> import tlevel
    >>> found = tlevel.study.misfits(tlevel.Map.bundled(), rounds=0)
    >>> found.table().column("gain")[0] > 0
    True
    """
    core = _core("map", map)
    return Misfits(_tlevel.misfits(core, _checks.whole("rounds", rounds, 0, 1_000_000), _checks.whole("seed", seed, 0, _SEED)))


def sweep(
    map: Map,
    quorums: Sequence[Share] = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3),
    *,
    thresholds: Sequence[float] = (),
    policy: PolicyLike = "t-level",
) -> Sweep:
    """Measure the size of each core by quorum.

    Parameters
    ----------
    map : Map
        The map.
    quorums : several numbers or texts
        The quorums, of the pathway and of the route.
    thresholds : several numbers
        Scores that join statements, besides equal wording.
    policy : str, dict or Path
        The policy of everything else.

    Examples
    --------
    >>> import tlevel
    >>> swept = tlevel.study.sweep(tlevel.Map.bundled(), [1, "1/2"]).table().to_dict()
    >>> len(set(swept["quorum"]))
    2
    """
    core = _core("map", map)
    if isinstance(quorums, (str, bytes)) or not hasattr(quorums, "__iter__"):
        raise TypeError(f"quorums: expected several shares, found {_checks.kind(quorums)}")
    if isinstance(thresholds, (str, bytes)) or not hasattr(thresholds, "__iter__"):
        raise TypeError(f"thresholds: expected several numbers, found {_checks.kind(thresholds)}")
    shares = [_checks.quorum(f"quorums, item {row}", value) for row, value in enumerate(quorums)]
    scores = [_checks.share(f"thresholds, item {row}", value) for row, value in enumerate(thresholds)]
    chosen = _checks.policy("policy", policy)
    import json

    return Sweep(_tlevel.sweep(core, shares, scores, chosen if isinstance(chosen, str) else json.dumps(chosen)))


def _noise(noise: Any) -> None:
    if noise is not None and (isinstance(noise, bool) or not isinstance(noise, (int, str))):
        raise TypeError(f"noise: expected a label or None, found {_checks.kind(noise)}")


def _is_noise(label: Any, noise: Union[int, str]) -> bool:
    if isinstance(label, str) or isinstance(noise, str):
        return str(label) == str(noise)
    return bool(label == noise)


def _shown(label: Any) -> str:
    try:
        return str(label)
    except Exception:
        return object.__repr__(label)


def _number_noise(noise: Optional[Union[int, str]]) -> Optional[int]:
    if isinstance(noise, str):
        try:
            noise = int(noise)
        except ValueError:
            return None
    return noise if noise is not None and abs(noise) < 2**63 else None


def _labels(name: str, labels: Any, noise: Optional[Union[int, str]]) -> _tlevel.Labels:
    """Labels in the form in which they are measured."""
    if hasattr(labels, "__arrow_c_array__") or hasattr(labels, "__arrow_c_stream__"):
        text = None if noise is None else str(noise)
        return _tlevel.Labels.of_arrow(name, labels, _number_noise(noise), text)
    buffer = _buffer(labels)
    if buffer is not None and buffer.ndim == 1:
        kind = _kind(buffer)
        if kind is not None:
            return _tlevel.Labels.of_buffer(name, buffer.tobytes(), kind, _number_noise(noise))
    listed = _listed(name, labels)
    known: Dict[Any, int] = {}
    numbers = [known.setdefault(label, len(known)) for label in listed]
    outside = [_is_noise(label, noise) for label in listed] if noise is not None else []
    return _tlevel.Labels.of_numbers(numbers, outside if any(outside) else [])


def _listed(name: str, labels: Any) -> List[Any]:
    """Labels as a list of hashable values, none of them null."""
    if isinstance(labels, (str, bytes)) or isinstance(labels, Mapping):
        raise TypeError(f"{name}: expected a label for each point, found {_checks.kind(labels)}")
    convert = getattr(labels, "tolist", None) or getattr(labels, "to_list", None)
    values: Any = convert() if callable(convert) else labels
    if not hasattr(values, "__iter__"):
        raise TypeError(f"{name}: expected a label for each point, found {_checks.kind(labels)}")
    listed: List[Any] = list(values)
    for row, label in enumerate(listed):
        if label is None or (isinstance(label, float) and label != label):
            message = "the label is null; give a label, or leave the point out"
            raise TableError(f"{name}, row {row}: {message}", f"{name}, row {row}")
        try:
            hash(label)
        except TypeError:
            message = f"{_checks.kind(label)} is not a label; give integers or texts, one for each point"
            raise TableError(f"{name}, row {row}: {message}", f"{name}, row {row}") from None
    return listed


def _buffer(value: Any) -> Optional[memoryview]:
    """The numbers in a buffer, such as a numpy array; None if there are none."""
    if isinstance(value, (bytes, bytearray)):
        return None
    try:
        return memoryview(value)
    except (TypeError, ValueError, BufferError):
        return None


_KINDS = {**dict.fromkeys("bhilqn", "i"), **dict.fromkeys("BHILQN?", "u"), **dict.fromkeys("fd", "f")}


def _kind(buffer: memoryview) -> Optional[str]:
    """The type of the numbers in a buffer: a letter, and the bytes of each."""
    code = buffer.format
    native = "<" if sys.byteorder == "little" else ">"
    if code[:1] in ("@", "=", native):
        code = code[1:]
    kind = _KINDS.get(code)
    return kind and f"{kind}{buffer.itemsize}"


def _points(X: Any) -> _tlevel.Points:
    if isinstance(X, Points):
        return X._core
    if isinstance(X, Map):
        return _tlevel.Points.of_map(X._core)
    return _tlevel.Points.of_vectors(*_matrix(X))


def _matrix(X: Any) -> Tuple[bytes, str, int, int]:
    """Rows of numbers as bytes, with their type, and how many rows and columns there are."""
    convert = getattr(X, "to_numpy", None)
    if callable(convert) and not isinstance(X, type):
        X = convert()
    buffer = _buffer(X)
    if buffer is not None and buffer.ndim == 2 and buffer.shape is not None:
        rows, columns = buffer.shape
        kind = _kind(buffer)
        if kind in ("f4", "f8"):
            return buffer.tobytes(), kind, rows, columns
    return _rows(X)


def _rows(X: Any) -> Tuple[bytes, str, int, int]:
    from array import array

    if isinstance(X, (str, bytes, Mapping)) or not hasattr(X, "__iter__"):
        raise TypeError(f"X: expected a Map, Points or rows of numbers, found {_checks.kind(X)}")
    numbers = array("d")
    columns: Optional[int] = None
    rows = 0
    for rows, row in enumerate(X, 1):
        if isinstance(row, (str, bytes)) or not hasattr(row, "__iter__"):
            raise ShapeError(f"X, row {rows - 1}: expected numbers, found {_checks.kind(row)}")
        cells = list(row)
        if columns is not None and len(cells) != columns:
            raise ShapeError(f"X, row {rows - 1}: {len(cells)} numbers, but {columns} in the rows before")
        columns = len(cells)
        for column, cell in enumerate(cells):
            place = f"X, row {rows - 1}, column {column}"
            try:
                numbers.append(float(cell))
            except (TypeError, ValueError, OverflowError):
                raise TableError(f"{place}: {_checks.kind(cell)} is not a number", place) from None
    return numbers.tobytes(), "f8", rows, columns or 0
