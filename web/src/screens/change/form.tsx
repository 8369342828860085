// One change, filled in.

import { useState } from 'preact/hooks';
import type { MapPathway, MapRoute } from '../../engine/contract';
import { overview } from '../../state/session';
import { type Change, type Kind, KINDS, NEEDS } from './changes';

const EMPTY: Change = { kind: 'move-occupation', occupation: '', title: '', level: '3', cluster: '', branch: '', reasons: 'policy' };

/** The name of a route, pathway or cluster. */
export function nameOf(id: string): string {
  for (const route of overview.value?.routes ?? []) {
    if (route.id === id) return route.name;
    for (const pathway of route.pathways) {
      if (pathway.id === id) return pathway.name;
      const cluster = pathway.clusters.find((one) => one.id === id);
      if (cluster) return cluster.name;
    }
  }
  return id;
}

export function ChangeForm({ onAdd }: { onAdd: (change: Change) => Promise<boolean> }) {
  const [draft, setDraft] = useState<Change>(EMPTY);
  const [missing, setMissing] = useState('');
  const set = (part: Partial<Change>) => setDraft({ ...draft, ...part });
  const needs = NEEDS[draft.kind];
  const add = async () => {
    const filled = draft.kind === 'add-occupation' ? { ...draft, occupation: draft.occupation || newCode() } : draft;
    const empty = needs.find((name) => !filled[name].trim());
    setMissing(empty ? `Fill in: ${LABELS[empty] ?? empty}.` : '');
    if (!empty && (await onAdd(filled))) setDraft({ ...EMPTY, kind: draft.kind });
  };
  return (
    <form
      class="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <div class="field">
        <label for="change-kind">What to change</label>
        <select id="change-kind" value={draft.kind} onChange={(event) => set({ kind: event.currentTarget.value as Kind })}>
          {KINDS.map(([kind, label]) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </select>
      </div>
      {draft.kind === 'add-occupation' && (
        <div class="field">
          <label for="change-title">Its title</label>
          <input id="change-title" type="text" value={draft.title} onInput={(event) => set({ title: event.currentTarget.value })} />
        </div>
      )}
      {needs.includes('occupation') && draft.kind !== 'add-occupation' && (
        <div class="field">
          <label for="change-occupation">Occupation</label>
          <select id="change-occupation" value={draft.occupation} onChange={(event) => set({ occupation: event.currentTarget.value })}>
            <option value="">Choose an occupation</option>
            <Pathways each={(pathway) => pathway.clusters.flatMap((one) => one.occupations.map(({ id, title }) => [id, title]))} />
          </select>
        </div>
      )}
      {needs.includes('level') && (
        <div class="field">
          <label for="change-level">Level</label>
          <select id="change-level" value={draft.level} onChange={(event) => set({ level: event.currentTarget.value })}>
            {['2', '3', '4', '5', '6', '7'].map((level) => (
              <option key={level} value={level}>
                {level}
              </option>
            ))}
          </select>
        </div>
      )}
      {needs.includes('cluster') && (
        <div class="field">
          <label for="change-cluster">Cluster to put it in</label>
          <select id="change-cluster" value={draft.cluster} onChange={(event) => set({ cluster: event.currentTarget.value })}>
            <option value="">Choose a cluster</option>
            <Pathways each={(pathway) => pathway.clusters.map(({ id, name }) => [id, name])} />
          </select>
        </div>
      )}
      {needs.includes('branch') && (
        <div class="field">
          <label for="change-branch">Branch</label>
          <select id="change-branch" value={draft.branch} onChange={(event) => set({ branch: event.currentTarget.value })}>
            <option value="">Choose a route, pathway or cluster</option>
            {branches(overview.value?.routes ?? [], draft.kind === 'unmark').map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      <p role="alert" hidden={!missing}>
        {missing}
      </p>
      <div>
        <button class="button main" type="submit">
          Add the change
        </button>
      </div>
    </form>
  );
}

const LABELS: Record<string, string> = {
  occupation: 'an occupation',
  title: 'its title',
  level: 'its level',
  cluster: 'a cluster',
  branch: 'a branch',
};

let codes = 0;
const newCode = () => `NEW${(codes += 1)}`;

function Pathways({ each }: { each: (pathway: MapPathway) => string[][] }) {
  const routes = overview.value?.routes ?? [];
  return (
    <>
      {routes.flatMap((route) =>
        route.pathways.map((pathway) => (
          <optgroup key={pathway.id} label={`${route.name}: ${pathway.name}`}>
            {each(pathway).map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </optgroup>
        )),
      )}
    </>
  );
}

/** Routes, pathways and clusters: those that are marked, or the others. */
function branches(routes: readonly MapRoute[], marked: boolean): [string, string][] {
  return routes.flatMap((route) => {
    const own: [string, string, boolean][] = [[route.id, route.name, !!route.mark]];
    for (const pathway of route.pathways) {
      own.push([pathway.id, `${route.name}: ${pathway.name}`, !!pathway.mark]);
      for (const one of pathway.clusters) own.push([one.id, `${pathway.name}: ${one.name}`, !!one.mark]);
    }
    return own.filter(([, , isMarked]) => isMarked === marked).map(([id, name]): [string, string] => [id, name]);
  });
}
