// Topics by occupations: who has what, by shade and sign.

import { useRef } from 'preact/hooks';
import type { Matrix, MatrixRow, Tier } from '../../engine/contract';
import { many, TIERS } from '../../parts/parts';
import type { Entry } from '../../state/decisions';
import { force, pathwayId, topicId } from '../../state/session';

/** Up to so many occupations have their titles across, not turned. */
const FEW = 6;

const ORDER: Tier[] = ['route', 'pathway', 'group', 'specialism', 'near'];

const WHAT: Record<Tier, string> = {
  route: 'what enough pathways of the route share, even if few of these occupations have it',
  pathway: 'what enough occupations of this pathway share',
  group: 'what some occupations of this pathway share',
  specialism: 'what only some of its occupations have',
  near: 'what one more occupation or pathway would make core',
};

/** The sign and the words of a rank from 0 to 1. */
function sign(rank: number, count: number): [string, string] {
  if (rank > 2 / 3) return ['●', 'much'];
  if (rank > 1 / 3) return ['◐', 'some'];
  if (rank > 0) return ['○', 'little'];
  return count > 0 ? ['·', 'mentioned only'] : ['', 'nothing'];
}

/** How strong a cell is among the cells of the table: the share of them that are not stronger. */
function ranking(table: Matrix): (strength: number) => number {
  const all = table.rows
    .flatMap((row) => row.cells)
    .filter((one) => one > 0)
    .sort((a, b) => a - b);
  const ranks = new Map<number, number>();
  all.forEach((one, index) => ranks.set(one, (index + 1) / all.length));
  return (strength) => (strength > 0 ? (ranks.get(strength) ?? 1) : 0);
}

export function MatrixTable({ table }: { table: Matrix }) {
  const body = useRef<HTMLTableElement>(null);
  const decided = new Map<string, Entry>();
  for (const entry of force.value) {
    if (entry.verdict.kind === 'content' && entry.verdict.pathway === pathwayId.value) decided.set(entry.verdict.subject, entry);
    if (entry.verdict.kind === 'topic' && entry.verdict.word === 'rename') decided.set(entry.verdict.topic, entry);
  }
  const tiers = ORDER.map((tier) => ({ tier, rows: table.rows.filter((row) => row.tier === tier) })).filter(
    ({ rows }) => rows.length > 0,
  );
  const first = tiers[0]?.rows[0]?.id;
  const rank = ranking(table);
  return (
    <div class="scroll matrix-scroll" tabIndex={0} role="region" aria-labelledby="matrix-title">
      <table class={table.occupations.length <= FEW ? 'matrix few' : 'matrix'} ref={body} onKeyDown={(event) => walk(event, body.current)}>
        <thead>
          <tr>
            <th scope="col" class="corner">
              Topic <span class="hint no-print">(arrow keys move, Enter opens)</span>
            </th>
            <th scope="col" class="shared">
              Shared by
            </th>
            {table.occupations.map((one, index) => (
              <th key={index} scope="col" class="occupation" title={`${one.id} ${one.title}`}>
                <span>{one.title}</span>
              </th>
            ))}
          </tr>
        </thead>
        {tiers.map(({ tier, rows }) => (
          <tbody key={tier} class={tier}>
            <tr class="tier">
              <th scope="rowgroup" colSpan={2}>
                <span class={`tag ${tier}`}>{TIERS[tier]}</span>{' '}
                <span class="muted small">
                  {many(rows.length, 'topic')}: {WHAT[tier]}
                </span>
              </th>
              <td colSpan={table.occupations.length} />
            </tr>
            {rows.map((row) => (
              <Row key={row.id} row={row} table={table} rank={rank} isFirst={row.id === first} entry={decided.get(row.id)} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Row(props: {
  row: MatrixRow;
  table: Matrix;
  rank: (strength: number) => number;
  isFirst: boolean;
  entry: Entry | undefined;
}) {
  const { row, table, rank, isFirst, entry } = props;
  return (
    <tr onClick={() => (topicId.value = row.id)}>
      <th scope="row">
        <button class="topic-open" type="button" tabIndex={isFirst ? 0 : -1} data-topic={row.id}>
          {row.heading}
        </button>
        {entry && <span class="tag good">decided</span>}
      </th>
      <td class="shared">
        {row.holders} of {row.of}
      </td>
      {row.cells.map((strength, index) => {
        const count = row.count[index] ?? 0;
        const place = rank(strength);
        const [mark, words] = sign(place, count);
        const title = table.occupations[index]?.title ?? '';
        return (
          <td key={index} class={`cell s${Math.ceil(place * 5)}`} title={`${title}: ${words}, ${many(count, 'statement')}`}>
            <span aria-hidden="true">{mark}</span>
            <span class="hide">
              {words}, {many(count, 'statement')}
            </span>
          </td>
        );
      })}
    </tr>
  );
}

/** One stop for Tab; the arrow keys move from topic to topic. */
function walk(event: KeyboardEvent, table: HTMLTableElement | null): void {
  const at = (event.target as HTMLElement).closest<HTMLElement>('.topic-open');
  if (!at || !table) return;
  const all = [...table.querySelectorAll<HTMLElement>('.topic-open')];
  const index = all.indexOf(at);
  const steps: Record<string, number> = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: all.length - 1 };
  const next = all[steps[event.key] ?? -1];
  if (!next) return;
  event.preventDefault();
  at.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
