// One question of the review: two statements side by side.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { Question, QuestionSide } from '../../engine/contract';
import { Marked } from '../../parts/marked';
import { titles } from '../../state/session';
import { sharedStems } from '../../text/words';

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
  const shared = sharedStems([[question.a.text], [question.b.text]]);
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
        <Side side={question.a} shared={shared} />
        <Side side={question.b} shared={shared} />
      </div>
      {question.gain && (
        <p>
          <span class="strong">What it changes:</span> {question.gain}
        </p>
      )}
      <div class="row answers">
        <button class="button main" type="button" data-answer="same" onClick={() => say('same')}>
          The same <kbd>1</kbd>
        </button>
        <button class="button main" type="button" data-answer="different" onClick={() => say('different')}>
          Different <kbd>2</kbd>
        </button>
        <button class="button" type="button" data-answer="unsure" onClick={() => say('unsure')}>
          Not sure <kbd>3</kbd>
        </button>
        <button class="button plain" type="button" data-answer="skipped" onClick={() => say('skipped')}>
          Skip <kbd>S</kbd>
        </button>
      </div>
      <div class="field">
        <label for="question-note">Comment, if you like</label>
        <input id="question-note" type="text" value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      </div>
    </section>
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
