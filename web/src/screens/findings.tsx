// What the check found, by rule, with places.

import { useState } from 'preact/hooks';
import type { Finding } from '../engine/contract';
import { Empty, many, ScreenHead } from '../parts/parts';
import { ruleInWords } from '../parts/rules';
import { opened } from '../state/session';

const SIGNS = { error: ['bad', 'Error'], warning: ['warn', 'Warning'], note: ['', 'Note'] } as const;
const FIRST = 8;

export function placeOf(place: Finding['place']): string {
  if (!place) return '';
  if (typeof place === 'string') return place;
  if (place.sheet) return `sheet ${place.sheet}${place.cell ? `, cell ${place.cell}` : ''}`;
  if (place.line) return `line ${place.line}`;
  return place.pointer ?? '';
}

export function FindingsScreen() {
  const found = opened.value?.findings;
  if (!found || found.findings.length === 0) {
    return (
      <>
        <ScreenHead title="Findings" />
        <Empty title="Nothing found">
          <p>The check found nothing to correct in this map.</p>
        </Empty>
      </>
    );
  }
  const groups = new Map<string, Finding[]>();
  for (const finding of found.findings) {
    const key = `${finding.severity} ${finding.rule}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const rank = (key: string) => ['error', 'warning', 'note'].indexOf(key.split(' ')[0] ?? '');
  const sorted = [...groups.entries()].sort(([a], [b]) => rank(a) - rank(b));
  const { error, warning, note } = found.counts;
  return (
    <div class="stack">
      <ScreenHead title="Findings">
        What the check found in the file: {many(error, 'error')}, {many(warning, 'warning')}, {many(note, 'note')}. Nothing
        in the file was changed.
        {found.counts.set_aside
          ? ` ${many(found.counts.set_aside, 'record was', 'records were')} set aside, because they have no place on the map.`
          : ''}
      </ScreenHead>
      {sorted.map(([key, group]) => (
        <Group key={key} group={group} />
      ))}
    </div>
  );
}

function Group({ group }: { group: Finding[] }) {
  const [all, setAll] = useState(false);
  const first = group[0];
  if (!first) return null;
  const [tone, word] = SIGNS[first.severity];
  return (
    <details class="card" open={first.severity === 'error'}>
      <summary>
        <span class="strong">{ruleInWords(first.rule)}</span>
        <span class={`tag ${tone}`}>{word}</span>
        <span class="muted small">{many(group.length, 'place')}</span>
      </summary>
      <table class="list small">
        <thead>
          <tr>
            <th scope="col">Place</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {(all ? group : group.slice(0, FIRST)).map((finding, index) => (
            <tr key={index}>
              <td class="code">{placeOf(finding.place)}</td>
              <td>{finding.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {group.length > FIRST && !all && (
        <button class="button slim" type="button" onClick={() => setAll(true)}>
          Show all {group.length}
        </button>
      )}
    </details>
  );
}
