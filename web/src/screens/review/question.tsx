// One question of the review: two statements side by side.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Question, QuestionSide } from '../../engine/contract';
import { Marked } from '../../parts/marked';
import { Key, TIERS } from '../../parts/parts';
import { titles } from '../../state/session';
import { sharedStems } from '../../text/words';

const SHOWN = 4;

type Answer = 'same' | 'different' | 'unsure' | 'skipped';

export function QuestionCard(props: {
  question: Question;
  number: number;
  of: number;
  onAnswer: (word: Answer, note: string) => void;
}) {
  const { question, number, of, onAnswer } = props;
  const [note, setNote] = useState('');
  const [sent, setSent] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  const [a, b] = question.sides;
  const shared = sharedStems([[a.text], [b.text]]);
  const say = (word: Answer) => {
    if (sent) return;
    setSent(true);
    onAnswer(word, note.trim());
  };
  return (
    <section class="card stack" aria-labelledby="question-title">
      <div class="row apart">
        <h2 id="question-title" ref={title} tabIndex={-1}>
          Question {number} of {of}: do these say the same?
        </h2>
        <span class="muted small">{Math.round(question.score * 100)} % alike by their words</span>
      </div>
      <div class="question-sides">
        <Side side={a} shared={shared} />
        <Side side={b} shared={shared} />
      </div>
      <Changes question={question} />
      <div class="row answers">
        <button class="button main" type="button" data-answer="same" aria-keyshortcuts="1" onClick={() => say('same')}>
          The same <Key name="1" />
        </button>
        <button class="button main" type="button" data-answer="different" aria-keyshortcuts="2" onClick={() => say('different')}>
          Different <Key name="2" />
        </button>
        <button class="button" type="button" data-answer="unsure" aria-keyshortcuts="3" onClick={() => say('unsure')}>
          Not sure <Key name="3" />
        </button>
        <button class="button plain" type="button" data-answer="skipped" aria-keyshortcuts="s" onClick={() => say('skipped')}>
          Skip <Key name="S" />
        </button>
      </div>
      <div class="field">
        <label for="question-note">Comment, if you like</label>
        <input id="question-note" type="text" value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      </div>
    </section>
  );
}

/** What an answer changes: if they say the same, or, where the program joins them now, if they differ. */
function Changes({ question }: { question: Question }) {
  const { enter, leave, moved, topics_enter, topics_leave } = question.changes;
  const name = (topic: { heading?: string } | string) => (typeof topic === 'string' ? topic : (topic.heading ?? ''));
  const tier = (word: string) => TIERS[word]?.toLowerCase() ?? word;
  const lines = [
    ...topics_enter.map((topic) => `The topic “${name(topic)}” enters the core.`),
    ...topics_leave.map((topic) => `The topic “${name(topic)}” leaves the core.`),
    ...enter.map((item) => `Enters the ${tier(item.tier)}: “${item.text}”`),
    ...leave.map((item) => `Leaves the ${tier(item.tier)}: “${item.text}”`),
    ...moved.map((item) => `Moves to the ${tier(item.tier)}: “${item.text}”`),
  ];
  if (lines.length === 0) return null;
  return (
    <div class="stack tight">
      <p class="strong">{question.joined ? 'If they say different things:' : 'If they say the same:'}</p>
      <ul>
        {lines.slice(0, SHOWN).map((line, index) => (
          <li key={index}>{line}</li>
        ))}
      </ul>
      {lines.length > SHOWN && <p class="muted small">And {lines.length - SHOWN} more changes.</p>}
    </div>
  );
}

function Side({ side, shared }: { side: QuestionSide; shared: ReadonlySet<string> }) {
  return (
    <blockquote class="question-side">
      <p class="muted small">
        {side.title ?? titles.value.get(side.occupation) ?? side.occupation}, {side.statement}
      </p>
      <p class="question-text">
        <Marked text={side.text} shared={shared} />
      </p>
    </blockquote>
  );
}
