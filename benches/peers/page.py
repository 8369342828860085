"""The page and its pictures, from the results alone: no clock, no machine.

`benchmarks/results.json` beside the page holds every figure, so that the page
can be written again and checked.
"""
import json
import math

import svg
from engines import BY_ID, ENGINES
from svg import plain, seconds

SHORT = {
    'json': 'json', 'orjson': 'orjson', 'join_top_sparse': 'sparse_dot_topn', 'join_top_neighbours': 'scikit-learn',
    'join_all_sparse': 'sparse_dot_topn', 'join_all_neighbours': 'scikit-learn', 'components': 'sparse_dot_topn, SciPy',
    'index': 'scikit-learn', 'place_one': 'scikit-learn', 'place_batch': 'scikit-learn', 'agreement': 'scikit-learn',
    'silhouette': 'scikit-learn', 'linkage_scipy': 'SciPy', 'linkage_fastcluster': 'fastcluster',
}
QUICK = (
    '> **A trial, not a measurement.** It was made with `--quick`: small sizes, few runs. '
    'Run `benches/peers/run` on a quiet machine to replace it.'
)
# how much of a core other programs may use meanwhile
QUIET = 0.15
MAIN_HEADER = ['Task', 'Size', 'tlevel', 'Peer', "Peer's time", 'Ratio']
GROWTH_HEADER = ['Task', 'Who', 'Size', 'Time', 'Exponent']


def exponent(points):
    """The exponent b of time = a * size^b, by least squares on logarithms.
    `points`: (size, seconds); None for fewer than two sizes."""
    logs = [(math.log(size), math.log(time)) for size, time in points]
    mean = [sum(axis) / len(logs) for axis in zip(*logs)] if logs else [0, 0]
    spread = sum((x - mean[0]) ** 2 for x, _ in logs)
    return sum((x - mean[0]) * (y - mean[1]) for x, y in logs) / spread if spread else None


def memory(size):
    return f'{size / 1e6:,.0f} MB' if size else 'not known'


def ratio(value):
    return f'{value:,.0f}' if value >= 9.995 else f'{value:.2f}' if value >= 0.0995 else f'{value:.3f}'


def table(header, rows):
    # figures to the right
    rule = [' ---: ' if h in ('tlevel', "Peer's time", 'Ratio', 'Time', 'Exponent', 'Memory', 'Whole process') else ' --- ' for h in header]
    lines = ['| ' + ' | '.join(header) + ' |', '|' + '|'.join(rule) + '|']
    return lines + ['| ' + ' | '.join(cell.replace('|', '\\|') for cell in row) + ' |' for row in rows] + ['']


def source(row):
    """What the size is of: generated data, or a file of the user's."""
    return '' if row['source'] == 'generated' else f', `{row["source"]}`'


def size(row):
    return f'{plain(row["size"])} {BY_ID[row["engine"]].unit}{source(row)}'


def largest(found):
    """For each engine the row of its largest generated size that was measured."""
    rows = {}
    for row in found['rows']:
        if row['source'] == 'generated' and (row['tlevel'] or row['engine'] not in rows):
            rows[row['engine']] = row
    return [rows[engine.id] for engine in ENGINES if engine.id in rows]


def compared(rows):
    """A table of tlevel beside its peers."""
    lines = []
    for row in rows:
        own = row['tlevel']
        start = [BY_ID[row['engine']].name, size(row), seconds(own['seconds']) if own else 'not measured']
        for peer in row['peers']:
            times = ratio(peer['seconds'] / own['seconds']) if own else ''
            lines.append([*start, peer['name'], seconds(peer['seconds']), times])
        if not row['peers']:
            lines.append([*start, 'none' if not BY_ID[row['engine']].peers else 'not measured', '', ''])
    return table(MAIN_HEADER, lines)


