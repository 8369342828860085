"""Places titles in a polars expression: python polars_map_batches.py [COUNT]"""

import polars as pl
import pyarrow as pa
import tlevel
from titles import best, compare


def through(table: pa.Table, index: bytes) -> pa.Array:
    placer = tlevel.Placer.load(index)
    frame = pl.from_arrow(table).lazy()
    cluster = pl.col("title").map_batches(lambda titles: pl.Series(best(placer, titles)), return_dtype=pl.String)
    return frame.with_columns(cluster=cluster).collect()["cluster"].to_arrow().cast(pa.string())


if __name__ == "__main__":
    compare("polars", through)
