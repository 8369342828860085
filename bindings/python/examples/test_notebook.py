"""Executes the notebook and checks its results. Without what it needs, it is skipped.

pytest bindings/python/examples
"""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any, List

import pytest

FOLDER = Path(__file__).parent
NOTEBOOK = FOLDER / "benchmark_clusterings.ipynb"
METHODS = ["official", "average", "complete", "ward", "k-medoids", "louvain"]
RESULTS = """
import json
print(json.dumps({
    "agreement": agreement.to_dicts(),
    "internal": internal.to_dicts(),
    "core": core.sort("pathway", "quorum").to_dicts(),
    "misfits": misfits.to_dicts(),
}))
"""


@pytest.fixture(scope="module")
def executed() -> Any:
    """The notebook with its outputs, and a last cell that prints its results."""
    for module in ["nbclient", "ipykernel", "matplotlib", "polars"]:
        if find_spec(module) is None:
            pytest.skip(f"{module} is not installed")
    import nbformat
    from jupyter_client.kernelspec import KernelSpecManager
    from nbclient import NotebookClient

    if "python3" not in KernelSpecManager().find_kernel_specs():
        pytest.skip("there is no Jupyter kernel named python3")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(RESULTS))
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}})
    with pytest.MonkeyPatch.context() as patched:
        # the bundled map
        patched.delenv("TLEVEL_MAP", raising=False)
        client.execute()
    return notebook


@pytest.fixture(scope="module")
def results(executed: Any) -> Any:
    return json.loads(executed.cells[-1].outputs[0].text)


def test_it_is_stored_without_outputs() -> None:
    cells = [cell for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert cells
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)


def test_five_clusterings_are_compared(results: Any) -> None:
    agreement, internal = results["agreement"], results["internal"]
    assert [row["clustering"] for row in agreement] == METHODS
    assert [row["clustering"] for row in internal] == METHODS
    official, *others = agreement
    assert official["adjusted_rand"] == pytest.approx(1)
    assert all(0 < row["adjusted_mutual_information"] < 1 for row in others)
    assert all(-1 <= row["silhouette"] <= 1 for row in internal)


def test_cores_grow_as_the_quorum_falls(executed: Any, results: Any) -> None:
    sizes: dict[str, List[int]] = {}
    for row in results["core"]:
        sizes.setdefault(row["pathway"], []).append(row["core"])
    assert len(sizes) > 1
    assert all(found == sorted(found, reverse=True) for found in sizes.values())
    assert any(found[0] > found[-1] for found in sizes.values())
    pictures = [output for cell in executed.cells for output in cell.get("outputs", []) if "image/png" in output.get("data", {})]
    assert len(pictures) == 1


def test_misfits_are_nearer_to_another_cluster(results: Any) -> None:
    misfits = results["misfits"]
    assert misfits
    assert all(row["gain"] > 0 and 0 <= row["stability"] <= 1 for row in misfits)
    assert all(row["rank"] > 1 for row in misfits)
