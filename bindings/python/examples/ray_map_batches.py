"""Places titles with Ray Data: an actor loads the index once. python ray_map_batches.py [COUNT]"""

import pyarrow as pa
import ray
import tlevel
from titles import best, compare


class Place:
    """Lives in a worker and keeps the placer."""

    def __init__(self, index: bytes) -> None:
        self.placer = tlevel.Placer.load(index)

    def __call__(self, batch: pa.Table) -> pa.Table:
        return batch.append_column("cluster", best(self.placer, batch.select(["title"])))


def through(table: pa.Table, index: bytes) -> pa.Array:
    ray.data.DataContext.get_current().enable_progress_bars = False
    numbered = table.append_column("n", pa.array(range(len(table))))
    placed = ray.data.from_arrow(numbered).map_batches(
        Place, fn_constructor_args=[index], batch_format="pyarrow", concurrency=1
    )
    tables = [pa.table(ray.get(part)) for part in placed.to_arrow_refs()]
    return pa.concat_tables(tables).sort_by("n").column("cluster").combine_chunks()


if __name__ == "__main__":
    ray.init(num_cpus=2, log_to_driver=False, include_dashboard=False)
    compare("Ray Data", through)
