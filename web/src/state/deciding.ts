// Deciding: adding an entry, undo and redo, files of decisions, and telling the engine.

import { batch } from '@preact/signals';
import { Newest } from '../engine/client';
import type { LedgerAnswer } from '../engine/contract';
import { type Conflict, type Entry, inWords, merged, type Verdict } from './decisions';
import { type LedgerFiles, ledgerFiles, readLedger } from './ledger';
import { tell } from './news';
import * as now from './session';
import { attempt, current, refresh, running } from './running';

const newId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;

/** Gives the engine the decisions in force, and derives again. */
export const applyLedger = new Newest<void>(async () => {
  const files = ledgerFiles(now.entries.value);
  const answer = await current().json<LedgerAnswer>('setLedger', JSON.stringify(files));
  const name = { pairs: 'Pairs', topics: 'Topics', content: 'Content' } as Record<string, string>;
  now.ledgerProblems.value = answer.problems.map(
    ({ file, line, message }) => `${file ? `${name[file] ?? file}, ` : ''}${line ? `row ${line}: ` : ''}${message}`,
  );
  await refresh();
});

/** Reads the decisions on the open map, of this tab and of others. */
export async function loadEntries(): Promise<void> {
  const key = now.opened.value?.key;
  if (!key) return;
  const found = await running.store?.entries(key);
  if (found && JSON.stringify(found) !== JSON.stringify(now.entries.value)) now.entries.value = found;
  await applyLedger.ask();
}

/** Keeps entries in the browser and in the page. */
async function keep(changed: Entry[]): Promise<void> {
  await running.store?.put(changed);
  const ids = new Set(changed.map((entry) => entry.id));
  const key = now.opened.value?.key ?? '';
  const rest = running.store ? await running.store.entries(key) : now.entries.value;
  now.entries.value = [...rest.filter((entry) => !ids.has(entry.id)), ...changed];
  await applyLedger.ask();
}

/** Decides. */
export async function decide(verdict: Verdict, about: string, note = ''): Promise<void> {
  const entry: Entry = {
    id: newId(),
    map: now.opened.value?.key ?? '',
    verdict,
    about,
    note,
    by: now.person.value,
    at: new Date().toISOString(),
    removed: false,
  };
  await attempt('Keeping the decision', async () => {
    batch(() => {
      now.own.value = [...now.own.value, entry.id];
      now.undone.value = [];
    });
    await keep([entry]);
    tell(`Recorded. ${decision(entry)}`);
  });
}

const decision = ({ verdict, about }: Entry) => `${inWords(verdict)}: ${about}.`;

async function flip(id: string, removed: boolean): Promise<void> {
  const entry = now.entries.value.find((one) => one.id === id);
  if (!entry) return;
  await keep([{ ...entry, removed }]);
  tell(`${removed ? 'Taken back' : 'Recorded again'}. ${decision(entry)}`);
}

/** Takes back this tab's last decision. */
export async function undo(): Promise<void> {
  const last = now.own.value.at(-1);
  if (!last) return;
  batch(() => {
    now.own.value = now.own.value.slice(0, -1);
    now.undone.value = [...now.undone.value, last];
  });
  await attempt('Undoing', () => flip(last, true));
}

/** Makes the decision again that was taken back last. */
export async function redo(): Promise<void> {
  const last = now.undone.value.at(-1);
  if (!last) return;
  batch(() => {
    now.undone.value = now.undone.value.slice(0, -1);
    now.own.value = [...now.own.value, last];
  });
  await attempt('Redoing', () => flip(last, false));
}

/** Takes back any decision, from the list of them; undo brings it back in the usual order. */
export async function takeBack(id: string): Promise<void> {
  batch(() => {
    now.own.value = now.own.value.filter((one) => one !== id);
    now.undone.value = [...now.undone.value, id];
  });
  await attempt('Taking back a decision', () => flip(id, true));
}

export interface OpenedLedger {
  added: number;
  alike: number;
  conflicts: number;
  problems: string[];
}

/** The tables of a file: a CSV file is one, a workbook has one for each kind of decision. */
async function decisionTexts(file: File): Promise<{ name: string; text: string }[]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isWorkbook = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isWorkbook) return [{ name: file.name, text: await file.text() }];
  const texts = await current().json<LedgerFiles>('decisionsOfWorkbook', bytes);
  return Object.entries(texts)
    .filter(([, text]) => text)
    .map(([kind, text]) => ({ name: `${file.name}, ${kind}`, text }));
}

/** Adds the decisions of files to those that are there; where both decide differently, a person chooses. */
export async function openLedgers(files: readonly File[]): Promise<OpenedLedger> {
  const sum: OpenedLedger = { added: 0, alike: 0, conflicts: 0, problems: [] };
  const found: Conflict[] = [];
  const added: Entry[] = [];
  for (const file of files) {
    const at = new Date().toISOString();
    for (const { name, text } of await decisionTexts(file)) {
      const read = readLedger(text, now.opened.value?.key ?? '', newId, at);
      const result = merged([...now.entries.value, ...added], read.entries);
      added.push(...result.added);
      found.push(...result.conflicts);
      sum.alike += result.alike;
      sum.problems.push(...read.problems.map(({ line, message }) => `${name}, line ${line}: ${message}`));
    }
  }
  now.conflicts.value = [...now.conflicts.value, ...found];
  if (added.length > 0) await keep(added);
  return { ...sum, added: added.length, conflicts: found.length };
}

/** Settles a conflict: ours stays, or theirs takes its place. */
export async function settle(conflict: Conflict, choice: 'ours' | 'theirs'): Promise<void> {
  now.conflicts.value = now.conflicts.value.filter((one) => one !== conflict);
  if (choice === 'ours') return;
  const entry = { ...conflict.theirs, at: new Date().toISOString() };
  await attempt('Keeping the decision', async () => {
    now.own.value = [...now.own.value, entry.id];
    await keep([entry]);
  });
}
