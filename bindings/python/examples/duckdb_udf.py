"""Places titles in DuckDB, by a function over Arrow columns: python duckdb_udf.py [COUNT]"""

import duckdb
import pyarrow as pa
import tlevel
from titles import best, compare


def through(table: pa.Table, index: bytes) -> pa.Array:
    placer = tlevel.Placer.load(index)
    connection = duckdb.connect()
    connection.create_function("tlevel_cluster", lambda titles: best(placer, titles), ["VARCHAR"], "VARCHAR", type="arrow")
    connection.register("adverts", table)
    placed = connection.sql("SELECT tlevel_cluster(title) AS cluster FROM adverts").to_arrow_table()
    return placed.column("cluster").combine_chunks()


if __name__ == "__main__":
    compare("DuckDB", through)
