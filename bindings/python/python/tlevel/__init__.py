"""T Level programme structures from an occupational map.

>>> import tlevel
>>> england = tlevel.Map.bundled()                      # or: tlevel.Map.read("map.json")
>>> england.check().counts["error"]
0
>>> derivation = england.derive(policy="panel")
>>> derivation["Onsite construction"].pathway_core[0]["support"]
{'have': ..., 'of': ...}
>>> placer = tlevel.Placer(england)
>>> placer.suggest("Solar roof installer", level=2).suggestions[0].cluster
'construction/...'

Results hold the JSON of the command line (``to_json``, ``to_dict``). Those that are
tables are Arrow tables, which pyarrow, pandas, polars and DuckDB take as they are.
Nothing is sent anywhere, and nothing is written unless you say where.
"""

from __future__ import annotations

from . import study
from ._errors import (
    NotFoundError,
    OptionsError,
    PolicyError,
    ReadError,
    ShapeError,
    TableError,
    TlevelError,
)
from ._map import Map, Options, check, diff, spec
from ._placer import Placer
from ._results import (
    Concepts,
    Derivation,
    Difference,
    Explanation,
    Findings,
    Placements,
    Programme,
    Result,
    TabularResult,
    TopicMatrix,
)
from ._tlevel import Placement, Suggestion, Table, __version__

__all__ = [
    "Concepts",
    "Derivation",
    "Difference",
    "Explanation",
    "Findings",
    "Map",
    "NotFoundError",
    "Options",
    "OptionsError",
    "Placement",
    "Placements",
    "Placer",
    "PolicyError",
    "Programme",
    "ReadError",
    "Result",
    "ShapeError",
    "Suggestion",
    "Table",
    "TableError",
    "TabularResult",
    "TlevelError",
    "TopicMatrix",
    "__version__",
    "check",
    "diff",
    "spec",
    "study",
]
