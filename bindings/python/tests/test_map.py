"""Maps and programmes."""

from __future__ import annotations

import csv
import io
import json
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pyarrow
import pytest

import tlevel


def test_a_map_is_read_from_a_path_or_bytes(root: Path, england: tlevel.Map) -> None:
    path = root / "fixtures/maps/england.json"
    data = path.read_bytes()
    for source in (str(path), path, data, bytearray(data), memoryview(data)):
        assert tlevel.Map.read(source).to_json() == england.to_json()
    assert england.counts["occupations"] == 411
    assert "411 occupations" in repr(england)


def test_what_is_wrong_with_a_map_has_a_place(tmp_path: Path) -> None:
    with pytest.raises(tlevel.ReadError) as caught:
        tlevel.Map.read(b'{"routes": [')
    assert caught.value.place == "line 1, column 12"
    assert str(caught.value).startswith("line 1, column 12: not valid JSON")
    path = tmp_path / "cut.json"
    path.write_bytes(b'{"routes": [')
    with pytest.raises(tlevel.ReadError) as caught:
        tlevel.Map.read(path)
    assert str(caught.value).startswith(f"{path}: line 1, column 12: ")
    assert caught.value.place == "line 1, column 12"
    with pytest.raises(tlevel.ReadError, match="no.json: cannot be read .No such file"):
        tlevel.Map.read("no.json")
    with pytest.raises(TypeError, match="source: expected a path or bytes, found int"):
        tlevel.Map.read(3)  # type: ignore[arg-type]


def test_errors_can_be_pickled() -> None:
    error = tlevel.TableError('column "title", row 3: null', 'column "title", row 3')
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.place) == (type(error), str(error), error.place)


def test_a_file_without_records_has_findings() -> None:
    empty = b'{"format": "tlevel-map", "version": 1, "routes": []}'
    assert tlevel.check(empty).counts["error"] == 1
    with pytest.raises(tlevel.ReadError):
        tlevel.Map.read(empty)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"policy": "pannel"}, tlevel.PolicyError, 'policy: "pannel" is neither t-level, panel nor'),
        ({"policy": {"levels": object()}}, tlevel.PolicyError, "policy: not a policy as plain data"),
        ({"policy": 3}, TypeError, "policy: expected a name, a dict or a pathlib.Path, found int"),
        ({"quorum": 7}, tlevel.OptionsError, '"7.0" is not a share'),
        ({"quorum": float("nan")}, tlevel.OptionsError, "quorum: nan is not a finite number"),
        ({"near": -1}, tlevel.OptionsError, "near: -1 is out of range; give a number from 0"),
        ({"exact": 1}, TypeError, "exact: expected True or False, found int"),
        ({"pathway": "Onsite constuction"}, tlevel.NotFoundError, 'did you mean "Onsite construction"'),
        ({"polcy": "panel"}, TypeError, "there is no option polcy; did you mean policy"),
        ({"on": "soon"}, tlevel.OptionsError, "on: not a date"),
        ({"concepts": "a letter"}, tlevel.OptionsError, "concepts: "),
    ],
)
def test_options_are_checked_by_name(england: tlevel.Map, options: dict, error: type, message: str) -> None:
    with pytest.raises(error) as caught:
        england.derive(**options)
    assert message in str(caught.value)


def test_programmes(england: tlevel.Map) -> None:
    derivation = england.derive(policy="panel", pathway="onsite-construction")
    [programme] = derivation.programmes
    assert programme is not None and programme.pathway["name"] == "Onsite construction"
    assert derivation["construction/onsite-construction"].to_dict() == programme.to_dict()
    with pytest.raises(tlevel.NotFoundError, match='did you mean "Onsite construction"'):
        derivation["Onsite constuction"]
    assert json.loads(derivation.to_json()) == derivation.to_dict()
    again = pickle.loads(pickle.dumps(derivation))
    assert again.to_json() == derivation.to_json()
    assert derivation.to_bytes("html").startswith(b"<!DOCTYPE html>")
    assert derivation.to_bytes("csv").startswith(b"route,")
    with pytest.raises(tlevel.OptionsError, match='"doc" is not a format'):
        derivation.to_bytes("doc")


