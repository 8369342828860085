"""What is measured: each engine, its command and the peers beside it.

`steps` are the timings of `--stats` that make up the work; the peers' times
are of the same part, without imports and reading. `differs` says how a peer's
task is another one.
"""
from dataclasses import dataclass, field

SIZES = {
    'tree': (250, 500, 1_000, 2_000),
    'join': (2_500, 5_000, 10_000, 20_000),
    'labels': (12_500, 25_000, 50_000, 100_000),
}
QUICK = {
    'tree': (60, 125, 250, 500),
    'join': (300, 600, 1_200, 2_400),
    'labels': (2_500, 5_000, 10_000, 20_000),
}
QUESTIONS, QUICK_QUESTIONS = 1_000, 200
UNITS = {'tree': 'occupations', 'join': 'statements', 'labels': 'labels'}


def again(done, runs, elapsed, limit):
    """Whether there is another run: while there is time, and longer for the
    first three, so that slow ones have a median too."""
    return done < 1 or done < runs and (elapsed < limit or done < 3 and elapsed < 2.5 * limit)


@dataclass(frozen=True)
class Engine:
    id: str
    name: str
    data: str
    args: list
    steps: list
    peers: list = field(default_factory=list)
    differs: str = ''
    # which answers are compared
    answers: str = ''
    # whether it can be measured on a native map that the user gives
    real: bool = True

    def command(self, files, cluster):
        """The arguments of tlevel; `{0}` is the first file."""
        return [a.format(*files, cluster=cluster) for a in self.args] + ['--format', 'json', '--stats']

    @property
    def unit(self):
        return UNITS[self.data]


SPARSE = 'sparse_dot_topn on scikit-learn tf-idf'
NEIGHBOURS = 'scikit-learn tf-idf and neighbours'

ENGINES = [
    Engine(
        'read', 'Read and check a map', 'tree', ['check', '{0}'], ['read', 'check'],
        [('json', 'json.loads'), ('orjson', 'orjson.loads')],
        'The peers only parse: they check nothing and build no map.',
    ),
    Engine(
        'nearest', 'Five nearest of every statement', 'join', ['similar', '{0}', '--top', '5'], ['weigh', 'compare'],
        [('join_top_sparse', SPARSE), ('join_top_neighbours', NEIGHBOURS)],
        'Other weights of words. tlevel also leaves out statements of the same occupation and writes JSON.',
        'nearest',
    ),
    Engine(
        'pairs', 'All pairs from 0.45', 'join', ['similar', '{0}', '--top', '0', '--threshold', '0.45'],
        ['weigh', 'compare'],
        [('join_all_sparse', SPARSE), ('join_all_neighbours', NEIGHBOURS)],
        'Other weights of words, so other pairs. tlevel writes JSON too.',
    ),
    Engine(
        'harmonise', 'Join statements into concepts', 'join', ['harmonise', '{0}'], ['weigh', 'harmonise'],
        [('components', 'the pairs of sparse_dot_topn, connected components')],
        'Not the same task: connected components chain, and join opposites and other numbers. tlevel does neither, and keeps the evidence.',
    ),
    Engine(
        'topics', 'Assign topics', 'join', ['harmonise', '{0}'], ['topics'],
        differs='No peer: we know of none that assigns a vocabulary of topics with evidence. The whole process is that of `harmonise`.',
    ),
    Engine(
        'index', 'Build the index of places', 'tree', ['suggest', '{0}', '--words-only', '--new', '{2}'], ['build'],
        [('index', 'scikit-learn tf-idf, transposed')],
        'tlevel also indexes titles and sums up the clusters. Both use words only, not their meaning.',
    ),
    Engine(
        'place-one', 'Place one occupation', 'tree', ['suggest', '{0}', '--words-only', '--new', '{2}'], ['suggest'],
        [('place_one', NEIGHBOURS)],
        'The peer ranks occupations, tlevel clusters with evidence. tlevel answers its first question, the peer one it has had before. JSON in and out.',
    ),
    Engine(
        'place-batch', 'Place a batch of occupations', 'tree', ['suggest', '{0}', '--words-only', '--new', '{1}'],
        ['suggest'], [('place_batch', NEIGHBOURS)],
        'As above, all questions at once.',
    ),
    Engine(
        'place-meaning', 'The same batch, by words and meaning', 'tree', ['suggest', '{0}', '--new', '{1}'],
        ['suggest'], [('place_batch', NEIGHBOURS)],
        'What `suggest` does by default. The peer compares words only.',
    ),
    Engine(
        'agreement', 'How alike two groupings are', 'labels', ['study', 'compare', '{0}', '{1}'], ['compare'],
        [('agreement', 'sklearn.metrics, 3 measures')],
        'tlevel computes 17 measures; the peer computes 3 of them: adjusted Rand, adjusted mutual information and V-measure.',
        'measures', real=False,
    ),
    Engine(
        'silhouette', 'Judge a grouping', 'tree', ['study', 'clusters', '{0}', '--labels', 'cluster', '--exact', '--share', 'statement'],
        ['judge'], [('silhouette', 'silhouette_score of scikit-learn')],
        'The peer computes the silhouette alone, from distances of its own. tlevel computes all its measures of two groupings.',
    ),
    Engine(
        'tree', 'Hierarchical clustering', 'tree',
        ['study', 'clusters', '{0}', '--method', 'average', '--clusters', '60', '--exact', '--share', 'statement'],
        ['cluster'], [('linkage_scipy', 'linkage of SciPy'), ('linkage_fastcluster', 'linkage of fastcluster')],
        'Average linkage from the distances of all pairs, which are computed before. tlevel also cuts the tree.',
    ),
    Engine(
        'derive', 'Derive all programmes', 'tree', ['derive', '{0}', '--exact', '--share', 'statement'],
        ['derive'], differs='No peer: we know of none that derives cores and specialisms.',
    ),
    Engine(
        'screen', 'Screen one proposal', 'tree',
        ['consult', 'new', '{0}', '--title', 'Drone surveyor', '--to', '{cluster}', '--exact', '--share', 'statement'],
        ['prepare', 'screen'], differs='No peer: we know of none that screens a consultation proposal.',
    ),
]
BY_ID = {engine.id: engine for engine in ENGINES}
