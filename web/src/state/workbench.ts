// What a person can do with the map: open, choose, set, and what follows.

import { batch } from '@preact/signals';
import { Engine, Newest } from '../engine/client';
import type { CurvePoint, Findings, Info, MapPathway, Matrix, Overview, PolicyEntry } from '../engine/contract';
import { applyLedger, loadEntries } from './deciding';
import type { Entry } from './decisions';
import { attempt, current, refresh, report, running, showTable } from './running';
import * as now from './session';
import { type KeptFile, Store } from './store';

let opening: Engine | null = null;
let last: { file: File | Blob | null; name: string } | null = null;

/** Opens what the browser keeps. */
export async function start(): Promise<void> {
  running.store = await Store.open();
  const { store } = running;
  now.keeps.value = store !== null;
  now.person.value = (await store?.get<string>('person')) ?? '';
  now.kept.value = (await store?.get<KeptFile>('file').catch(() => undefined)) ?? null;
  store?.onChange(() => void attempt('Reading the decisions of another tab', loadEntries));
  window.addEventListener('hashchange', readHash);
  readHash();
  Engine.warm();
}

function readHash(): void {
  const wanted = location.hash.slice(2) as now.Screen;
  const known = now.SCREENS.includes(wanted) ? wanted : 'start';
  now.screen.value = known !== 'start' && !now.opened.value ? 'start' : known;
}

/** Goes to a screen. */
export function go(screen: now.Screen): void {
  batch(() => {
    now.screen.value = screen;
    now.notice.value = '';
  });
  history.pushState(null, '', `#/${screen}`);
  window.scrollTo(0, 0);
}

/** How many bytes of a file are read before the page may draw again. */
const SLICE = 1 << 22;

/** The key of a file: which map a decision belongs to. */
async function keyOf(bytes: Uint8Array | null): Promise<string> {
  if (!bytes) return 'bundled';
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let from = 0; from < bytes.length; from += SLICE) {
    if (from > 0) await new Promise((resolve) => setTimeout(resolve));
    const end = Math.min(from + SLICE, bytes.length);
    for (let i = from; i < end; i += 1) {
      a = Math.imul(a ^ bytes[i]!, 2654435761);
      b = Math.imul(b ^ bytes[i]!, 1597334677);
    }
  }
  return `${(a >>> 0).toString(16)}-${(b >>> 0).toString(16)}-${bytes.length}`;
}

/** Opens a map in a worker of its own; the map before stays until it is there. */
export async function open(file: File | Blob | null, name: string): Promise<void> {
  opening?.cancel();
  now.trouble.value = null;
  now.busy.value = { what: name, stage: 'loading', done: 0, total: 0 };
  try {
    const bytes = file ? await file.arrayBuffer() : null;
    const next = (opening = await Engine.start());
    const key = await keyOf(bytes && new Uint8Array(bytes));
    await next.open(bytes, name, (stage, done, total) => {
      if (now.busy.value) now.busy.value = { what: name, stage, done, total };
    });
    const [info, findings, overview, policies, entries] = await Promise.all([
      next.json<Info>('info'),
      next.json<Findings>('findings'),
      next.json<Overview>('overview'),
      next.json<PolicyEntry[]>('policies'),
      running.store?.entries(key) ?? [],
    ]);
    running.engine?.cancel();
    running.engine = next;
    opening = null;
    last = { file, name };
    const first = overview.routes.flatMap((route) => route.pathways);
    const rich = first.filter((one) => one.programme).sort((a, b) => statements(b) - statements(a))[0];
    batch(() => {
      now.opened.value = { key, info, findings, policies };
      now.overview.value = overview;
      now.settings.value = { policy: now.PANEL, own: null, needed: '', route: '', exceptions: {} };
      now.pathwayId.value = (rich ?? first[0])?.id ?? '';
      now.matrix.value = null;
      now.noMatrix.value = '';
      now.curve.value = [];
      now.entries.value = entries;
      now.own.value = inOrder(entries);
      now.undone.value = [];
      now.conflicts.value = [];
      now.ledgerProblems.value = [];
    });
    if (entries.length > 0) {
      await applyLedger.ask();
      now.overview.value = await next.json<Overview>('overview');
    }
    go('map');
    now.busy.value = null;
    void running.store?.keep('file', { name, blob: file, at: new Date().toISOString() } satisfies KeptFile).catch(() => {});
    if (entries.length === 0) await refresh();
  } catch (problem) {
    report(`Opening ${name}`, problem);
  } finally {
    now.busy.value = null;
  }
}

