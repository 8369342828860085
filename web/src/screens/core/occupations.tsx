// Which occupations count for the core, and what changes if one does or does not.

import { signal } from '@preact/signals';
import type { MapOccupation } from '../../engine/contract';
import { many } from '../../parts/parts';
import { reasonInWords } from '../../parts/reasons';
import { chosen, type CoreSize, matrix, settings, size } from '../../state/session';
import { except } from '../../state/workbench';

const effect = signal('');

export function Occupations() {
  const pathway = chosen.value?.pathway;
  if (!pathway) return null;
  const all = pathway.clusters.flatMap((cluster) => cluster.occupations);
  const counting = new Set(matrix.value?.occupations.map((one) => one.id) ?? []);
  const titles = (on: boolean) => all.filter((one) => counting.has(one.id) === on);
  return (
    <details class="card core-occupations">
      <summary>
        <h2>Occupations</h2>
        <span class="muted small">
          {counting.size} of {all.length} count for this core
        </span>
      </summary>
      <div class="stack">
        <p class="muted small">Take the tick away to leave an occupation out, or add a tick to include it, and see what changes.</p>
        <div role="status">{effect.value && <p class="note">{effect.value}</p>}</div>
        <div class="columns">
          <List name="They count" occupations={titles(true)} counting={counting} />
          <List name="They do not count" occupations={titles(false)} counting={counting} />
        </div>
      </div>
    </details>
  );
}

function List(props: { name: string; occupations: MapOccupation[]; counting: Set<string> }) {
  const { name, occupations, counting } = props;
  return (
    <section class="stack tight">
      <h3>{name}</h3>
      {occupations.length === 0 && <p class="muted small">None.</p>}
      <ul role="list" class="stack tight">
        {occupations.map((one) => (
          <li key={one.id}>
            <label class="tick">
              <input type="checkbox" checked={counting.has(one.id)} onChange={() => void turn(one, counting.has(one.id))} />
              <span>
                {one.title}{' '}
                <span class="muted small">
                  level {one.level ?? 'not given'}, {many(one.statements, 'statement')}
                  {one.reason && !counting.has(one.id) ? `, left out: ${reasonInWords(one.reason)}` : ''}
                  {settings.value.exceptions[one.id] ? ', your choice' : ''}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}

async function turn(one: MapOccupation, counts: boolean): Promise<void> {
  const given = settings.value.exceptions[one.id];
  const how = given ? 'clear' : counts ? 'exclude' : 'include';
  effect.value = '';
  const before = await except(one.id, how);
  effect.value = `${counts ? 'Without' : 'With'} ${one.title}: ${inWords(before, size.value)}`;
}

/** What became of the core, in words. */
export function inWords(before: CoreSize, after: CoreSize): string {
  const part = (name: string, was: number, is: number) => (was === is ? '' : `${name} ${was} → ${is}`);
  const parts = [
    part('route core', before.route, after.route),
    part('pathway core', before.pathway, after.pathway),
    part('near misses', before.near, after.near),
  ].filter(Boolean);
  return parts.length > 0 ? `${parts.join(', ')} topics.` : 'the core has as many topics as before.';
}
