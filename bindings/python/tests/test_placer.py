"""Placing one occupation, and tables of them."""

from __future__ import annotations

import json
import pickle
import sys
import types
from pathlib import Path

import pandas
import polars
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tlevel

NAMES = ["row", "rank", "cluster", "pathway", "route", "score", "confidence", "verdict", "evidence"]

ADVERTS = {
    "title": ["Roofer", "Network technician", "", "Baker's assistant", "xyzzy", "Trainee plumber"] * 5,
    "level": [2, 3, None, 2, None, 2] * 5,
    "statements": [["Fix slates."], ["Install cabling.", "Test networks."], [], None, [], ["Fit pipes."]] * 5,
    "job_titles": ["Slater; Tiler", None, "Welder", "", None, None] * 5,
    "salary": [1.5, None, 3, 4, 5, 6] * 5,
}


def table() -> pyarrow.Table:
    return pyarrow.table(ADVERTS)


def test_one_occupation(placer: tlevel.Placer) -> None:
    placement = placer.suggest(
        "Solar roof installer", level=2, statements="Fix brackets.\nFix panels.", job_titles="Fitter; Installer", k=2
    )
    assert len(placement.suggestions) == 2
    first = placement.suggestions[0]
    assert first.route == "construction" and 0 < first.confidence <= 1 and first.evidence
    data = placement.to_dict()
    assert data["suggestions"][0]["cluster"] == first.cluster
    assert data["verdict"] == placement.verdict
    new = {
        "title": "Solar roof installer",
        "level": 2,
        "skills": ["Fix brackets.", "Fix panels."],
        "job_titles": ["Fitter", "Installer"],
    }
    [same] = placer.suggest_all([new], k=2).to_dict()
    assert same["suggestions"] == data["suggestions"]
    assert placement._repr_html_().startswith("<table>")


def test_indexes_are_saved_and_loaded(placer: tlevel.Placer, tmp_path: Path) -> None:
    path = tmp_path / "map.index"
    data = placer.save(path)
    asked = "Network technician"
    expected = placer.suggest(asked).to_json()
    for again in (
        tlevel.Placer.load(path),
        tlevel.Placer.load(data),
        pickle.loads(pickle.dumps(placer)),
    ):
        assert again.suggest(asked).to_json() == expected
        assert len(again) == len(placer) and again.clusters == placer.clusters
    with pytest.raises(tlevel.ReadError, match="the index is damaged"):
        tlevel.Placer.load(data[:-1])
    with pytest.raises(tlevel.ReadError, match="not a saved index"):
        tlevel.Placer.load(b"{}")


def test_a_table_gives_a_table(placer: tlevel.Placer) -> None:
    placed = pyarrow.table(placer.suggest_batch(table(), k=2))
    assert placed.column_names == NAMES
    rows = placed.to_pylist()
    # every row of the table appears
    assert sorted({row["row"] for row in rows}) == list(range(30))
    one = placer.suggest("Roofer", level=2, statements=["Fix slates."], job_titles=["Slater", "Tiler"], k=2)
    for row, suggestion in zip(rows, one.suggestions):
        assert row["cluster"] == suggestion.cluster
        assert row["score"] == suggestion.score
        assert row["confidence"] == suggestion.confidence
        assert row["verdict"] == one.verdict
        assert [(share["term"], share["share"]) for share in row["evidence"]] == suggestion.evidence
    unknown = [row for row in rows if row["row"] == 4]
    assert [(row["rank"], row["cluster"], row["verdict"], row["evidence"]) for row in unknown] == [
        (None, None, "too-little", [])
    ]


def test_confidence_leaves_out_suggestions_but_no_row(placer: tlevel.Placer) -> None:
    every = pyarrow.table(placer.suggest_batch(table(), k=3)).to_pylist()
    sure = pyarrow.table(placer.suggest_batch(table(), k=3, min_confidence=0.5)).to_pylist()
    assert [row for row in sure if row["cluster"]] == [row for row in every if (row["confidence"] or 0) >= 0.5]
    assert {row["row"] for row in sure} == {row["row"] for row in every}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=6), st.integers(1, 4), st.booleans())
