"""One peer at one task, in a process of its own: a JSON line on standard output.

    peer.py '{"task": "json", "files": ["map.json"], "runs": 5, "started": 12.5}'

`seconds` are those of the work alone, run by run. `whole` is the time from the
start of the process to the end of the first run, with imports and reading.
"""
import os

for threads in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'):
    os.environ[threads] = '1'

import csv
import importlib.metadata
import json
import resource
import sys
import time

from engines import again
from generate import occupations_of


def words():
    """Single words, logarithm of counts, without English stop words."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    return TfidfVectorizer(sublinear_tf=True, stop_words='english')


def read(path):
    with open(path, 'rb') as file:
        return file.read()


def occupations(path):
    return list(occupations_of(json.loads(read(path))))


def text_of(occupation):
    own = [occupation['title'], occupation.get('overview') or '']
    own += (occupation.get('job_titles') or []) + (occupation.get('keywords') or []) + (occupation.get('skills') or [])
    return ' . '.join(own + [s['text'] for s in occupation.get('statements') or []])


def by_kind(path):
    """(occupation, statement, text) of each statement, apart by kind: tlevel
    compares within a kind only."""
    kinds = {}
    for o in occupations(path):
        for s in o.get('statements') or []:
            kinds.setdefault(s['kind'], []).append((o['id'], str(s['id']), s['text']))
    return [kind for kind in kinds.values() if len(kind) > 1]


# ---- each peer prepares what is not timed, and returns the work, which is,
# ---- and what makes an answer of its result


def parse(path, loads):
    data = read(path)
    return lambda: loads(data), lambda _: {}


def parse_json(files):
    return parse(files[0], json.loads)


def parse_orjson(files):
    import orjson
    return parse(files[0], orjson.loads)


def vectors_of(kind):
    return words().fit_transform([text for *_, text in kind]).tocsr()


def join(files, product):
    kinds = by_kind(files[0])
    # imports are not timed
    words()
    return kinds, lambda: [product(vectors_of(kind)) for kind in kinds]


def nearest(kinds):
    """The five nearest of other occupations, from a wider search that is not timed."""
    from sparse_dot_topn import sp_matmul_topn
    answer = {}
    for kind in kinds:
        vectors = vectors_of(kind)
        found = sp_matmul_topn(vectors, vectors.T.tocsr(), top_n=40, sort=True, n_threads=1)
        for row, (occupation, statement, _) in enumerate(kind):
            columns = found.indices[found.indptr[row]:found.indptr[row + 1]]
            others = [kind[c][:2] for c in columns if kind[c][0] != occupation]
            answer[f'{occupation} {statement}'] = [f'{o} {s}' for o, s in others[:5]]
    return answer


def join_top_sparse(files):
    from sparse_dot_topn import sp_matmul_topn
    kinds, work = join(files, lambda x: sp_matmul_topn(x, x.T.tocsr(), top_n=6, sort=True, n_threads=1))
    return work, lambda _: {'nearest': nearest(kinds)}


def join_top_neighbours(files):
    from sklearn.neighbors import NearestNeighbors
    _, work = join(files, lambda x: NearestNeighbors(n_neighbors=6, metric='cosine', algorithm='brute').fit(x).kneighbors(x))
    return work, lambda _: {}


def above(x, threshold=0.45):
    from sparse_dot_topn import sp_matmul_topn
    return sp_matmul_topn(x, x.T.tocsr(), top_n=x.shape[0], threshold=threshold, n_threads=1)


def join_all_sparse(files):
    import sparse_dot_topn  # noqa: F401 (not timed)
    _, work = join(files, above)
    return work, lambda found: {'pairs': int(sum(f.nnz - f.shape[0] for f in found))}


def join_all_neighbours(files):
    from sklearn.neighbors import NearestNeighbors
    _, work = join(files, lambda x: NearestNeighbors(radius=0.55, metric='cosine', algorithm='brute').fit(x).radius_neighbors(x))
    return work, lambda _: {}


def components(files):
    import sparse_dot_topn  # noqa: F401 (not timed)
    from scipy.sparse.csgraph import connected_components
    _, work = join(files, lambda x: connected_components(above(x), directed=False))
    return work, lambda found: {'groups': int(sum(n for n, _ in found))}


def index(files):
    texts = [text_of(o) for o in occupations(files[0])]
    # imports are not timed
    words()

    def work():
        vectoriser = words()
        return vectoriser, vectoriser.fit_transform(texts).T.tocsr()

    return work, lambda _: {}


def asked(files):
    vectoriser, transposed = index(files)[0]()
    lines = read(files[1]).splitlines()
    import numpy

    def ask(lines):
        questions = [json.loads(line) for line in lines]
        scores = (vectoriser.transform([text_of(q) for q in questions]) @ transposed).toarray()
        best = numpy.argpartition(-scores, 5, axis=1)[:, :5].tolist()
        return '\n'.join(json.dumps({'id': q.get('id'), 'nearest': b}) for q, b in zip(questions, best))

    return lines, ask


def place_one(files):
    lines, ask = asked(files)
    return lambda: ask(lines[:1]), lambda _: {}


def place_batch(files):
    lines, ask = asked(files)
    return lambda: ask(lines), lambda _: {}


def agreement(files):
    from sklearn import metrics
    a, b = ([int(row['label']) for row in csv.DictReader(open(f, encoding='utf8'))] for f in files)
    measures = {
        'adjusted_rand': metrics.adjusted_rand_score,
        'adjusted_mutual_information': metrics.adjusted_mutual_info_score,
        'v_measure': metrics.v_measure_score,
    }
    return lambda: {name: float(of(a, b)) for name, of in measures.items()}, lambda found: {'measures': found}


def cosines(path):
    vectors = words().fit_transform([text_of(o) for o in occupations(path)])
    return (vectors @ vectors.T).toarray()


def distances(path):
    import numpy
    far = numpy.clip(1 - cosines(path), 0, None)
    numpy.fill_diagonal(far, 0)
    return far


def silhouette(files):
    from sklearn.metrics import silhouette_score
    groups = [c['id'] for r in json.loads(read(files[0]))['routes'] for p in r['pathways'] for c in p['clusters'] for _ in c['occupations']]
    far = distances(files[0])
    return lambda: silhouette_score(far, groups, metric='precomputed'), lambda _: {}


def tree_of(files, linkage):
    from scipy.spatial.distance import squareform
    condensed = squareform(distances(files[0]), checks=False)
    return lambda: linkage(condensed, 'average'), lambda _: {}


def linkage_scipy(files):
    from scipy.cluster.hierarchy import linkage
    return tree_of(files, linkage)


def linkage_fastcluster(files):
    from fastcluster import linkage
    return tree_of(files, linkage)


TASKS = {
    'json': (parse_json, []),
    'orjson': (parse_orjson, ['orjson']),
    'join_top_sparse': (join_top_sparse, ['scikit-learn', 'sparse_dot_topn']),
    'join_top_neighbours': (join_top_neighbours, ['scikit-learn']),
    'join_all_sparse': (join_all_sparse, ['scikit-learn', 'sparse_dot_topn']),
    'join_all_neighbours': (join_all_neighbours, ['scikit-learn']),
    'components': (components, ['scikit-learn', 'sparse_dot_topn', 'scipy']),
    'index': (index, ['scikit-learn']),
    'place_one': (place_one, ['scikit-learn']),
    'place_batch': (place_batch, ['scikit-learn']),
    'agreement': (agreement, ['scikit-learn']),
    'silhouette': (silhouette, ['scikit-learn']),
    'linkage_scipy': (linkage_scipy, ['scipy', 'scikit-learn']),
    'linkage_fastcluster': (linkage_fastcluster, ['fastcluster', 'scikit-learn']),
}


def peak_memory():
    try:
        with open('/proc/self/status', encoding='ascii') as status:
            line = next(line for line in status if line.startswith('VmHWM:'))
        return int(line.split()[1]) * 1024
    except (OSError, StopIteration):
        # in bytes on a Mac, else in KiB
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == 'darwin' else most * 1024


def main(asked_for):
    prepare, packages = TASKS[asked_for['task']]
    try:
        versions = {p: importlib.metadata.version(p) for p in packages}
    except importlib.metadata.PackageNotFoundError as e:
        return {'missing': e.name or str(e)}
    work, answer = prepare(asked_for['files'])
    seconds, whole, memory, begun = [], None, None, time.monotonic()
    while again(len(seconds), asked_for['runs'], time.monotonic() - begun, asked_for['limit']):
        # what a run before has left is not part of the next one's time
        result = None
        before = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - before)
        if whole is None:
            # both clocks are the system's
            whole, memory = time.monotonic() - asked_for['started'], peak_memory()
    return {'seconds': seconds, 'whole': whole, 'memory': memory, 'versions': versions, 'answer': answer(result)}


if __name__ == '__main__':
    print(json.dumps(main(json.loads(sys.argv[1]))))
