"""Any object in any place: nothing comes out but TlevelError, TypeError and ValueError,
and the interpreter goes on."""

from __future__ import annotations

import decimal
import fractions
from pathlib import Path
from typing import Any, Callable, Dict

import numpy
import pyarrow
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tlevel
from tlevel import study

TEXTS = st.text(max_size=12) | st.sampled_from(
    ["\ud800", "panel", "t-level", "{", "[]", "a,b\n1,2\n", "onsite-construction", "ward", "\0", "cluster", "docx"]
)

PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([0, -1, 2**31, 2**63, 2**64, -(2**63), 10**400])
    | st.floats(allow_nan=True)
    | st.complex_numbers()
    | TEXTS
    | st.binary(max_size=12)
    | st.builds(bytearray, st.binary(max_size=4))
    | st.builds(memoryview, st.binary(max_size=4))
    | st.dates()
    | st.builds(object)
    | st.sampled_from([int, len, Path("no such file"), Path("/"), Ellipsis, decimal.Decimal("NaN"), range(3)])
    | st.builds(fractions.Fraction, st.integers(), st.integers(1, 9))
    | st.sampled_from(
        [
            numpy.array(3),
            numpy.zeros((2, 2)),
            numpy.zeros((0, 3)),
            numpy.zeros((2, 2, 2)),
            numpy.array(["a", "b"]),
            numpy.array(["2020-01-01"], dtype="datetime64[D]"),
            numpy.array([1 + 2j]),
            numpy.float64("nan"),
            numpy.int8(3),
            pyarrow.array([1, None]),
            pyarrow.array([[1], None]),
            pyarrow.array([b"a"]),
            pyarrow.nulls(3),
            pyarrow.table({"title": ["a"], "level": [3]}),
            pyarrow.table({"title": [["a"]]}),
            pyarrow.table({}),
            pyarrow.schema([]),
        ]
    )
)

ANYTHING = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4)
    | st.tuples(inner, inner)
    | st.dictionaries(TEXTS | st.integers(), inner, max_size=3)
    | st.frozensets(st.integers() | TEXTS, max_size=3)
    | st.builds(iter, st.lists(inner, max_size=3)),
    max_leaves=6,
)

ENGLAND = tlevel.Map.bundled()
ONSITE = {"pathway": "onsite-construction", "exact": True}
PLACER = tlevel.Placer(ENGLAND, words_only=True)
POINTS = study.Points.of_vectors([[1, 0], [0, 1], [1, 1]])

