"""Measures every engine beside its peers, and writes the page. Called by `run`.

A part that fails or a peer that is missing is named on the page, and the rest
goes on. The exit status is 1 if anything failed or an answer is not the peer's.
"""
import argparse
import contextlib
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

from engines import BY_ID, ENGINES, QUESTIONS, QUICK, QUICK_QUESTIONS, SIZES, again
from generate import Tree, join_map, labels, occupations_of
import exact
import page

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUNDLED = ROOT / 'fixtures/maps/england.json'
ONE_THREAD = {name: '1' for name in ('RAYON_NUM_THREADS', 'OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS')}
# seconds after which a process is ended, and after which a contender has no fourth run
TIMEOUT, LIMIT, QUICK_LIMIT = 120, 4, 0.6
# the share of the five nearest that both must have: far below any real figure
# (and far above chance), so that only a comparison of other rows is below it
LEAST_OVERLAP = 0.2


class Failed(Exception):
    """Why one part could not be measured."""


class Missing(Exception):
    """A peer that is not installed."""


class Bench:
    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        # processes run in another folder
        self.tlevel = str(pathlib.Path(os.environ.get('TLEVEL') or ROOT / 'target/release/tlevel').resolve())
        self.deadline = time.monotonic() + options.minutes * 60
        self.limit = QUICK_LIMIT if options.quick else LIMIT
        self.rows, self.failures, self.missing, self.versions = [], [], {}, {}
        self.seen = {}

    def runs(self):
        left = self.deadline - time.monotonic()
        return (3 if self.options.quick else 5) if left > 0 else 1

    def process(self, command, output=subprocess.PIPE):
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE, timeout=TIMEOUT, cwd=HERE,
                env={**os.environ, **ONE_THREAD},
            )
        except subprocess.TimeoutExpired:
            raise Failed(f'ended after {TIMEOUT} seconds') from None
        except OSError as e:
            raise Failed(f'cannot be started: {e.strerror}') from None
        return done

    def measure_tlevel(self, engine, files, cluster):
        """Runs the command several times, each in a new process."""
        args = engine.command(files, cluster)
        key = tuple(args)
        if key not in self.seen:
            answer, runs, begun = self.folder / 'answer', [], time.monotonic()
            while again(len(runs), self.runs(), time.monotonic() - begun, self.limit):
                before = time.perf_counter()
                with open(answer, 'wb') as out:
                    done = self.process([self.tlevel, *args], out)
                whole = time.perf_counter() - before
                # 1: done, with findings
                if done.returncode not in (0, 1):
                    raise Failed(f'exit status {done.returncode}: {last_line(done.stderr)}')
                runs.append((stats_of(done.stderr), whole))
            # answers may be large
            self.seen[key] = runs, answer.read_bytes() if engine.answers else None
        runs, answer = self.seen[key]
        missing = [step for step in engine.steps if step not in runs[0][0]['seconds']]
        if missing:
            raise Failed(f'--stats has no timing "{missing[0]}"')
        seconds = [sum(stats['seconds'][step] for step in engine.steps) for stats, _ in runs]
        return {
            'seconds': statistics.median(seconds),
            'whole': statistics.median(whole for _, whole in runs),
            'memory': max((stats.get('peak_memory_bytes') or 0) for stats, _ in runs) or None,
            'runs': len(runs),
        }, answer

    def measure_peer(self, task, files):
        asked = {'task': task, 'files': [str(f) for f in files], 'runs': self.runs(), 'limit': self.limit}
        asked['started'] = time.monotonic()
        done = self.process([sys.executable, str(HERE / 'peer.py'), json.dumps(asked)])
        if done.returncode != 0:
            raise Failed(last_line(done.stderr))
        told = json.loads(done.stdout)
        if 'missing' in told:
            raise Missing(told['missing'])
        self.versions.update(told['versions'])
        figures = {k: told[k] for k in ('whole', 'memory')}
        return {'seconds': statistics.median(told['seconds']), 'runs': len(told['seconds']), **figures}, told['answer']

    @contextlib.contextmanager
    def part(self, engine, size, who):
        """Goes on after a failure, which is recorded."""
        try:
            yield
        except Missing as e:
            self.missing.setdefault(str(e), []).append(engine.name)
        except Exception as e:  # noqa: BLE001 (the rest of the figures must not be lost)
            reason = str(e) if isinstance(e, Failed) else f'{type(e).__name__}: {e}'
            reason = reason.replace(str(self.folder), '').replace(str(ROOT), '')
            self.failures.append({'engine': engine.id, 'size': size, 'who': who, 'reason': reason[:200]})
            print(f'  {engine.name}, {size}, {who}: {reason}', file=sys.stderr)

    def row(self, engine, size, files, source, cluster='c0', peers=True):
        row = {'engine': engine.id, 'size': size, 'source': source, 'tlevel': None, 'peers': []}
        print(f'{engine.name}, {size} {engine.unit}, {source}', file=sys.stderr, flush=True)
        answer = None
        with self.part(engine, size, 'tlevel'):
            row['tlevel'], answer = self.measure_tlevel(engine, files, cluster)
        for task, name in engine.peers if peers else []:
            with self.part(engine, size, name):
                figures, theirs = self.measure_peer(task, [files[0], files[2]] if engine.id == 'place-one' else files)
                row['peers'].append({'task': task, 'name': name, **figures})
                if answer is not None:
                    self.compare(engine, row, files, answer, theirs)
        self.rows.append(row)

    def compare(self, engine, row, files, ours, theirs):
        """Holds the answers against each other; a difference is a failure."""
        if engine.answers == 'measures' and 'measures' in theirs:
            own = {m['measure']: m['value'] for m in json.loads(ours)['measures']}
            peers = theirs['measures']
            # the peer rounds this one: both are held against forty digits
            name = 'adjusted_mutual_information'
            judge = exact.adjusted_mutual_information(*(exact.read(f) for f in files))
            row['rounding'], peers[name] = abs(peers[name] - judge), judge
            row['difference'] = max(abs(own[name] - value) for name, value in peers.items())
            if not row['difference'] <= 1e-12:
                raise Failed(f'the measures differ by {row["difference"]:.1e}, more than 1e-12')
            if not row['rounding'] <= 1e-9:
                raise Failed(f'the peer differs from forty digits by {row["rounding"]:.1e}, more than 1e-9')
        if engine.answers == 'nearest' and 'nearest' in theirs:
            row['overlap'] = overlap(ours, theirs['nearest'])
            if not row['overlap'] >= LEAST_OVERLAP:
                raise Failed(f'only {row["overlap"]:.2f} of the nearest statements are the same')

    def results(self, machine):
        return {
            'format': 'tlevel-benchmarks', 'version': 1, 'quick': self.options.quick,
            'questions': QUICK_QUESTIONS if self.options.quick else QUESTIONS, 'machine': machine,
            'versions': dict(sorted(self.versions.items())), 'rows': self.rows,
            'missing': self.missing, 'failures': self.failures,
        }