def test_programmes_are_derived_once(england: tlevel.Map) -> None:
    assert [p.to_dict() for p in england.programmes] == [p.to_dict() for p in england.derive()]


def test_maps_can_be_pickled(england: tlevel.Map) -> None:
    assert pickle.loads(pickle.dumps(england)).to_json() == england.to_json()
    bundled = pickle.loads(pickle.dumps(tlevel.Map.bundled()))
    # with the judged concepts, not only the same map
    assert bundled.derive().to_json() == tlevel.Map.bundled().derive().to_json()


def test_notebooks_see_tables(england: tlevel.Map) -> None:
    derivation = england.derive(policy="panel")
    for shown in (england, derivation, derivation.programmes[0], england.check(), england.occupations()):
        html = shown._repr_html_()
        assert html.startswith("<table>") and html.endswith("</table>")
    assert "<script" not in tlevel.Map.read(
        england.to_json().replace("Onsite construction", "<script>").encode()
    ).derive()._repr_html_()


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_ctrl_c_stops_long_work(root: Path) -> None:
    program = """
        import sys, tlevel
        england = tlevel.Map.read(sys.argv[1])
        print("ready", flush=True)
        for _ in range(1000):
            tlevel.study.misfits(england, rounds=1000)
    """
    command = [sys.executable, "-c", textwrap.dedent(program), str(root / "fixtures/maps/england.json")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.5)
        sent = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        assert b"KeyboardInterrupt" in errors
        assert time.monotonic() - sent < 5


def test_other_threads_go_on(england: tlevel.Map) -> None:
    import threading

    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.wait(0.001):
            ticks += 1

    thread = threading.Thread(target=tick)
    thread.start()
    start = time.monotonic()
    while time.monotonic() - start < 0.3:
        england.harmonise()
    done.set()
    thread.join()
    assert ticks > 20


def test_a_difference_is_a_table(england: tlevel.Map) -> None:
    changed = england.to_json().replace("Bricklayer", "Layer of bricks")
    difference = tlevel.diff(england, tlevel.Map.read(changed.encode()), policy="panel")
    table = pyarrow.table(difference)
    assert table.column_names == ["part", "section", "sign", "label", "text", "aside", "of"]
    rows = list(csv.DictReader(io.StringIO(difference.to_bytes("csv").decode("utf-8-sig"))))
    assert len(rows) == table.num_rows > 5
    assert [row["text"] for row in rows] == [text or "" for text in table.column("text").to_pylist()]
    assert any("Bricklayer is now Layer of bricks" in row["text"] for row in rows)


def test_a_table_is_taken_by_every_method_of_arrow(england: tlevel.Map) -> None:
    table = england.occupations()
    expected = table.to_dict()
    schema = pyarrow.schema(table)
    assert schema.names == table.column_names
    # a capsule that nobody takes is let go, and each call hands over another one
    table.__arrow_c_schema__(), table.__arrow_c_array__(), table.__arrow_c_stream__()
    for taken in (
        pyarrow.table(table),
        pyarrow.record_batch(table),
        pyarrow.RecordBatchReader.from_stream(table).read_all(),
    ):
        assert taken.schema == schema and taken.to_pydict() == expected
        taken.validate(full=True)
    # types of one's own: pyarrow casts, because the table keeps its types
    texts = pyarrow.schema(
        [field.with_type(pyarrow.large_string()) if field.type == pyarrow.string() else field for field in schema]
    )
    assert texts != schema
    taken = pyarrow.table(table, schema=texts)
    assert taken.schema == texts and taken.to_pydict() == expected
