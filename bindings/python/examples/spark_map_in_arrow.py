"""Places titles with Spark: each task loads the index once. python spark_map_in_arrow.py [COUNT]

The same code runs on a cluster: leave out the master, and give every worker the package.
"""

import os
import sys
from pathlib import Path
from typing import Iterator

import pyarrow as pa
import tlevel
from pyspark.sql import SparkSession
from titles import best, compare


def through(table: pa.Table, index: bytes) -> pa.Array:
    # workers run the same Python
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    spark.sparkContext.addPyFile(str(Path(__file__).with_name("titles.py")))
    shared = spark.sparkContext.broadcast(index)

    def place(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        placer = tlevel.Placer.load(shared.value)
        for batch in batches:
            clusters = best(placer, batch.select(["title"]))
            yield pa.RecordBatch.from_arrays([batch.column("n"), clusters], ["n", "cluster"])

    numbered = table.append_column("n", pa.array(range(len(table))))
    placed = spark.createDataFrame(numbered).mapInArrow(place, "n long, cluster string").toArrow()
    return placed.sort_by("n").column("cluster").combine_chunks()


if __name__ == "__main__":
    compare("Spark", through)