def overlap(ours, theirs):
    """The mean share of the five nearest that both have, of statements that
    have five on both sides."""
    shares = []
    for line in ours.splitlines():
        found = json.loads(line)
        own = {f'{n["occupation"]} {n["statement"]}' for n in found['neighbours']}
        other = theirs.get(f'{found["occupation"]} {found["statement"]}', [])
        if len(own) == 5 and len(other) == 5:
            shares.append(len(own.intersection(other)) / 5)
    return sum(shares) / len(shares) if shares else 0.0


def stats_of(stderr):
    for line in reversed(stderr.decode('utf8', 'replace').splitlines()):
        if line.startswith('{"format":"tlevel-stats"'):
            return json.loads(line)
    raise Failed('no line of --stats')


def last_line(stderr):
    lines = stderr.decode('utf8', 'replace').strip().splitlines()
    return lines[-1] if lines else 'no message'


def first(path, start):
    """What follows a word in a file of the system."""
    with contextlib.suppress(OSError):
        for line in open(path, encoding='utf8', errors='replace'):
            if line.startswith(start):
                return line[len(start):].strip(' \t\n:="')
    return None


def told(command):
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        return subprocess.run(command, capture_output=True, check=True, text=True, cwd=ROOT).stdout.strip()
    return None


def machine(tlevel):
    memory = first('/proc/meminfo', 'MemTotal')
    commit = told(['git', 'rev-parse', '--short=10', 'HEAD'])
    changed = told(['git', 'status', '--porcelain', '--untracked-files=no', '--', 'src', 'crates', 'Cargo.toml', 'Cargo.lock'])
    return {
        'cpu': first('/proc/cpuinfo', 'model name') or platform.processor() or platform.machine(),
        'cores': os.cpu_count(),
        'memory_gib': round(int(memory.split()[0]) / 1024 ** 2, 1) if memory else None,
        'system': first('/etc/os-release', 'PRETTY_NAME') or platform.system(),
        'kernel': f'{platform.system()} {platform.release()}',
        'python': platform.python_version(),
        'tlevel': told([tlevel, '--version']),
        'commit': commit, 'changed': bool(changed),
        'date': datetime.datetime.now(datetime.timezone.utc).date().isoformat(),
    }


