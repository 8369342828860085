"""Generated titles, and a comparison of an engine with the plain call."""

import sys
import time
from typing import Callable

import pyarrow as pa
import tlevel

SENIORITY = ["", "Senior ", "Trainee ", "Lead ", "Assistant ", "Deputy ", "Principal "]
PLACES = ["", " (Leeds)", " - nights", ", part time", " / remote", " (fixed term)", " needed", " in Hull"]


def titles(count: int) -> pa.Table:
    """Titles of the bundled map, as adverts write them. The same count gives the same titles."""
    known = pa.table(tlevel.Map.bundled().occupations()).column("title").to_pylist()
    made = [
        SENIORITY[n % len(SENIORITY)] + known[n * 7 % len(known)] + PLACES[n // 5 % len(PLACES)] for n in range(count)
    ]
    return pa.table({"title": pa.array(made, pa.string())})


def best(placer: tlevel.Placer, table: object) -> pa.Array:
    """The id of the best cluster of each row; the plain call that engines are compared with."""
    placed = pa.table(placer.suggest_batch(table, k=1, evidence=False))
    return placed.column("cluster").combine_chunks().cast(pa.string())


def compare(engine: str, through: Callable[[pa.Table, bytes], pa.Array]) -> None:
    """Place titles by an engine and by the plain call, and print rows a second of both."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    table = titles(count)
    placer = tlevel.Placer(tlevel.Map.bundled())
    index = placer.save()
    begun = time.perf_counter()
    plain = best(placer, table)
    plain_took = time.perf_counter() - begun
    begun = time.perf_counter()
    placed = through(table, index)
    took = time.perf_counter() - begun
    if placed.to_pylist() != plain.to_pylist():
        raise SystemExit(f"{engine}: the results differ from those of the plain call")
    print(
        f"{engine}: {count} titles, {count / took:.0f} rows/s; plain call {count / plain_took:.0f} rows/s; "
        f"{took / plain_took:.2f} times the plain call; the same results"
    )
