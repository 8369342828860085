// Inside a topic: its statements by occupation, why it is where it is, and what a panel decides.

import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { MatrixRow, Topic, TopicStatement } from '../../engine/contract';
import { many, Sheet, TIERS } from '../../parts/parts';
import { entries, matrix, pathwayId, titles, topicId } from '../../state/session';
import { attempt, current } from '../../state/running';
import { sharedStems, stem } from '../../text/words';
import { Decide } from './decide';
import { Statements } from './statements';

const loaded = signal<Topic | null>(null);

export function TopicSheet({ id }: { id: string }) {
  const [pathway] = useState(pathwayId.value);
  // what is decided may change the topic
  const version = entries.value;
  useEffect(() => {
    void attempt('Reading the topic', async () => {
      loaded.value = await current().json<Topic>('topic', pathway, id);
    });
  }, [id, version]);
  useEffect(() => () => void (loaded.value = null), []);
  const row = matrix.value?.rows.find((one) => one.id === id);
  const topic = loaded.value?.id === id ? loaded.value : null;
  const close = () => (topicId.value = null);
  return (
    <Sheet wide title={topic?.heading ?? row?.heading ?? 'Topic'} about={row && <About row={row} />} onClose={close}>
      {topic ? <Body topic={topic} /> : <p role="status">Reading the statements …</p>}
    </Sheet>
  );
}

function About({ row }: { row: MatrixRow }) {
  return (
    <>
      <span class={`tag ${row.tier}`}>{TIERS[row.tier]}</span>{' '}
      <span class="muted">
        {row.holders} of {many(row.of, 'occupation')} {row.of === 1 ? 'has' : 'have'} it
      </span>
    </>
  );
}

function Body({ topic }: { topic: Topic }) {
  const groups = grouped(topic.statements);
  const given = topic.statements.flatMap((one) => one.shared ?? []).flatMap((words) => words.split(' ').map(stem));
  const common = sharedStems([...groups.values()].map((group) => group.map(({ text }) => text)));
  const shared = new Set([...given.filter(Boolean), ...common]);
  return (
    <>
      {topic.scope && <p>{topic.scope}</p>}
      {topic.why.length > 0 && (
        <section class="stack tight">
          <h3>Why it is here</h3>
          <ul>
            {topic.why.map((reason, index) => (
              <li key={index}>{reason}</li>
            ))}
          </ul>
        </section>
      )}
      {topic.lacking.length > 0 && (
        <section class="stack tight">
          <h3>Who lacks it</h3>
          <ul>
            {topic.lacking.map((one) => (
              <li key={one.id}>
                {one.title || titles.value.get(one.id) || one.id}
                {one.nearest && <span class="muted small">, nearest: {one.nearest}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <div class="topic-body">
        <div class="topic-decide">
          <Decide subject={topic.id} about={topic.heading} />
        </div>
        <div class="topic-read">
          <Statements topic={topic} groups={groups} shared={shared} />
        </div>
      </div>
    </>
  );
}

function grouped(statements: readonly TopicStatement[]): Map<string, TopicStatement[]> {
  const groups = new Map<string, TopicStatement[]>();
  for (const one of statements) groups.set(one.occupation, [...(groups.get(one.occupation) ?? []), one]);
  return groups;
}
