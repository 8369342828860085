"""Measures and clusterings, against scikit-learn."""

from __future__ import annotations

import pickle

import numpy
import pandas
import polars
import pyarrow
import pytest
import sklearn.base
import sklearn.metrics as sk
from hypothesis import given, settings
from hypothesis import strategies as st

import tlevel
from tlevel import study

EQUAL = {
    "rand": sk.rand_score,
    "adjusted_rand": sk.adjusted_rand_score,
    "normalised_mutual_information": sk.normalized_mutual_info_score,
    "adjusted_mutual_information": sk.adjusted_mutual_info_score,
    "homogeneity": sk.homogeneity_score,
    "completeness": sk.completeness_score,
    "v_measure": sk.v_measure_score,
    "fowlkes_mallows": sk.fowlkes_mallows_score,
}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(-3, 4), st.integers(0, 4)), min_size=2, max_size=40))
def test_measures_are_those_of_scikit_learn(pairs: list) -> None:
    a, b = ([pair[side] for pair in pairs] for side in (0, 1))
    found = study.agreement(a, b, noise=None)
    if len(set(a)) < len(a) and len(set(b)) < len(b):
        for name, measure in EQUAL.items():
            assert found[name] == pytest.approx(measure(a, b), abs=1e-9), name


@pytest.mark.parametrize(
    "of",
    [
        list,
        tuple,
        numpy.array,
        lambda a: numpy.array(a, dtype="int8"),
        lambda a: numpy.array(a, dtype="float32"),
        lambda a: numpy.array(a, dtype=object),
        lambda a: numpy.array([str(x) for x in a]),
        lambda a: numpy.repeat(numpy.array(a), 2)[::2],
        pandas.Series,
        lambda a: pandas.Series([str(x) for x in a]),
        lambda a: pandas.Categorical(a),
        polars.Series,
        pyarrow.array,
        lambda a: pyarrow.array([str(x) for x in a]),
        lambda a: pyarrow.array([str(x) for x in a]).dictionary_encode(),
        lambda a: pyarrow.chunked_array([a[:2], a[2:]]),
        lambda a: pyarrow.array(a, pyarrow.float64()),
    ],
)
def test_labels_are_array_likes(of: object) -> None:
    a, b = [0, 0, 1, 1, 2, -1, 2], [5, 5, 5, 7, 7, 7, -1]
    expected = study.agreement(a, b)
    assert expected.left_out == 2
    found = study.agreement(of(a), of(b))  # type: ignore[operator]
    assert dict(found) == dict(expected) and found.left_out == 2
    every = study.agreement(of(a), of(b), noise=None)  # type: ignore[operator]
    assert every.left_out == 0 and dict(every) == dict(study.agreement(a, b, noise=None))


def test_numbers_of_64_bits_are_labels() -> None:
    a = numpy.array([2**40, 2**40, 5, 2**40 + 2**32], dtype="int64")
    assert study.agreement(a, [0, 0, 1, 2])["adjusted_rand"] == 1.0


@pytest.mark.parametrize(
    ("labels", "place"),
    [
        ([0, None, 1], "b, row 1"),
        ([0.0, float("nan"), 1.0], "b, row 1"),
        (numpy.array([0.0, numpy.nan, 1.0]), "b, row 1"),
        (pyarrow.array([0, 1, None]), "b, row 2"),
        (pyarrow.chunked_array([[0, 1], [None]]), "b, row 2"),
        ([0, [1], 2], "b, row 1"),
        (numpy.array([0.0, 0.5, 1.0]), "b, row 1"),
        (pyarrow.array([b"a", b"b", b"c"]), "b"),
    ],
)
def test_labels_that_are_none_are_named_by_row(labels: object, place: str) -> None:
    with pytest.raises(tlevel.TableError) as caught:
        study.agreement([0, 1, 2], labels)
    assert caught.value.place == place


