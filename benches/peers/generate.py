"""Generated maps and labels: the same bytes for the same size, on any machine.

Statements are put together from the bundled map's: the beginning of one, the
middle of another and the end of a third. They have the words of real
statements, and share parts of sentences as real ones do.
"""
import json
import random

ROUTES, PATHWAYS, CLUSTERS, POOL = 15, 35, 172, 40


class Source:
    """The words of the bundled map, and a seed."""

    def __init__(self, bundled, seed):
        # only `random()` is the same in every version of Python
        self.next = random.Random(seed).random
        occupations = list(occupations_of(json.loads(bundled.read_text(encoding='utf8'))))
        self.titles = [o['title'].split() for o in occupations]
        self.texts = [s['text'].split() for o in occupations for s in o.get('statements') or []]

    def below(self, n):
        return int(self.next() * n)

    def pick(self, pool):
        return pool[self.below(len(pool))]

    def text(self, pool=None):
        pool, words = pool or self.texts, []
        for third in range(3):
            of = self.pick(pool)
            words += of[len(of) * third // 3:len(of) * (third + 1) // 3]
        return ' '.join(words)

    def title(self, number):
        return f'{" ".join(self.pick(self.titles)[:2])} {number}'


def occupations_of(native):
    """The occupations of a native map, in order."""
    for route in native['routes']:
        for pathway in route['pathways']:
            for cluster in pathway['clusters']:
                yield from cluster['occupations']


def statement(number, kind, text):
    return {'id': f'X{number}', 'kind': kind, 'text': text}


def occupation(id_, title, statements):
    return {'id': id_, 'title': title, 'level': 3, 'status': 'approved', 'statements': statements}


def native(title, routes):
    return {'format': 'tlevel-map', 'version': 1, 'title': title, 'routes': routes}


def join_map(bundled, statements):
    """So many skills, 20 to an occupation, in one cluster: every statement is
    compared with all of the other occupations."""
    source, made = Source(bundled, 2026), []
    for o in range(statements // 20):
        made.append(occupation(f'O{o}', f'Occupation {o}', [statement(s, 'skill', source.text()) for s in range(20)]))
    cluster = {'id': 'c', 'name': 'Cluster', 'occupations': made}
    pathway = {'id': 'p', 'name': 'Pathway', 'clusters': [cluster]}
    return native('Statements', [{'id': 'r', 'name': 'Route', 'pathways': [pathway]}])


class Tree:
    """A map of 15 routes, 35 pathways and 172 clusters, or a third as many
    clusters as occupations. Each cluster has words of its own; two of twenty
    statements are shared in the route, two in the pathway. All occupations are
    at level 3, so that all of them count."""

    def __init__(self, bundled, occupations):
        self.source = source = Source(bundled, 17)
        self.occupations, self.clusters = occupations, min(CLUSTERS, max(occupations // 3, 1))
        self.pools = [[source.pick(source.texts) for _ in range(POOL)] for _ in range(self.clusters)]
        self.of_route = [[source.text() for _ in range(2)] for _ in range(ROUTES)]
        self.of_pathway = [[source.text() for _ in range(2)] for _ in range(PATHWAYS)]

    def statements(self, cluster, many=20):
        pathway = cluster % PATHWAYS
        texts = self.of_route[pathway % ROUTES] + self.of_pathway[pathway]
        texts = texts + [self.source.text(self.pools[cluster]) for _ in range(many - len(texts))]
        return [statement(s, ('knowledge', 'skill')[s % 2], text) for s, text in enumerate(texts)]

    def map(self):
        clusters = [{'id': f'c{c}', 'name': f'Cluster {c}', 'occupations': []} for c in range(self.clusters)]
        for o in range(self.occupations):
            made = occupation(f'OCC{o:05}', self.source.title(o), self.statements(o % self.clusters))
            clusters[o % self.clusters]['occupations'].append(made)
        pathways = [{'id': f'p{p}', 'name': f'Pathway {p}', 'clusters': clusters[p::PATHWAYS]} for p in range(PATHWAYS)]
        routes = [{'id': f'r{r}', 'name': f'Route {r}', 'pathways': pathways[r::ROUTES]} for r in range(ROUTES)]
        return native('A generated map', routes)

    def questions(self, many):
        """Occupations that are not on the map, ten statements each, as JSON lines."""
        lines = []
        for q in range(many):
            skills = [s['text'] for s in self.statements(self.source.below(self.clusters), 10)]
            lines.append(json.dumps({'id': f'Q{q}', 'title': self.source.title(q), 'level': 3, 'skills': skills}))
        return '\n'.join(lines) + '\n'


def labels(bundled, points, groups, seed):
    """A grouping of so many points as CSV: random, and correlated with every
    other seed's, so that no measure is close to nought."""
    source, rows = Source(bundled, seed), ['occupation,label']
    for point in range(points):
        group = point % groups if source.next() < 0.5 else source.below(groups)
        rows.append(f'P{point},{group}')
    return '\n'.join(rows) + '\n'