/** The decisions that are not taken back, oldest first: undo takes the last. */
const inOrder = (entries: readonly Entry[]): string[] =>
  entries
    .filter((entry) => !entry.removed)
    .sort((a, b) => a.at.localeCompare(b.at))
    .map((entry) => entry.id);

const statements = (pathway: MapPathway) =>
  pathway.clusters.reduce((sum, one) => sum + one.occupations.reduce((all, each) => all + each.statements, 0), 0);

/** Stops what is being opened. The map before stays open. */
export function cancelOpening(): void {
  opening?.cancel();
  opening = null;
  now.busy.value = null;
  now.notice.value = 'Stopped. Nothing was opened.';
}

/** Opens the map again, after the engine stopped. */
export async function reopen(): Promise<void> {
  if (last) await open(last.file, last.name);
}

/** Forgets all that the browser keeps. */
export async function forget(): Promise<void> {
  await running.store?.clear();
  batch(() => {
    now.entries.value = [];
    now.own.value = [];
    now.undone.value = [];
    now.person.value = '';
    now.kept.value = null;
    now.notice.value = 'Everything that this browser kept is forgotten.';
  });
  if (running.engine) await attempt('Deriving the core', () => applyLedger.ask());
}

export async function setPerson(name: string): Promise<void> {
  now.person.value = name;
  await running.store?.keep('person', name);
}

export async function choosePathway(id: string): Promise<void> {
  batch(() => {
    now.pathwayId.value = id;
    now.topicId.value = null;
    if (now.settings.value.needed) now.settings.value = { ...now.settings.value, needed: '' };
  });
  await attempt('Deriving the core', async () => {
    await sendQuorum();
    await refresh();
  });
}

async function sendQuorum(): Promise<void> {
  const { needed, route } = now.settings.value;
  await current().call('setQuorum', needed, route);
}

const quorum = new Newest<void>(async () => {
  const began = performance.now();
  // the worker answers in this order, and the page does not wait in between
  const pathway = now.pathwayId.value;
  const [, table] = await Promise.all([sendQuorum(), current().json<Matrix>('matrix', pathway)]);
  showTable(pathway, table, began);
});

/** Changes the quorum; while the slider moves, only its last place is derived. */
export async function setQuorum(change: { needed?: string; route?: string }): Promise<void> {
  now.settings.value = { ...now.settings.value, ...change };
  await attempt('Deriving the core', async () => {
    await quorum.ask();
    if (change.route !== undefined) now.curve.value = await current().json<CurvePoint[]>('curve', now.pathwayId.value);
  });
}

/** Chooses a policy by its name, or gives one as JSON. */
export async function setPolicy(name: string, own: string | null = null): Promise<void> {
  await attempt('Reading the policy', async () => {
    await current().call('setPolicy', own ?? name);
    now.settings.value = { ...now.settings.value, policy: own ? 'own' : name, own, needed: '', route: '' };
    await sendQuorum();
    for (const [occupation, how] of Object.entries(now.settings.value.exceptions)) {
      await current().call('except', occupation, how);
    }
    await refresh();
    now.overview.value = await current().json<Overview>('overview');
  });
}

/** Includes or leaves out an occupation; returns the core before. */
export async function except(occupation: string, how: 'include' | 'exclude' | 'clear'): Promise<now.CoreSize> {
  const before = now.size.value;
  await attempt('Changing which occupations count', async () => {
    await current().call('except', occupation, how);
    const exceptions = { ...now.settings.value.exceptions };
    if (how === 'clear') delete exceptions[occupation];
    else exceptions[occupation] = how;
    now.settings.value = { ...now.settings.value, exceptions, needed: '' };
    await sendQuorum();
    await refresh();
    now.overview.value = await current().json<Overview>('overview');
  });
  return before;
}
