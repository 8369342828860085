// A summary without links, to print.

import { many, TIERS } from '../../parts/parts';
import { inWords } from '../../state/decisions';
import { chosen, force, matrix, opened, PANEL, settings, STRICT } from '../../state/session';
import type { Tier } from '../../engine/contract';

const POLICIES: Record<string, string> = { [STRICT]: 'strict', [PANEL]: 'panel', own: 'from a file' };

const PRINTED: Tier[] = ['route', 'pathway', 'group', 'near'];

export function Summary() {
  const table = matrix.value;
  const pathway = chosen.value;
  if (!table || !pathway) return null;
  return (
    <section class="card stack" aria-labelledby="summary-title">
      <div class="row apart">
        <h2 id="summary-title">Summary: the core of {pathway.pathway.name}</h2>
        <button class="button no-print" type="button" onClick={() => window.print()}>
          Print this summary
        </button>
      </div>
      <p>
        {opened.value?.info.title ?? opened.value?.info.name}, {pathway.route.name}. Policy: {POLICIES[settings.value.policy] ?? settings.value.policy}
        {settings.value.needed && `, shared by ${settings.value.needed} occupations`}
        {settings.value.route && `, route core by ${settings.value.route} of pathways`}. {many(table.occupations.length, 'occupation')}{' '}
        {table.occupations.length === 1 ? 'counts' : 'count'}: {table.occupations.map(({ title }) => title).join(', ')}.
      </p>
      {PRINTED.map((tier) => {
        const rows = table.rows.filter((row) => row.tier === tier);
        if (rows.length === 0) return null;
        return (
          <div key={tier} class="stack tight">
            <h3>
              {TIERS[tier]}: {many(rows.length, 'topic')}
            </h3>
            <ul class="summary-topics">
              {rows.map((row) => (
                <li key={row.id}>
                  {row.heading} <span class="muted small">({row.holders} of {row.of})</span>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
      {force.value.length > 0 && (
        <div class="stack tight">
          <h3>Decisions</h3>
          <ul>
            {force.value.map((entry) => (
              <li key={entry.id}>
                {entry.about}: {inWords(entry.verdict)}
                {entry.note && `. ${entry.note}`}
                {entry.by && ` (${entry.by})`}
              </li>
            ))}
          </ul>
        </div>
      )}
      <p class="muted small">A draft that a program computed from the map. It is not an official specification.</p>
    </section>
  );
}