def test_lengths() -> None:
    with pytest.raises(tlevel.ShapeError, match="the first has 2, the second 1"):
        study.agreement([0, -1], [0])
    with pytest.raises(tlevel.ShapeError, match="labels: 1 labels of 2 points"):
        study.internal([[1, 0], [0, 1]], [0])
    with pytest.raises(tlevel.ShapeError, match="X, row 1: 1 numbers, but 2 in the rows before"):
        study.internal([[1, 0], [0]], [0, 1])
    with pytest.raises(tlevel.TableError, match="X, row 0, column 1: inf is not a finite number"):
        study.internal([[1, float("inf")], [0, 1]], [0, 1])


def test_silhouettes_are_those_of_scikit_learn() -> None:
    random = numpy.random.default_rng(3)
    X = random.normal(size=(60, 5))
    labels = random.integers(0, 4, size=60)
    found = study.internal(X, labels)
    assert found["silhouette"] == pytest.approx(sk.silhouette_score(X, labels, metric="cosine"), abs=1e-5)
    assert sum(found.clusters.column("points")) == 60
    assert dict(study.internal(pandas.DataFrame(X), labels)) == dict(found)
    assert dict(study.internal(X.tolist(), labels.tolist())) == dict(found)
    assert dict(study.internal(numpy.asfortranarray(X), labels)) == dict(found)
    labels[7] = -1
    part = study.internal(X, labels)
    kept = labels != -1
    assert part.left_out == 1
    assert dict(part) == dict(study.internal(X[kept], labels[kept]))
    assert study.internal(X, labels, noise=None).left_out == 0


def test_clusterings_are_estimators(england: tlevel.Map) -> None:
    points = study.Points.of_map(england)
    estimator = study.Clusters("ward", n_clusters=60)
    assert sklearn.base.clone(estimator).get_params() == estimator.get_params()
    labels = estimator.fit_predict(points)
    assert labels == estimator.labels_ == study.cluster(england, "ward", 60).labels_
    assert (min(labels), max(labels), estimator.n_clusters_) == (0, 59, 60)
    assert len(estimator.merges_) == len(points) - 1
    best = study.cluster(points, "average")
    assert max(best.tried_.column("silhouette")) == pytest.approx(study.internal(points, best.labels_)["silhouette"])
    official = points.official()
    assert study.agreement(official, labels)["adjusted_rand"] > 0
    with pytest.raises(tlevel.OptionsError, match='method: "median" is not a method'):
        study.cluster(points, "median")
    with pytest.raises(tlevel.OptionsError, match="0 clusters of 411"):
        study.cluster(points, "ward", 0)
    with pytest.raises(tlevel.OptionsError, match='by: "clutser" is neither .* did you mean "cluster"'):
        points.official("clutser")


def test_given_similarities() -> None:
    S = [[1, 0.9, 0.1], [0.9, 1, 0.2], [0.1, 0.2, 1]]
    points = study.Points.of_similarities(S)
    assert study.cluster(points, "single", 2).labels_ == [0, 0, 1]
    assert points.similarity(2, 1) == pytest.approx(0.2)
    S[0][1] = 0.3
    with pytest.raises(tlevel.TableError, match="X, row 0, column 1: 0.3 differs from 0.9"):
        study.Points.of_similarities(S)


def test_tables_of_studies(england: tlevel.Map) -> None:
    assert pyarrow.table(study.misfits(england, rounds=2)).num_rows > 0
    sizes = pyarrow.table(study.sweep(england, [1, 0.5], policy="panel"))
    assert set(sizes["quorum"].to_pylist()) == {1.0, 0.5}


def test_points_can_be_pickled() -> None:
    of_map = study.Points.of_map(tlevel.Map.bundled())
    of_rows = study.Points.of_vectors([[1, 0], [0.9, 0.1], [0, 1]])
    for points in (of_map, of_rows):
        again = pickle.loads(pickle.dumps(points))
        assert (again.ids, again.titles) == (points.ids, points.titles)
        assert again.similarity(0, 2) == points.similarity(0, 2)
        kept = study.cluster(again, "average", 2).labels_
        assert kept == study.cluster(points, "average", 2).labels_
    assert pickle.loads(pickle.dumps(of_map)).official("route") == of_map.official("route")
    with pytest.raises(tlevel.ShapeError, match="not the pairs of these points"):
        study.Points._again(b"1234", ["a"], ["a"], None)
