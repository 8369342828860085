"""Each engine gives the results of the plain call. An engine that is missing is skipped.

pytest bindings/python/examples
"""

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


@pytest.mark.parametrize(
    ("module", "script"),
    [
        ("duckdb", "duckdb_udf.py"),
        ("polars", "polars_map_batches.py"),
        ("ray", "ray_map_batches.py"),
        ("pyspark", "spark_map_in_arrow.py"),
    ],
)
def test_engine(module: str, script: str) -> None:
    if find_spec(module) is None:
        pytest.skip(f"{module} is not installed")
    if module == "pyspark" and shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    run = subprocess.run(
        [sys.executable, script, "500"], cwd=FOLDER, capture_output=True, text=True, timeout=300, check=False
    )
    assert run.returncode == 0, run.stderr[-3000:]
    assert "500 titles" in run.stdout
    assert "the same results" in run.stdout


def test_ray_clusterings() -> None:
    if find_spec("ray") is None:
        pytest.skip("ray is not installed")
    # more parts than workers, so that they come back out of order
    run = subprocess.run(
        [sys.executable, "ray_clusterings.py", "210"], cwd=FOLDER, capture_output=True, text=True, timeout=300, check=False
    )
    assert run.returncode == 0, run.stderr[-3000:]
    assert "best adjusted_mutual_information: 0." in run.stdout
    assert "210 configurations" in run.stdout
    assert "the same results" in run.stdout
