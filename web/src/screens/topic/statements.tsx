// The statements of a topic, occupation by occupation; two of them can be judged.

import { useState } from 'preact/hooks';
import type { Topic, TopicStatement } from '../../engine/contract';
import { Marked } from '../../parts/marked';
import { many } from '../../parts/parts';
import { inWords, standing, type StatementRef, type Verdict } from '../../state/decisions';
import { decide, takeBack } from '../../state/deciding';
import { force, matrix, titles } from '../../state/session';
import { WhyJoined } from './why-joined';

const KINDS: Record<string, string> = { knowledge: 'Knowledge', skill: 'Skill', behaviour: 'Behaviour' };
const key = (one: StatementRef) => `${one.occupation}/${one.statement}`;

export function Statements(props: { topic: Topic; groups: Map<string, TopicStatement[]>; shared: ReadonlySet<string> }) {
  const { topic, groups, shared } = props;
  const [picked, setPicked] = useState<TopicStatement[]>([]);
  if (groups.size === 0) {
    return <p class="muted">No statement of these occupations speaks of this topic.</p>;
  }
  const pick = (one: TopicStatement) => {
    const rest = picked.filter((other) => key(other) !== key(one));
    setPicked(rest.length < picked.length ? rest : [...picked, one].slice(-2));
  };
  const joined = joinedLetters(topic.statements);
  return (
    <section class="stack" aria-labelledby="statements-title">
      <div>
        <h3 id="statements-title">What the standards say</h3>
        <p class="muted small">
          Words that two or more occupations share are <mark>marked</mark>. A letter in a box shows statements that were joined, because
          they say the same. Tick two statements to say whether they do.
        </p>
      </div>
      <Judge picked={picked} onDone={() => setPicked([])} />
      {[...groups].map(([occupation, statements]) => (
        <section key={occupation} class="card stack tight topic-occupation">
          <h4>
            {titles.value.get(occupation) ?? occupation} <span class="muted small">{many(statements.length, 'statement')}</span>
          </h4>
          <ul role="list" class="stack tight">
            {statements.map((one) => (
              <Statement
                key={key(one)}
                one={one}
                topic={topic}
                shared={shared}
                letter={joined.get(one.concept)}
                isPicked={picked.some((other) => key(other) === key(one))}
                onPick={() => pick(one)}
              />
            ))}
          </ul>
        </section>
      ))}
      <WhyJoined letters={joined} />
    </section>
  );
}

/** A letter for each concept that several statements have. */
function joinedLetters(statements: readonly TopicStatement[]): Map<string, string> {
  const counts = new Map<string, number>();
  for (const { concept } of statements) counts.set(concept, (counts.get(concept) ?? 0) + 1);
  const several = [...counts].filter(([, count]) => count > 1).map(([concept]) => concept);
  return new Map(several.map((concept, index) => [concept, name(index)]));
}

const name = (index: number): string => (index < 26 ? String.fromCharCode(65 + index) : `${name(Math.floor(index / 26) - 1)}${name(index % 26)}`);

function Statement(props: {
  one: TopicStatement;
  topic: Topic;
  shared: ReadonlySet<string>;
  letter: string | undefined;
  isPicked: boolean;
  onPick: () => void;
}) {
  const { one, topic, shared, letter, isPicked, onPick } = props;
  const moved = standing(force.value, { kind: 'topic', word: 'belongs', statement: one, topic: '' });
  return (
    <li class={isPicked ? 'statement picked' : 'statement'}>
      <label class="tick">
        <input type="checkbox" checked={isPicked} onChange={onPick} />
        <span>
          <span class="muted small" title={KINDS[one.kind] ?? one.kind}>
            {one.statement}
          </span>{' '}
          {letter && (
            <span class="letter" title={`Joined with the other statements marked ${letter}`}>
              {letter}
              <span class="hide"> joined</span>
            </span>
          )}{' '}
          <Marked text={one.text} shared={shared} />
        </span>
      </label>
      {moved ? (
        <button class="button slim plain" type="button" onClick={() => void takeBack(moved.id)}>
          Moved; take back
        </button>
      ) : (
        <OtherTopic one={one} topic={topic} />
      )}
    </li>
  );
}

function OtherTopic({ one, topic }: { one: TopicStatement; topic: Topic }) {
  const others = (matrix.value?.rows ?? []).filter((row) => row.id !== topic.id);
  const choose = (value: string) => {
    if (!value) return;
    const verdict: Verdict =
      value === '-not-'
        ? { kind: 'topic', word: 'not', statement: { occupation: one.occupation, statement: one.statement }, topic: topic.id }
        : { kind: 'topic', word: 'belongs', statement: { occupation: one.occupation, statement: one.statement }, topic: value };
    void decide(verdict, `${titles.value.get(one.occupation) ?? one.occupation} ${one.statement}`);
  };
  return (
    <select
      class="other-topic"
      aria-label={`Another topic for ${one.occupation} ${one.statement}`}
      value=""
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value="">Other topic …</option>
      <option value="-not-">Not this topic</option>
      {others.map((row) => (
        <option key={row.id} value={row.id}>
          {row.heading}
        </option>
      ))}
    </select>
  );
}

function Judge({ picked, onDone }: { picked: TopicStatement[]; onDone: () => void }) {
  const [a, b] = picked;
  if (!a || !b) {
    return (
      <p class="judge hint" role="status">
        {a ? 'Tick one more statement to compare the two.' : 'Tick two statements to compare them.'}
      </p>
    );
  }
  const pair = (word: 'same' | 'different' | 'unsure'): Verdict => ({
    kind: 'pair',
    word,
    a: { occupation: a.occupation, statement: a.statement },
    b: { occupation: b.occupation, statement: b.statement },
  });
  const found = standing(force.value, pair('same'));
  const say = async (word: 'same' | 'different' | 'unsure') => {
    await decide(pair(word), `${a.occupation} ${a.statement} and ${b.occupation} ${b.statement}`);
    onDone();
  };
  return (
    <div class="judge row" role="status">
      <span class="strong">
        {a.occupation} {a.statement} and {b.occupation} {b.statement}
      </span>
      {found && <span class="tag good">{inWords(found.verdict)}</span>}
      <button class="button slim main" type="button" onClick={() => void say('same')}>
        Say the same
      </button>
      <button class="button slim" type="button" onClick={() => void say('different')}>
        Say different things
      </button>
      <button class="button slim" type="button" onClick={() => void say('unsure')}>
        Not sure
      </button>
    </div>
  );
}
