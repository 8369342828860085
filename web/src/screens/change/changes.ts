// Changes to a map, and the file of them that the command line reads.

import { writeCsv } from '../../state/csv';

export type Kind = 'move-occupation' | 're-level' | 'add-occupation' | 'remove-occupation' | 'unmark' | 'mark';

export interface Change {
  kind: Kind;
  occupation: string;
  title: string;
  level: string;
  cluster: string;
  branch: string;
  reasons: string;
}

export const KINDS: [Kind, string][] = [
  ['move-occupation', 'Move an occupation to another cluster'],
  ['re-level', 'Change the level of an occupation'],
  ['add-occupation', 'Add an occupation'],
  ['remove-occupation', 'Take an occupation off the map'],
  ['unmark', 'Open an apprenticeship-only branch'],
  ['mark', 'Keep a branch for apprenticeships only'],
];

const COLUMNS = ['occupation', 'title', 'level', 'cluster', 'branch', 'reasons'] as const;

/** The columns that each kind of change needs. */
export const NEEDS: Record<Kind, readonly (typeof COLUMNS)[number][]> = {
  'move-occupation': ['occupation', 'cluster'],
  're-level': ['occupation', 'level'],
  'add-occupation': ['occupation', 'title', 'level', 'cluster'],
  'remove-occupation': ['occupation'],
  unmark: ['branch'],
  mark: ['branch', 'reasons'],
};

export function changesCsv(changes: readonly Change[]): string {
  const rows = changes.map((one) => [one.kind, ...COLUMNS.map((name) => (NEEDS[one.kind].includes(name) ? one[name] : ''))]);
  return writeCsv([['change', ...COLUMNS], ...rows]);
}
