// Decisions as the three tables that the command line reads, and back.

import { readCsv, writeCsv } from './csv';
import { type Entry, inForce, type Verdict } from './decisions';

export type FileKind = 'pairs' | 'topics' | 'content';

/** The tables of decisions, as CSV: for `--ledger`, `--topic-decisions` and `--decisions`. */
export type LedgerFiles = Record<FileKind, string>;

const HEADS: Record<FileKind, string[]> = {
  pairs: ['decision', 'occupation_a', 'statement_a', 'occupation_b', 'statement_b', 'note', 'by', 'at'],
  topics: ['decision', 'topic', 'occupation', 'statement', 'into', 'note', 'by', 'at'],
  content: ['concept id', 'decision', 'new wording', 'comment', 'pathway', 'by', 'at', 'about'],
};

export const OPTIONS: Record<FileKind, string> = {
  pairs: '--ledger',
  topics: '--topic-decisions',
  content: '--decisions',
};

function cells(entry: Entry): [FileKind, string[]] {
  const { verdict, note, by, at, about } = entry;
  if (verdict.kind === 'pair') {
    const { a, b } = verdict;
    return ['pairs', [verdict.word, a.occupation, a.statement, b.occupation, b.statement, note, by, at]];
  }
  if (verdict.kind === 'content') {
    return ['content', [verdict.subject, verdict.word, verdict.wording, note, verdict.pathway, by, at, about]];
  }
  if (verdict.word === 'rename') return ['topics', ['rename', verdict.topic, '', '', verdict.into, note, by, at]];
  const { occupation, statement } = verdict.statement;
  return ['topics', [verdict.word, verdict.topic, occupation, statement, '', note, by, at]];
}

/** The decisions in force as files; a file without a row is empty. */
export function ledgerFiles(entries: readonly Entry[]): LedgerFiles {
  const rows: Record<FileKind, string[][]> = { pairs: [], topics: [], content: [] };
  for (const entry of inForce(entries)) {
    const [kind, row] = cells(entry);
    rows[kind].push(row);
  }
  const file = (kind: FileKind) => (rows[kind].length > 0 ? writeCsv([HEADS[kind], ...rows[kind]]) : '');
  return { pairs: file('pairs'), topics: file('topics'), content: file('content') };
}

export interface ReadLedger {
  entries: Entry[];
  problems: { line: number; message: string }[];
}

const WORDS: Record<FileKind, string[]> = {
  pairs: ['same', 'different', 'unsure', 'preferred'],
  topics: ['belongs', 'not', 'rename', 'merge', 'new'],
  content: ['keep', 'route core', 'pathway core', 'specialism', 'drop', 'merge with'],
};

/** The decisions of a file that the workbench or a person wrote, whichever of the three kinds it is. */
export function readLedger(text: string, map: string, newId: () => string, now: string): ReadLedger {
  const [head = [], ...rows] = readCsv(text);
  const names = head.map((name) => name.trim().toLowerCase());
  const kind = kindOf(names);
  if (!kind) {
    const message =
      'This is no file of decisions: the first row needs the columns "decision" and "occupation_a" (pairs), "decision" and "topic", or "concept id" and "decision".';
    return { entries: [], problems: [{ line: 1, message }] };
  }
  const entries: Entry[] = [];
  const problems: ReadLedger['problems'] = [];
  rows.forEach((row, index) => {
    const cell = (name: string) => (row[names.indexOf(name)] ?? '').trim();
    // a new wording alone keeps the item
    const word = cell('decision').toLowerCase() || (cell('new wording') ? 'keep' : '');
    if (!word) return;
    const verdict = verdictOf(kind, word, cell);
    if (typeof verdict === 'string') {
      problems.push({ line: index + 2, message: verdict });
      return;
    }
    const at = cell('at');
    entries.push({
      id: newId(),
      map,
      verdict,
      about: cell('about') || aboutOf(verdict),
      note: cell('note') || cell('comment'),
      by: cell('by'),
      at: Number.isNaN(Date.parse(at)) ? now : at,
      removed: false,
    });
  });
  return { entries, problems };
}

function kindOf(names: string[]): FileKind | null {
  if (!names.includes('decision')) return null;
  if (names.includes('occupation_a')) return 'pairs';
  if (names.includes('concept id')) return 'content';
  return names.includes('topic') ? 'topics' : null;
}

function verdictOf(kind: FileKind, word: string, cell: (name: string) => string): Verdict | string {
  if (!WORDS[kind].includes(word)) {
    return `“${word.slice(0, 40)}” is no decision; write ${WORDS[kind].join(', ')}, or leave the cell empty.`;
  }
  if (kind === 'pairs' && (word === 'same' || word === 'different' || word === 'unsure')) {
    const [a, b] = ['a', 'b'].map((side) => ({ occupation: cell(`occupation_${side}`), statement: cell(`statement_${side}`) }));
    if (!a?.occupation || !a.statement || !b?.occupation || !b.statement) return 'A statement is missing: fill in both occupations and both statements.';
    return { kind: 'pair', word, a, b };
  }
  if (kind === 'content' && word !== 'merge with') {
    if (!cell('concept id')) return 'The concept id is missing.';
    const known = word as 'keep' | 'route core' | 'pathway core' | 'specialism' | 'drop';
    return { kind: 'content', word: known, subject: cell('concept id'), pathway: cell('pathway'), wording: cell('new wording') };
  }
  if (kind === 'topics' && word === 'rename') {
    if (!cell('topic') || !cell('into')) return 'A rename needs the columns "topic" and "into".';
    return { kind: 'topic', word, topic: cell('topic'), into: cell('into') };
  }
  if (kind === 'topics' && (word === 'belongs' || word === 'not')) {
    const statement = { occupation: cell('occupation'), statement: cell('statement') };
    if (!statement.occupation || !statement.statement || !cell('topic')) return `“${word}” needs the columns "occupation", "statement" and "topic".`;
    return { kind: 'topic', word, statement, topic: cell('topic') };
  }
  return `The workbench does not decide “${word}”. Keep this row in a file for the command line.`;
}

function aboutOf(verdict: Verdict): string {
  if (verdict.kind === 'pair') {
    return `${verdict.a.occupation} ${verdict.a.statement} and ${verdict.b.occupation} ${verdict.b.statement}`;
  }
  if (verdict.kind === 'content') return verdict.subject;
  if (verdict.word === 'rename') return verdict.topic;
  return `${verdict.statement.occupation} ${verdict.statement.statement}: ${verdict.topic}`;
}