class Others:
    """How much of the machine other programs use, from Linux's own counts."""

    def __init__(self):
        self.begun, self.busy, self.own = time.monotonic(), self.all_busy(), self.our_own()

    @staticmethod
    def all_busy():
        counts = first('/proc/stat', 'cpu ')
        if counts is None:
            return None
        user, nice, system, _, _, *rest = (int(c) for c in counts.split())
        # interrupts, and what the host took away
        return (user + nice + system + sum(rest[:3])) / os.sysconf('SC_CLK_TCK')

    @staticmethod
    def our_own():
        return sum(os.times()[:4])

    def cores(self):
        """The mean number of cores since the start; None on other systems."""
        if self.busy is None:
            return None
        busy, own = self.all_busy() - self.busy, self.our_own() - self.own
        return round(max(busy - own, 0) / (time.monotonic() - self.begun), 2)


def generated(bench, data, size):
    """The files of one size: a map (and questions, and one question), or two groupings."""
    folder = bench.folder / f'{data}-{size}'
    if folder.exists():
        return sorted(folder.iterdir())
    folder.mkdir()

    def write(name, text):
        (folder / name).write_text(text, encoding='utf8')

    if data == 'labels':
        for seed, name in ((1, 'a.csv'), (2, 'b.csv')):
            write(name, labels(BUNDLED, size, max(size // 100, 2), seed))
    elif data == 'join':
        write('map.json', json.dumps(join_map(BUNDLED, size)))
    else:
        tree = Tree(BUNDLED, size)
        write('map.json', json.dumps(tree.map()))
        questions = tree.questions(QUICK_QUESTIONS if bench.options.quick else QUESTIONS)
        write('questions.jsonl', questions)
        write('questions_1.jsonl', questions.splitlines()[0] + '\n')
    return sorted(folder.iterdir())


def given(bench, folder):
    """The native maps of a folder: (name, map, files, id of a cluster)."""
    for number, path in enumerate(sorted(folder.rglob('*.json'))):
        try:
            found = json.loads(path.read_text(encoding='utf8'))
            if found.get('format') != 'tlevel-map':
                continue
            occupations = list(occupations_of(found))
            clusters = [c['id'] for r in found['routes'] for p in r['pathways'] for c in p['clusters'] if c['occupations']]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
        if not clusters or not any(o.get('statements') for o in occupations):
            continue
        lines = []
        for o in occupations[:QUICK_QUESTIONS if bench.options.quick else QUESTIONS]:
            skills = [s['text'] for s in o.get('statements') or []]
            lines.append(json.dumps({'id': o['id'], 'title': o['title'], 'level': o['level'], 'skills': skills}))
        files = [path]
        for name, many in (('questions', len(lines)), ('question', 1)):
            asked = bench.folder / f'given-{number}-{name}.jsonl'
            asked.write_text('\n'.join(lines[:many]) + '\n', encoding='utf8')
            files.append(asked)
        yield str(path.relative_to(folder)), occupations, files, clusters[0]


def main():
    parser = argparse.ArgumentParser(prog='benches/peers/run', description='Measures tlevel beside other programs and writes docs/benchmarks.md.')
    parser.add_argument('--quick', action='store_true', help='small sizes, in under two minutes; the page says so')
    parser.add_argument('--data', type=pathlib.Path, metavar='FOLDER', help='also measure the native maps in this folder')
    parser.add_argument('--only', action='append', choices=sorted(BY_ID), metavar='ENGINE', help='this engine alone; repeatable; needs --output. One of: %(choices)s')
    parser.add_argument('--output', type=pathlib.Path, metavar='FOLDER', default=ROOT / 'docs', help='where benchmarks.md and benchmarks/ are written [default: docs]')
    parser.add_argument('--minutes', type=float, default=8, help='after so many, what is left runs once [default: 8]')
    parser.add_argument('--check', action='store_true', help='check the page that is there, and measure nothing')
    parser.add_argument('--render', action='store_true', help='write the page again from benchmarks/results.json, and measure nothing')
    options = parser.parse_args()
    if options.data and not options.data.is_dir():
        parser.error(f'--data: {options.data} is not a folder')
    options.data = options.data and options.data.resolve()
    if options.only and options.output == ROOT / 'docs':
        parser.error('--only: the page in docs holds every engine; give --output FOLDER')
    if options.render:
        path = options.output / 'benchmarks/results.json'
        try:
            found = json.loads(path.read_text(encoding='utf8'))
        except (OSError, ValueError) as e:
            parser.error(f'--render: {path}: {e}')
        page.write(options.output, found)
        return 0

    with tempfile.TemporaryDirectory(prefix='tlevel-peers-') as folder:
        bench = Bench(options, pathlib.Path(folder))
        about = machine(bench.tlevel)
        if not (about['tlevel'] or '').startswith('tlevel '):
            parser.error(f'{bench.tlevel} is not the program tlevel; build it, or name it with TLEVEL=PATH')
        others = Others()
        engines = [e for e in ENGINES if not options.only or e.id in options.only]
        for engine in engines:
            sizes = (QUICK if options.quick else SIZES)[engine.data]
            for size in sizes:
                with bench.part(engine, size, 'the generated data'):
                    files = generated(bench, engine.data, size)
                    # Python's imports take most of a trial
                    peers = not options.quick or size in (sizes[0], sizes[-1])
                    bench.row(engine, size, files, 'generated', peers=peers)
        if options.data:
            for name, occupations, files, cluster in given(bench, options.data):
                many = {'tree': len(occupations), 'join': sum(len(o.get('statements') or []) for o in occupations)}
                for engine in engines:
                    if engine.real:
                        bench.row(engine, many[engine.data], files, name, cluster)
        about['others'] = others.cores()
        found = bench.results(about)
    page.write(options.output, found)
    print(f'wrote {options.output / "benchmarks.md"}', file=sys.stderr)
    for peer, names in found['missing'].items():
        print(f'not installed, left out: {peer} ({", ".join(dict.fromkeys(names))})', file=sys.stderr)
    for failure in found['failures']:
        print(f'failed: {BY_ID[failure["engine"]].name}, {failure["size"]}, {failure["who"]}: {failure["reason"]}', file=sys.stderr)
    return 1 if found['failures'] else 0


if __name__ == '__main__':
    sys.exit(main())
