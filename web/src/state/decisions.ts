// What people decide: entries, and which of them are in force.

export interface StatementRef {
  occupation: string;
  statement: string;
}

export type Verdict =
  | {
      kind: 'pair';
      word: 'same' | 'different' | 'unsure';
      a: StatementRef;
      b: StatementRef;
    }
  | { kind: 'topic'; word: 'belongs' | 'not'; statement: StatementRef; topic: string }
  | { kind: 'topic'; word: 'rename'; topic: string; into: string }
  | {
      kind: 'content';
      word: 'keep' | 'route core' | 'pathway core' | 'specialism' | 'drop';
      subject: string;
      pathway: string;
      wording: string;
    };

/** A decision: what, on which map, by whom and when. */
export interface Entry {
  id: string;
  map: string;
  verdict: Verdict;
  /** What it is about, in words, to show in lists. */
  about: string;
  note: string;
  by: string;
  at: string;
  /** Taken back by undo. */
  removed: boolean;
}

const ref = (statement: StatementRef) => `${statement.occupation}/${statement.statement}`;

/** What a decision is about: a later one on the same subject takes its place. */
export function subject(verdict: Verdict): string {
  if (verdict.kind === 'pair') return `pair ${[ref(verdict.a), ref(verdict.b)].sort().join(' ')}`;
  if (verdict.kind === 'content') return `content ${verdict.pathway} ${verdict.subject}`;
  if (verdict.word === 'rename') return `rename ${verdict.topic}`;
  if (verdict.word === 'belongs') return `belongs ${ref(verdict.statement)}`;
  return `not ${ref(verdict.statement)} ${verdict.topic}`;
}

/** Whether two decisions on one subject say the same. */
export function agrees(a: Verdict, b: Verdict): boolean {
  if (a.kind !== b.kind || a.word !== b.word) return false;
  if (a.kind === 'content' && b.kind === 'content') return a.wording === b.wording;
  if (a.kind === 'topic' && b.kind === 'topic') {
    if (a.word === 'rename' && b.word === 'rename') return a.into === b.into;
    return a.topic === b.topic;
  }
  return true;
}

const order = (a: Entry, b: Entry) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id);

/** The decisions in force: the latest on each subject, oldest first. */
export function inForce(entries: readonly Entry[]): Entry[] {
  const latest = new Map<string, Entry>();
  for (const entry of entries.filter((one) => !one.removed).sort(order)) latest.set(subject(entry.verdict), entry);
  return [...latest.values()].sort(order);
}

/** The decision in force on what a verdict is about. */
export function standing(force: readonly Entry[], verdict: Verdict): Entry | undefined {
  const wanted = subject(verdict);
  return force.find((entry) => subject(entry.verdict) === wanted);
}

export interface Conflict {
  ours: Entry;
  theirs: Entry;
}

/** What another file adds to ours, and where both decide the same subject differently. */
export function merged(ours: readonly Entry[], theirs: readonly Entry[]): { added: Entry[]; conflicts: Conflict[]; alike: number } {
  const mine = new Map(inForce(ours).map((entry) => [subject(entry.verdict), entry]));
  const added: Entry[] = [];
  const conflicts: Conflict[] = [];
  let alike = 0;
  for (const entry of inForce(theirs)) {
    const own = mine.get(subject(entry.verdict));
    if (!own) added.push(entry);
    else if (agrees(own.verdict, entry.verdict)) alike += 1;
    else conflicts.push({ ours: own, theirs: entry });
  }
  return { added, conflicts, alike };
}

const VERBS: Record<string, string> = {
  same: 'Say the same',
  different: 'Say different things',
  unsure: 'Not sure',
  belongs: 'Belongs to another topic',
  not: 'Does not belong',
  rename: 'Renamed',
  keep: 'Keep',
  'route core': 'Move to route core',
  'pathway core': 'Move to pathway core',
  specialism: 'Move to specialisms',
  drop: 'Drop',
};

/** A decision in words. */
export function inWords(verdict: Verdict): string {
  const words = VERBS[verdict.word] ?? verdict.word;
  if (verdict.kind === 'topic' && verdict.word === 'rename') return `Renamed to “${verdict.into}”`;
  if (verdict.kind === 'content' && verdict.wording) return `${words}, worded “${verdict.wording}”`;
  return words;
}
