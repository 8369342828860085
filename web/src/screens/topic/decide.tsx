// What a panel decides on a topic or an element: where it belongs, its name, and why.

import { useState } from 'preact/hooks';
import { PersonField } from '../../parts/person-field';
import { inWords, standing, type Verdict } from '../../state/decisions';
import { decide, takeBack } from '../../state/deciding';
import { force, pathwayId } from '../../state/session';

type Word = Extract<Verdict, { kind: 'content' }>['word'];

const WORDS: [Word, string][] = [
  ['keep', 'Keep it where it is'],
  ['route core', 'Move it to the route core'],
  ['pathway core', 'Move it to the pathway core'],
  ['specialism', 'Move it to the specialisms'],
  ['drop', 'Drop it'],
];

/** The form; `about` is the heading of a topic, or the text of an element. */
export function Decide(props: { subject: string; about: string; isElement?: boolean }) {
  const { subject, about, isElement = false } = props;
  const id = isElement ? 'element' : 'decide';
  const asked: Verdict = { kind: 'content', word: 'keep', subject, pathway: pathwayId.value, wording: '' };
  const found = standing(force.value, asked);
  const [word, setWord] = useState<Word>(found?.verdict.kind === 'content' ? found.verdict.word : 'keep');
  const [name, setName] = useState(about);
  const [note, setNote] = useState(found?.note ?? '');
  const save = async () => {
    const wording = name.trim() === about ? '' : name.trim();
    await decide({ ...asked, word, wording }, about, note.trim());
  };
  return (
    <details class="card" open={isElement || matchMedia('(min-width: 64rem)').matches}>
      <summary>
        <h3>{isElement ? 'Decide on this element' : 'Decide'}</h3>
        {found && <span class="tag good">{inWords(found.verdict)}</span>}
      </summary>
      <div class="stack">
      {found && (
        <div class="note row apart">
          <p>
            <span class="strong">{inWords(found.verdict)}</span>
            {found.note && `: ${found.note}`}
            <span class="muted small">
              {' '}
              {found.by || 'No name'}, {new Date(found.at).toLocaleDateString('en-GB', { dateStyle: 'medium' })}
            </span>
          </p>
          <button class="button slim" type="button" onClick={() => void takeBack(found.id)}>
            Take back
          </button>
        </div>
      )}
      <div class="stack">
        <div class="field">
          <label for={`${id}-word`}>What should become of it</label>
          <select id={`${id}-word`} value={word} onChange={(event) => setWord(event.currentTarget.value as Word)}>
            {WORDS.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for={`${id}-name`}>{isElement ? 'Its wording' : 'Its name'} in the specification</label>
          <textarea id={`${id}-name`} class="name" rows={2} value={name} onInput={(event) => setName(event.currentTarget.value.replace(/\s*\n\s*/g, ' '))} />
        </div>
      </div>
      <div class="field">
        <label for={`${id}-note`}>Comment: why?</label>
        <textarea id={`${id}-note`} rows={2} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      </div>
      {!isElement && <PersonField />}
      <div class="row">
        <button class="button main" type="button" onClick={() => void save()}>
          Record the decision
        </button>
        <span class="hint">The core changes at once. Undo takes it back.</span>
      </div>
      </div>
    </details>
  );
}