def slower(rows):
    """Where a peer is faster, in words."""
    lines = []
    for row in rows:
        for peer in row['peers']:
            if row['tlevel'] and peer['seconds'] < row['tlevel']['seconds']:
                times = row['tlevel']['seconds'] / peer['seconds']
                lines.append(f'* {BY_ID[row["engine"]].name}, {size(row)}: tlevel takes {ratio(times)} times as long as {peer["name"]}.')
    if not lines:
        return ['No peer was faster at these sizes.', '']
    return ['**Slower than a peer:**', '', *lines, '']


def answers(row):
    if 'difference' in row:
        return (
            f' Adjusted Rand and V-measure are equal to the peer\'s, and adjusted mutual information to that of 40 digits, within {row["difference"]:.0e}.'
            f' The peer\'s adjusted mutual information differs from those 40 digits by {row["rounding"]:.0e}.'
        )
    if 'overlap' in row:
        return f' Of the five nearest, {row["overlap"]:.0%} are the same.'
    return ''


def series(found, engine):
    """(who, short name, points) of tlevel and its peers over the generated sizes."""
    rows = [r for r in found['rows'] if r['engine'] == engine.id and r['source'] == 'generated']
    out = [('tlevel', 'tlevel', [(r['size'], r['tlevel']['seconds']) for r in rows if r['tlevel']])]
    for task, name in engine.peers:
        points = [(r['size'], p['seconds']) for r in rows for p in r['peers'] if p['task'] == task]
        out.append((name, SHORT[task], points))
    return [line for line in out if line[2]]


def growth_table(found):
    lines = []
    for engine in ENGINES:
        for who, _, points in series(found, engine):
            b = exponent(points)
            lines.append([
                engine.name, who, ', '.join(plain(s) for s, _ in points),
                ', '.join(seconds(t) for _, t in points), f'{b:.2f}' if b is not None else '',
            ])
    return table(GROWTH_HEADER, lines)


def pictures(found):
    """File name to picture."""
    out = {}
    for engine in ENGINES:
        lines = [(short, points) for _, short, points in series(found, engine)]
        if lines:
            out[f'{engine.id}.svg'] = svg.growth(engine.name, engine.unit, lines)
    return out


def processes(rows):
    lines = []
    for row in rows:
        for who, figures in [('tlevel', row['tlevel']), *((p['name'], p) for p in row['peers'])]:
            if figures:
                lines.append([BY_ID[row['engine']].name, size(row), who, seconds(figures['whole']), memory(figures['memory'])])
    return table(['Task', 'Size', 'Who', 'Whole process', 'Memory'], lines)


def machine(found):
    m = found['machine']
    peers = ', '.join(f'{name} {version}' for name, version in found['versions'].items()) or 'none'
    commit = (m['commit'] or 'not known') + (', with uncommitted changes' if m['changed'] else '')
    return table(['What', 'Value'], [
        ['Processor', f'{m["cpu"]}, {m["cores"]} cores; one thread used'],
        ['Memory', f'{m["memory_gib"]} GiB' if m['memory_gib'] else 'not known'],
        ['System', f'{m["system"]}, {m["kernel"]}'],
        ['Program', f'{m["tlevel"]}, commit {commit}'],
        ['Peers', f'{peers}; Python {m["python"]}'],
        ['Date', m['date']],
        ['Other programs', 'not known' if m['others'] is None else f'used {m["others"]:.2f} of {m["cores"]} cores during the run'],
    ])


def marks(found):
    lines = [QUICK, ''] if found['quick'] else []
    m = found['machine']
    if m['others'] is not None and m['others'] > QUIET:
        lines += [
            f'> **Taken under load.** Other programs used {m["others"]:.2f} of {m["cores"]} cores meanwhile. '
            'Do not quote these figures.', '',
        ]
    return lines


def failures(found):
    lines = [f'* {name} is not installed. Left out of: {", ".join(dict.fromkeys(engines))}.' for name, engines in sorted(found['missing'].items())]
    for f in found['failures']:
        lines.append(f'* {BY_ID[f["engine"]].name}, {plain(f["size"])}, {f["who"]}: {f["reason"]}')
    return ['## Not measured', '', *lines, ''] if lines else []