def test_the_result_does_not_depend_on_batches_or_threads(
    placer: tlevel.Placer, sizes: list, threads: int, evidence: bool
) -> None:
    whole = table()
    expected = pyarrow.table(placer.suggest_batch(whole, evidence=evidence))
    batches, parts, start = [], [], 0
    while start < len(whole):
        size = sizes[len(batches) % len(sizes)]
        batch = whole.slice(start, size).combine_chunks()
        batches.append(batch)
        part = placer.suggest_batch(batch, evidence=evidence, first_row=start, threads=threads)
        parts.append(pyarrow.table(part))
        start += size
    stream = pyarrow.concat_tables(batches)
    assert pyarrow.table(placer.suggest_batch(stream, evidence=evidence, threads=threads)).equals(expected)
    assert pyarrow.concat_tables(parts).combine_chunks().equals(expected.combine_chunks())


def serialised(batch: object) -> bytes:
    sink = pyarrow.BufferOutputStream()
    table = pyarrow.table(batch).combine_chunks()
    with pyarrow.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def test_the_same_bytes(placer: tlevel.Placer) -> None:
    whole = table()
    parts = pyarrow.Table.from_batches(whole.to_batches(max_chunksize=7))
    assert serialised(placer.suggest_batch(whole)) == serialised(placer.suggest_batch(parts, threads=3))


@pytest.mark.parametrize(
    "of",
    [
        lambda t: t,
        lambda t: t.combine_chunks().to_batches()[0],
        lambda t: t.to_reader(),
        lambda t: t.cast(
            pyarrow.schema(
                [
                    ("title", pyarrow.large_string()),
                    ("level", pyarrow.int8()),
                    ("statements", pyarrow.large_list(pyarrow.large_string())),
                    ("job_titles", pyarrow.string_view()),
                    ("salary", pyarrow.float64()),
                ]
            )
        ),
        lambda t: t.set_column(0, "title", t["title"].dictionary_encode()),
        lambda t: polars.from_arrow(t),
        lambda t: t.set_column(1, "level", t["level"].cast(pyarrow.float64())),
        lambda t: t.rename_columns(["title", "level", "text", "job_titles", "salary"]),
    ],
    ids=["table", "batch", "stream", "large", "dictionary", "polars", "levels of pandas", "text"],
)
def test_every_arrow_table_is_read(placer: tlevel.Placer, of: object) -> None:
    expected = pyarrow.table(placer.suggest_batch(table()))
    assert pyarrow.table(placer.suggest_batch(of(table()))).equals(expected)  # type: ignore[operator]


def test_a_column_of_titles(placer: tlevel.Placer) -> None:
    titles = ["Roofer", "Baker"]
    expected = pyarrow.table(placer.suggest_batch(pyarrow.table({"title": titles})))
    for column in (pyarrow.array(titles), pyarrow.chunked_array([["Roofer"], ["Baker"]]), polars.Series(titles)):
        assert pyarrow.table(placer.suggest_batch(column)).equals(expected)


def test_results_are_taken_by_every_library(placer: tlevel.Placer) -> None:
    placed = placer.suggest_batch(table())
    expected = placed.to_dict()
    assert pyarrow.table(placed).to_pydict() == expected
    assert pyarrow.record_batch(placed).to_pydict() == expected
    assert polars.DataFrame(placed).to_dict(as_series=False) == expected
    frame = pandas.DataFrame.from_arrow(placed)
    assert list(frame["row"]) == expected["row"]
    assert pyarrow.schema(placed).names == NAMES
    duckdb = pytest.importorskip("duckdb")
    # DuckDB finds the variable by its name
    [[count]] = duckdb.sql("select count(*) from placed where rank = 1").fetchall()
    assert count == sum(rank == 1 for rank in expected["rank"])


