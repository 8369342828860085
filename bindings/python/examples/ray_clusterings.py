"""Tries many clusterings with Ray: python ray_clusterings.py [COUNT] [MEASURE]

A configuration is a method, a number of clusters and a seed. MEASURE is a measure of
`study.agreement` with the official clusters, or of `study.internal`.
"""

import sys
import time
from itertools import count, islice
from typing import Dict, Iterator, List, NamedTuple, Optional, Tuple

import ray
import tlevel
from ray.util import ActorPool
from tlevel import study

METHODS = ["single", "complete", "average", "weighted", "ward", "k-medoids", "louvain"]
# of the other measures, the highest is best
LOWEST_IS_BEST = ["davies_bouldin", "variation_of_information"]
WORKERS = 2
TOGETHER = 20


class Configuration(NamedTuple):
    method: str
    n_clusters: Optional[int]
    seed: int


def configurations(points: int) -> Iterator[Configuration]:
    """Every method with every number of clusters; louvain finds its own, and takes seeds."""
    for n in count():
        for method in METHODS:
            if method == "louvain":
                yield Configuration(method, None, n)
            elif n + 2 < points:
                yield Configuration(method, n + 2, 0)


class Trial:
    """Lives in a worker and keeps the points."""

    def __init__(self, known: tlevel.Map, measure: str) -> None:
        self.points = study.Points.of_map(known)
        self.official = self.points.official("cluster")
        self.measure = measure
        self.worst = float("inf") if measure in LOWEST_IS_BEST else float("-inf")

    def value(self, configuration: Configuration) -> float:
        labels = study.Clusters(*configuration).fit_predict(self.points)
        measures = study.agreement(self.official, labels)
        if self.measure not in measures:
            measures = study.internal(self.points, labels)
        # an internal measure may be undefined, for a single cluster for example
        return measures.get(self.measure, self.worst)

    def values(self, part: List[Tuple[int, Configuration]]) -> Dict[int, float]:
        return {number: self.value(configuration) for number, configuration in part}


def through(known: tlevel.Map, measure: str, tried: List[Configuration]) -> List[float]:
    numbered = list(enumerate(tried))
    parts = [numbered[start : start + TOGETHER] for start in range(0, len(numbered), TOGETHER)]
    shared = ray.put(known)
    pool = ActorPool([ray.remote(Trial).remote(shared, measure) for _ in range(WORKERS)])
    values: Dict[int, float] = {}
    # parts arrive in any order; numbers put them in theirs
    for part in pool.map_unordered(lambda trial, part: trial.values.remote(part), parts):
        values.update(part)
    return [values[number] for number in range(len(tried))]


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    measure = sys.argv[2] if len(sys.argv) > 2 else "adjusted_mutual_information"
    known = tlevel.Map.bundled()
    begun = time.perf_counter()
    trial = Trial(known, measure)
    if trial.value(Configuration("average", 2, 0)) == trial.worst:
        raise SystemExit(f"{measure}: no such measure; take adjusted_rand or silhouette, for example")
    tried = list(islice(configurations(len(trial.points)), number))
    plain = [trial.value(configuration) for configuration in tried]
    plain_took = time.perf_counter() - begun
    begun = time.perf_counter()
    values = through(known, measure, tried)
    took = time.perf_counter() - begun
    if values != plain:
        raise SystemExit("Ray: the results differ from those of the plain loop")
    # of equal values, the first configuration
    best = values.index(min(values) if measure in LOWEST_IS_BEST else max(values))
    method, n_clusters, seed = tried[best]
    size = f"seed {seed}" if n_clusters is None else f"{n_clusters} clusters"
    print(f"best {measure}: {values[best]:.4f} by {method}, {size}")
    print(
        f"Ray: {number} configurations, {number / took:.1f} configurations/s; "
        f"plain loop {number / plain_took:.1f} configurations/s; the same results"
    )


if __name__ == "__main__":
    ray.init(num_cpus=WORKERS, log_to_driver=False, include_dashboard=False)
    main()
