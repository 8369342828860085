// What a change does to the programmes, pathway by pathway.

import type { EffectContent, EffectProgramme } from '../engine/contract';
import { many, TIERS } from './parts';

const FATES: Record<string, [string, string]> = {
  changes: ['', 'changes'],
  appears: ['good', 'a new programme'],
  disappears: ['bad', 'no programme any more'],
};

export function EffectList({ programmes }: { programmes: readonly EffectProgramme[] }) {
  if (programmes.length === 0) return <p class="muted">No programme changes.</p>;
  return (
    <div class="stack tight">
      {programmes.map((one) => (
        <Programme key={one.pathway.id} one={one} />
      ))}
    </div>
  );
}

function Programme({ one }: { one: EffectProgramme }) {
  const [tone, fate] = FATES[one.fate] ?? ['', one.fate];
  const titles = (list: readonly { title: string }[] | undefined) => (list ?? []).map(({ title }) => title).join(', ');
  const facts: [string, string][] = [
    ['Counts now', titles(one.counting_gained)],
    ['Counts no more', titles(one.counting_lost)],
    ['New specialisms', titles(one.specialisms_gained)],
    ['Lost specialisms', titles(one.specialisms_lost)],
    ['Changed specialisms', titles(one.specialisms_changed)],
  ];
  const content: [string, readonly EffectContent[]][] = [
    ['Enters the route core', one.route_core?.gained ?? []],
    ['Leaves the route core', one.route_core?.lost ?? []],
    ['Enters the pathway core', one.pathway_core?.gained ?? []],
    ['Leaves the pathway core', one.pathway_core?.lost ?? []],
  ];
  return (
    <details class="card" open>
      <summary>
        <h3>{one.pathway.name}</h3>
        <span class="muted small">{one.route.name}</span>
        <span class={`tag ${tone}`}>{fate}</span>
      </summary>
      <div class="stack tight">
        <dl class="facts">
          {facts
            .filter(([, text]) => text)
            .map(([name, text]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{text}</dd>
              </div>
            ))}
        </dl>
        {(one.topics ?? []).length > 0 && (
          <ul>
            {(one.topics ?? []).map((topic, index) => (
              <li key={index}>
                {topic.heading}: {topic.was ? (TIERS[topic.was] ?? topic.was) : 'not core'} → {topic.is ? (TIERS[topic.is] ?? topic.is) : 'not core'}
                {topic.support && ` (${topic.support.have} of ${topic.support.of} have it)`}
              </li>
            ))}
          </ul>
        )}
        {content
          .filter(([, items]) => items.length > 0)
          .map(([name, items]) => (
            <details key={name}>
              <summary class="small">
                {name}: {many(items.length, 'statement')}
              </summary>
              <ul class="small">
                {items.map((item, index) => (
                  <li key={index}>{item.text}</li>
                ))}
              </ul>
            </details>
          ))}
      </div>
    </details>
  );
}