CALLS: Dict[str, Callable[[Any, Any], object]] = {
    "Map": lambda a, b: tlevel.Map(a),
    "Map.read": lambda a, b: tlevel.Map.read(a),
    "check": lambda a, b: tlevel.check(a),
    "Map.derive": lambda a, b: ENGLAND.derive(a, pathway="onsite-construction", exact=True),
    "Map.derive options": lambda a, b: ENGLAND.derive(**{**ONSITE, **(a if isinstance(a, dict) else {"near": a})}),
    "Map.derive quorum": lambda a, b: ENGLAND.derive(quorum=a, route_quorum=b, **ONSITE),
    "Map.derive texts": lambda a, b: ENGLAND.derive(ledger=a, decisions=b, **ONSITE),
    "Map.derive tables": lambda a, b: ENGLAND.derive(concepts=a, pathway=b),
    "Map.derive words": lambda a, b: ENGLAND.derive(specialisms=a, on=b, **ONSITE),
    "Map.explain": lambda a, b: ENGLAND.explain(a, exact=True, share=b),
    "Map.topics": lambda a, b: ENGLAND.topics("panel", topics=a, topic_decisions=b, exact=True, share="topic"),
    "Map.harmonise": lambda a, b: ENGLAND.harmonise(threshold=a, exact=b),
    "diff": lambda a, b: tlevel.diff(a, b),
    "diff names": lambda a, b: tlevel.diff(ENGLAND, a, names=b),
    "spec": lambda a, b: tlevel.spec(ENGLAND, a, exact=True, date=b),
    "spec map": lambda a, b: tlevel.spec(a, b),
    "spec format": lambda a, b: tlevel.spec(ENGLAND, "onsite-construction", "panel", format=a, exact=True),
    "Derivation.from_json": lambda a, b: tlevel.Derivation.from_json(a),
    "Placer": lambda a, b: tlevel.Placer(a, words_only=b),
    "Placer.load": lambda a, b: tlevel.Placer.load(a),
    "Placer.save": lambda a, b: PLACER.save(None if isinstance(a, (str, Path)) else a),
    "Placer.with_titles": lambda a, b: PLACER.with_titles(a),
    "Placer.suggest": lambda a, b: PLACER.suggest(a, statements=b),
    "Placer.suggest level": lambda a, b: PLACER.suggest("Roofer", level=a, k=b),
    "Placer.suggest lists": lambda a, b: PLACER.suggest("Roofer", job_titles=a, keywords=b, duties=b),
    "Placer.suggest texts": lambda a, b: PLACER.suggest("Roofer", overview=a, id=b),
    "Placer.suggest_all": lambda a, b: PLACER.suggest_all(a, explain=b),
    "Placer.suggest_batch": lambda a, b: PLACER.suggest_batch(a, k=b),
    "Placer.suggest_batch table": lambda a, b: PLACER.suggest_batch(a, min_confidence=0.1),
    "Placer.suggest_batch options": lambda a, b: PLACER.suggest_batch(
        pyarrow.table({"title": ["Roofer"]}), min_confidence=a, first_row=b
    ),
    "Placer.suggest_batch progress": lambda a, b: PLACER.suggest_batch(
        pyarrow.table({"title": ["Roofer"]}), evidence=a, progress=None if callable(b) else b
    ),
    "agreement": lambda a, b: study.agreement(a, b),
    "agreement noise": lambda a, b: study.agreement([0, 1, 1], a, noise=b),
    "internal": lambda a, b: study.internal(a, b),
    "internal labels": lambda a, b: study.internal(POINTS, a, noise=b),
    "cluster": lambda a, b: study.cluster(a, n_clusters=b),
    "cluster method": lambda a, b: study.cluster(POINTS, a, seed=b),
    "Clusters.set_params": lambda a, b: study.Clusters().set_params(**a) if isinstance(a, dict) else None,
    "Points": lambda a, b: study.Points(a),
    "Points.of_map": lambda a, b: study.Points.of_map(a),
    "Points.of_vectors": lambda a, b: study.Points.of_vectors(a),
    "Points.of_similarities": lambda a, b: study.Points.of_similarities(a),
    "Points.official": lambda a, b: POINTS.official(a),
    "Points.similarity": lambda a, b: POINTS.similarity(a, b),
    "misfits": lambda a, b: study.misfits(a, seed=b),
    "sweep": lambda a, b: study.sweep(ENGLAND, a if not isinstance(a, (list, range)) else a[:1], policy=b),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANYTHING, ANYTHING)
def test_any_object(call: Callable[[Any, Any], object], a: Any, b: Any) -> None:
    try:
        call(a, b)
    except (tlevel.TlevelError, TypeError, ValueError) as error:
        assert "internal fault" not in str(error)


class Hostile:
    """Arrow methods that do not do what they promise."""

    def __init__(self, what: object) -> None:
        self.what = what

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        if isinstance(self.what, BaseException):
            raise self.what
        return self.what

    __arrow_c_array__ = __arrow_c_stream__


@pytest.mark.parametrize(
    "what",
    [None, 3, (), (1, 2), RuntimeError("no"), pyarrow.array([1]).__arrow_c_array__()[0], OSError("gone")],
    ids=repr,
)
@pytest.mark.parametrize(
    "call", [lambda x: PLACER.suggest_batch(x), lambda x: study.agreement(x, x)], ids=["batch", "agreement"]
)
def test_arrow_that_is_none(call: Callable[[Any], object], what: object) -> None:
    with pytest.raises((tlevel.TlevelError, TypeError, ValueError)):
        call(Hostile(what))


def test_a_capsule_is_read_once() -> None:
    capsules = pyarrow.array(["a"]).__arrow_c_array__()
    PLACER.suggest_batch(Hostile(capsules))
    with pytest.raises((tlevel.TlevelError, TypeError, ValueError)):
        PLACER.suggest_batch(Hostile(capsules))


def test_a_stream_that_fails_half_way() -> None:
    def batches() -> Any:
        yield pyarrow.record_batch({"title": ["a"]})
        raise RuntimeError("the connection is gone")

    schema = pyarrow.schema([("title", pyarrow.string())])
    reader = pyarrow.RecordBatchReader.from_batches(schema, batches())
    with pytest.raises(tlevel.TableError, match="the connection is gone"):
        PLACER.suggest_batch(reader)