def page(found):
    rows, real = largest(found), [r for r in found['rows'] if r['source'] != 'generated']
    shown = pictures(found)
    lines = [
        '# Benchmarks', '', *marks(found),
        'How long tlevel takes, and how long other programs take for the same or a similar task. The command',
        '`benches/peers/run` measures both and writes this page; do not edit it by hand.', '',
        '## Machine', '', *machine(found),
        '## Beside the peers', '',
        'Each task at its largest size. The ratio is the peer\'s time divided by tlevel\'s: at 2 the peer takes twice as',
        'long, below 1 the peer is faster. Both sides use one thread. Times are of the task alone, without the start of',
        'the process and without reading the file.', '',
        *compared(rows), *slower(rows),
    ]
    if real:
        lines += [
            '### On other maps', '', 'The same tasks on maps that were given with `--data`. Batches have the maps\' own occupations as questions.', '', *compared(real), *slower(real),
        ]
    lines += ['## What differs', '', 'Few peers do exactly the same task.', '']
    for row in rows:
        engine = BY_ID[row['engine']]
        lines.append(f'* **{engine.name}.** {engine.differs}{answers(row)}')
    lines += [
        '', '## Growth', '',
        'Time grows as a power of the size. At exponent 1, twice the size takes twice the time; at 2, four times. The',
        'exponent is fitted to the sizes below by least squares on logarithms. At the smallest sizes fixed costs count,',
        'which lowers it.', '',
        *growth_table(found),
        *(f'![{BY_ID[name[:-4]].name}: time by size](benchmarks/{name})' for name in shown), '',
        '## Whole process and memory', '',
        'From the start of the process to its end, with all that the command does besides the task: reading, other steps',
        'and the output. For peers: to the end of the first run, with the imports of Python. Memory is the most that the',
        'process held, with the data and, for peers, Python and its libraries.', '',
        *processes(rows), *failures(found),
        '## How it is measured', '',
        '* Figures are medians of five runs, of three if they take long, and of fewer if one takes ten seconds or the',
        '  time for the whole is over. `benchmarks/results.json` has the number of runs of each.',
        '* tlevel is a new process for each run. A peer stays in one process for all of its runs, which favours the peer:',
        '  its memory is warm from the second run on.',
        '* Maps are generated from a fixed seed: statements are put together from parts of the bundled map\'s. Clusters have',
        '  words of their own, and all occupations are at level 3.',
        f'* A batch has {plain(found["questions"])} questions with ten statements each. Groupings have a hundred labels a group.',
        '* The run fails if measures of two groupings differ from the peer\'s (adjusted mutual information: from 40 digits)',
        '  by more than 1e-12, or if the nearest statements of both have little in common.', '',
        '## Repeat it', '',
        '```console', '$ benches/peers/run', '```', '',
        'It needs Rust, Python 3.11 or later and a package registry for the peers, and takes up to ten minutes. Leave the',
        'machine alone meanwhile. A peer that cannot be installed is named and left out.', '',
        '| Option | Meaning |', '| --- | --- |',
        '| `--quick` | a trial in under two minutes, marked as such |',
        '| `--data FOLDER` | also the native maps in this folder |',
        '| `--output FOLDER` | write the page elsewhere |',
        '| `--only ENGINE` | one engine alone |',
        '| `--check` | check this page, and measure nothing |', '',
        '`TLEVEL=PATH` measures a program that is already built.', '',
    ]
    return '\n'.join(lines)


def results_text(found):
    return json.dumps(found, indent=1, ensure_ascii=False) + '\n'


def write(folder, found):
    """Writes the page, its pictures and its figures."""
    beside = folder / 'benchmarks'
    beside.mkdir(parents=True, exist_ok=True)
    shown = pictures(found)
    for old in beside.glob('*.svg'):
        if old.name not in shown:
            old.unlink()
    for name, picture in shown.items():
        (beside / name).write_text(picture, encoding='utf8')
    (beside / 'results.json').write_text(results_text(found), encoding='utf8')
    (folder / 'benchmarks.md').write_text(page(found), encoding='utf8')
