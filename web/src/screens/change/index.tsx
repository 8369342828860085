// Changes to the map, and what they would do to the programmes.

import { signal } from '@preact/signals';
import type { Effects } from '../../engine/contract';
import { download, fileName } from '../../parts/download';
import { EffectList } from '../../parts/effects';
import { Empty, many, ScreenHead } from '../../parts/parts';
import { attempt, current } from '../../state/running';
import { opened, titles } from '../../state/session';
import { type Change, changesCsv, KINDS } from './changes';
import { ChangeForm, nameOf } from './form';

const changes = signal<Change[]>([]);
const effects = signal<Effects | null>(null);
const forMap = signal('');

async function weigh(next: Change[]): Promise<boolean> {
  let fits = next.length === 0;
  await attempt('Working out the effects', async () => {
    effects.value = next.length > 0 ? await current().json<Effects>('effects', changesCsv(next)) : null;
    fits = true;
  });
  if (fits) changes.value = next;
  return fits;
}

export function ChangeScreen() {
  const key = opened.value?.key ?? '';
  if (forMap.value !== key) {
    forMap.value = key;
    changes.value = [];
    effects.value = null;
  }
  return (
    <div class="stack">
      <ScreenHead title="Change the map">
        Try a change, and see what it would do to the programmes. The map itself stays as it is; save the changes to a file to propose
        them.
      </ScreenHead>
      <div class="side-by-side">
        <div class="stack">
          <ChangeForm onAdd={(one) => weigh([...changes.value, one])} />
          <ChangeList />
        </div>
        <section class="stack" aria-labelledby="effects-title">
          <h2 id="effects-title">What it would do</h2>
          <div role="status" class="stack">
            <Effect />
          </div>
        </section>
      </div>
    </div>
  );
}

function ChangeList() {
  const list = changes.value;
  if (list.length === 0) return null;
  const name = fileName(opened.value?.info.title ?? 'map');
  return (
    <section class="card stack tight" aria-labelledby="changes-title">
      <h2 id="changes-title">{many(list.length, 'change')}</h2>
      <ol>
        {list.map((one, index) => (
          <li key={index}>
            <div class="row apart">
              <span>{inWords(one)}</span>
              <button class="button slim" type="button" onClick={() => void weigh(list.filter((other) => other !== one))}>
                Take out<span class="hide"> for {inWords(one)}</span>
              </button>
            </div>
          </li>
        ))}
      </ol>
      <div>
        <button class="button" type="button" onClick={() => download(`${name}-changes.csv`, changesCsv(list))}>
          Save the changes (CSV)
        </button>
      </div>
    </section>
  );
}

function inWords(one: Change): string {
  const title = titles.value.get(one.occupation) ?? one.title ?? one.occupation;
  const kind = KINDS.find(([known]) => known === one.kind)?.[1] ?? one.kind;
  if (one.kind === 'move-occupation') return `Move ${title} to ${nameOf(one.cluster)}`;
  if (one.kind === 're-level') return `Make ${title} level ${one.level}`;
  if (one.kind === 'add-occupation') return `Add ${one.title} at level ${one.level} to ${nameOf(one.cluster)}`;
  if (one.kind === 'remove-occupation') return `Take ${title} off the map`;
  return `${kind}: ${nameOf(one.branch)}`;
}

function Effect() {
  const found = effects.value;
  if (!found) {
    return (
      <Empty title="No change yet">
        <p>Choose a kind of change at the left, fill it in, and add it. The programmes before and after are compared at once.</p>
      </Empty>
    );
  }
  const { programmes = [] } = found.effect;
  return (
    <>
      <p class="note">{programmes.length === 0 ? 'No programme would change.' : `${many(programmes.length, 'programme')} would change.`}</p>
      {programmes.length > 0 && <EffectList programmes={programmes} />}
    </>
  );
}
