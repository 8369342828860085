"""The package gives what the command line gives, byte for byte.

The inputs are those of the package for browsers and Node
(bindings/web/tests/conformance.json). The program is found by the variable TLEVEL, or in
the target folder.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any, Dict

import pytest

import tlevel

from conftest import ROOT

SETS = json.loads((ROOT / "bindings/web/tests/conformance.json").read_text(encoding="utf-8"))
SETS += [
    {"name": "programmes of the bundled map", "call": "derive", "command": ["derive", "--format", "json"]},
    {
        "name": "programmes of the bundled map by topic",
        "call": "derive",
        "options": {"policy": "panel", "threshold": 0.6},
        "command": ["derive", "--policy", "panel", "--threshold", "0.6", "--format", "json"],
    },
    {
        "name": "misfits",
        "call": "misfits",
        "map": "fixtures/maps/england.json",
        "command": ["study", "misfits", "MAP", "--rounds", "3", "--seed", "7", "--format", "json"],
    },
    {
        "name": "cores by quorum",
        "call": "sweep",
        "map": "fixtures/maps/england.json",
        "command": [
            *("study", "sweep", "MAP", "--policy", "panel", "--quorums", "1,0.5", "--thresholds", "0.6"),
            *("--format", "json"),
        ],
    },
]


def program() -> Path:
    if "TLEVEL" in os.environ:
        return Path(os.environ["TLEVEL"])
    return ROOT / os.environ.get("CARGO_TARGET_DIR", "target") / "debug/tlevel"


def given(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("FILE:"):
        return ROOT / value[5:]
    if isinstance(value, str) and value.startswith("JSON:"):
        return json.loads((ROOT / value[5:]).read_text(encoding="utf-8"))
    return value


def snake(name: str) -> str:
    return re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), name)


def command_line(case: Dict[str, Any], options: Dict[str, Any], folder: Path) -> bytes:
    words = []
    for word in case["command"]:
        if word == "MAP":
            word = case["map"]
        elif word == "NEW":
            word = case["new"]
        elif word.startswith("OUT:"):
            word = str(folder / word[4:])
        elif word.startswith("FILE:"):
            name = word[5:]
            path = folder / name
            text = case["argument"] if name == "argument" else options[snake(name)]
            path.write_text(text, encoding="utf-8")
            word = str(path)
        words.append(word)
    done = subprocess.run([str(program()), *words], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    return (folder / case["read"]).read_bytes() if "read" in case else done.stdout


def ours(case: Dict[str, Any], options: Dict[str, Any]) -> bytes:
    england = tlevel.Map.read(ROOT / case["map"]) if "map" in case else tlevel.Map.bundled()
    call, argument = case["call"], case.get("argument")
    if call == "read":
        return england.to_json().encode()
    if call == "check":
        return england.check().to_json().encode()
    if call == "suggest":
        placer = tlevel.Placer(england, words_only=options.get("words_only", False))
        k, explain = options.get("top", 5), options.get("explain", False)
        return placer.suggest_all(argument, k=k, explain=explain).to_json().encode()
    if call == "explain":
        return england.explain(argument, **options).to_json().encode()
    if call == "diff":
        return tlevel.diff(england, tlevel.Map.read(ROOT / case["new"]), **options).to_json().encode()
    if call == "spec":
        return tlevel.spec(england, argument, **options)
    if call == "misfits":
        return tlevel.study.misfits(england, rounds=3, seed=7).to_json().encode()
    if call == "sweep":
        return tlevel.study.sweep(england, [1, 0.5], thresholds=[0.6], policy="panel").to_json().encode()
    return getattr(england, call)(**options).to_json().encode()


def texts(document: bytes, part: str) -> list[str]:
    with zipfile.ZipFile(BytesIO(document)) as file:
        return re.findall(r"<w:t[^>]*>([^<]*)<", file.read(part).decode())


@pytest.mark.skipif(not program().exists(), reason="the command line is not built")
@pytest.mark.parametrize("case", SETS, ids=lambda case: case["name"])
def test_the_same_bytes_as_the_command_line(case: Dict[str, Any], tmp_path: Path) -> None:
    options = {snake(name): given(value) for name, value in case.get("options", {}).items()}
    found, expected = ours(case, options), command_line(case, options, tmp_path)
    assert len(found) > 100
    if "parts" in case:
        assert texts(found, case["parts"]) == texts(expected, case["parts"])
    else:
        assert found == expected


@pytest.mark.skipif(not program().exists(), reason="the command line is not built")
def test_saved_indexes_are_those_of_the_command_line(tmp_path: Path, placer: tlevel.Placer) -> None:
    path = tmp_path / "map.index"
    command = [str(program()), "suggest", "fixtures/maps/england.json", "--save-index", str(path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert placer.save() == path.read_bytes()


def test_the_set_is_not_empty() -> None:
    assert len(SETS) > 20