@pytest.mark.parametrize(
    ("columns", "place", "message"),
    [
        ({"title": ["a", None]}, 'column "title", row 1', "the title is null; fill it in, or filter the row out"),
        ({"title": [1, 2]}, 'column "title"', "expected text, found Int64; cast the column"),
        ({"title": ["a"], "level": ["x"]}, 'column "level"', "expected whole numbers, found Utf8; cast the column"),
        (
            {"title": ["a", "b"], "level": [2.0, 2.5]},
            'column "level", row 1',
            "2.5 is not a whole number; give a level from 2 to 7",
        ),
        (
            {"title": ["a"], "statements": [["x", None]]},
            'column "statements", row 0',
            "a text in the list is null; leave it out of the list",
        ),
        (
            {"tilte": ["a"], "salary": [1]},
            "the table",
            'no column "title" or "statements"; the columns are: tilte, salary: did you mean "tilte"?',
        ),
        (
            {"statements": [["a"]], "text": ["b"]},
            'column "text"',
            'the column "statements" holds the same; leave one of them out',
        ),
        ({"title": [None]}, 'column "title", row 0', "the title is null; fill it in, or filter the row out"),
    ],
)
def test_what_is_wrong_is_named_by_column_and_row(
    placer: tlevel.Placer, columns: dict, place: str, message: str
) -> None:
    with pytest.raises(tlevel.TableError) as caught:
        placer.suggest_batch(pyarrow.table(columns))
    assert caught.value.place == place
    assert str(caught.value) == f"{place}: {message}"


def test_rows_of_later_batches_have_their_own_numbers(placer: tlevel.Placer) -> None:
    titles = pyarrow.chunked_array([["a"] * 5000, ["b", None]])
    with pytest.raises(tlevel.TableError) as caught:
        placer.suggest_batch(pyarrow.table({"title": titles}), first_row=10)
    assert caught.value.place == 'column "title", row 5011'


def test_progress(placer: tlevel.Placer) -> None:
    titles = pyarrow.table({"title": ["Roofer"] * 2500})
    seen: list = []
    placer.suggest_batch(titles, k=1, evidence=False, progress=seen.append)
    assert seen == [1024, 2048, 2500]
    placer.suggest_batch(titles, k=1, evidence=False, progress=True)

    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        placer.suggest_batch(titles, progress=stop)


def test_progress_shows_a_bar_of_tqdm(placer: tlevel.Placer, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list = []

    class Bar:
        def __init__(self, total: int, unit: str) -> None:
            self.n = 0
            seen.append((total, unit))

        def update(self, by: int) -> None:
            self.n += by

        def close(self) -> None:
            seen.append(self.n)

    module = types.ModuleType("tqdm.auto")
    module.tqdm = Bar  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tqdm", types.ModuleType("tqdm"))
    monkeypatch.setitem(sys.modules, "tqdm.auto", module)
    titles = pyarrow.table({"title": ["Roofer"] * 2500})
    placer.suggest_batch(titles, k=1, evidence=False, progress=True)
    assert seen == [(2500, " rows"), 2500]
    with pytest.raises(tlevel.TlevelError):
        placer.suggest_batch(pyarrow.table({"titel": ["x"]}), progress=True)
    assert seen[2:] == [(1, " rows"), 0], "the bar is closed after an error, too"


def test_no_rows(placer: tlevel.Placer) -> None:
    empty = pyarrow.table({"title": pyarrow.array([], pyarrow.string())})
    placed = placer.suggest_batch(empty)
    assert len(placed) == 0 and placed.column_names == NAMES


def test_titles_of_a_list_lead(placer: tlevel.Placer) -> None:
    cluster = placer.clusters[3]
    knows, notes = placer.with_titles(f"title,cluster\nFlibberer,{cluster}\nNobody,nowhere\n")
    placement = knows.suggest("Flibberer")
    assert (placement.verdict, placement.suggestions[0].cluster) == ("known-as", cluster)
    assert len(notes) == 1 and "nowhere" in notes[0]


def test_what_is_no_occupation(placer: tlevel.Placer) -> None:
    with pytest.raises(tlevel.ReadError) as caught:
        placer.suggest_all('{"title": 1}\n{"title": "Baker"}')
    assert "line 1" in str(caught.value)
    with pytest.raises(TypeError, match="statements, item 1: expected str, found int"):
        placer.suggest("a", statements=["x", 1])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="level: expected a whole number, found float"):
        placer.suggest("a", level=2.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="k: it is out of range"):
        placer.suggest("a", k=10**30)
    assert json.loads(placer.suggest("").to_json())["suggestions"] == []
