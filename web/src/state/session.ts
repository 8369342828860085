// What the page shows now: signals, and nothing that acts.

import { computed, signal } from '@preact/signals';
import type {
  CurvePoint,
  Findings,
  Info,
  MapPathway,
  MapRoute,
  Matrix,
  Overview,
  PolicyEntry,
} from '../engine/contract';
import type { Conflict, Entry } from './decisions';
import { inForce } from './decisions';
import type { KeptFile } from './store';

export type Screen = 'start' | 'map' | 'core' | 'review' | 'place' | 'change' | 'responses' | 'take-away' | 'findings';

export const SCREENS: readonly Screen[] = ['start', 'map', 'core', 'review', 'place', 'change', 'responses', 'take-away', 'findings'];

export interface Opened {
  /** The map's own key: decisions belong to it. */
  key: string;
  info: Info;
  findings: Findings;
  policies: PolicyEntry[];
}

export interface Busy {
  what: string;
  stage: string;
  done: number;
  total: number;
}

export interface Trouble {
  what: string;
  message: string;
  place: string | null;
  /** Whether the map has to be opened again. */
  broken: boolean;
}

export interface Settings {
  policy: string;
  /** The policy that a person gave as a file, if `policy` is "own". */
  own: string | null;
  /** How many occupations the pathway core needs, "" for the policy's own share. */
  needed: string;
  /** What share of a route's pathways the route core needs, "" for the policy's own. */
  route: string;
  exceptions: Record<string, 'include' | 'exclude'>;
}

export const STRICT = 't-level';
export const PANEL = 'panel';

export const screen = signal<Screen>('start');
export const opened = signal<Opened | null>(null);
export const overview = signal<Overview | null>(null);
export const busy = signal<Busy | null>(null);
export const trouble = signal<Trouble | null>(null);
export const notice = signal<string>('');
export const keeps = signal(true);
/** The file of last time, if the browser kept it. */
export const kept = signal<KeptFile | null>(null);
export const person = signal('');

export const pathwayId = signal('');
export const settings = signal<Settings>({ policy: PANEL, own: null, needed: '', route: '', exceptions: {} });
export const matrix = signal<Matrix | null>(null);
/** Why there is no matrix for the pathway. */
export const noMatrix = signal('');
/** The pathway of the table: the one before, until a new one is there. */
export const tableOf = signal('');
export const curve = signal<CurvePoint[]>([]);
/** Milliseconds from a changed setting to the new matrix. */
export const lastDerived = signal(0);

export const topicId = signal<string | null>(null);

export const entries = signal<Entry[]>([]);
export const undone = signal<string[]>([]);
export const own = signal<string[]>([]);
export const conflicts = signal<Conflict[]>([]);
export const ledgerProblems = signal<string[]>([]);

export const force = computed(() => inForce(entries.value));

export const pathways = computed(() =>
  (overview.value?.routes ?? []).flatMap((route) => route.pathways.map((pathway) => ({ route, pathway }))),
);

export const chosen = computed<{ route: MapRoute; pathway: MapPathway } | null>(
  () => pathways.value.find(({ pathway }) => pathway.id === pathwayId.value) ?? null,
);

/** The title of each occupation of the map. */
export const titles = computed(() => {
  const known = new Map<string, string>();
  for (const { pathway } of pathways.value) {
    for (const cluster of pathway.clusters) for (const one of cluster.occupations) known.set(one.id, one.title);
  }
  return known;
});

export interface CoreSize {
  route: number;
  pathway: number;
  specialism: number;
  near: number;
}

/** How many topics each tier of the matrix has. */
export function sizeOf(table: Matrix | null): CoreSize {
  const size = { route: 0, pathway: 0, specialism: 0, near: 0 };
  for (const row of table?.rows ?? []) size[row.tier === 'group' ? 'specialism' : row.tier] += 1;
  return size;
}

export const size = computed(() => sizeOf(matrix.value));
