// Where a new occupation belongs, as one types.

import { signal } from '@preact/signals';
import { Newest } from '../engine/client';
import type { Placement, Suggestion } from '../engine/contract';
import { Empty, ScreenHead } from '../parts/parts';
import { attempt, current } from '../state/running';

interface Draft {
  title: string;
  level: string;
  text: string;
}

const draft = signal<Draft>({ title: '', level: '3', text: '' });
const found = signal<Placement | null>(null);
const SHOWN = 5;

const newest = new Newest<Draft>(async ({ title, level, text }) => {
  const statements = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  if (!title.trim() && statements.length === 0) {
    found.value = null;
    return;
  }
  const asked = {
    ...(title.trim() ? { title: title.trim() } : {}),
    ...(level ? { level: Number(level) } : {}),
    ...(statements.length > 0 ? { statements } : {}),
  };
  const answers = await current().json<Placement[] | Placement>('suggest', JSON.stringify(asked), SHOWN);
  found.value = (Array.isArray(answers) ? answers[0] : answers) ?? null;
});

function change(part: Partial<Draft>): void {
  draft.value = { ...draft.value, ...part };
  void attempt('Placing the occupation', () => newest.ask(draft.value));
}

const VERDICTS: Record<string, string> = {
  place: 'One cluster fits well',
  overlaps: 'The map seems to have it already',
  'same-title': 'The map has an occupation of this title',
  'known-as': 'The map knows it as a job title',
  ambiguous: 'More than one place fits',
  'too-little': 'Too little to tell',
  none: 'Nothing on the map is near',
};

export function PlaceScreen() {
  return (
    <div class="stack">
      <ScreenHead title="Place an occupation">
        Type a title, and paste tasks or a job advert. The clusters that fit best are ranked as you type, each with the words that speak
        for it.
      </ScreenHead>
      <div class="side-by-side">
        <form class="card stack" onSubmit={(event) => event.preventDefault()}>
          <div class="field">
            <label for="place-title">Title</label>
            <input
              id="place-title"
              type="text"
              autocomplete="off"
              value={draft.value.title}
              onInput={(event) => change({ title: event.currentTarget.value })}
            />
          </div>
          <div class="field">
            <label for="place-level">Level</label>
            <select id="place-level" value={draft.value.level} onChange={(event) => change({ level: event.currentTarget.value })}>
              <option value="">Not known</option>
              {['2', '3', '4', '5', '6', '7'].map((level) => (
                <option key={level} value={level}>
                  {level}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="place-text">Tasks, knowledge and skills, or an advert</label>
            <textarea
              id="place-text"
              rows={10}
              value={draft.value.text}
              onInput={(event) => change({ text: event.currentTarget.value })}
            />
            <span class="hint">One line for each. It stays on this computer.</span>
          </div>
        </form>
        <section aria-labelledby="place-result" class="stack">
          <h2 id="place-result">Where it belongs</h2>
          <Result />
        </section>
      </div>
    </div>
  );
}

function Result() {
  const placement = found.value;
  if (!placement) {
    return (
      <Empty title="Nothing typed yet">
        <p>Begin with a title, such as “Solar panel installer”. A few tasks make the answer surer.</p>
      </Empty>
    );
  }
  return (
    <div class="stack">
      <p class="note" role="status">
        <span class="strong">{VERDICTS[placement.verdict] ?? placement.verdict}.</span>{' '}
        {placement.because ? `${placement.because.charAt(0).toUpperCase()}${placement.because.slice(1)}.` : ''}
      </p>
      <ol role="list" class="ranked">
        {placement.suggestions.map((one, index) => (
          <Place key={one.cluster} one={one} rank={index + 1} more={placement.explanations?.find(({ cluster }) => cluster === one.cluster)} />
        ))}
      </ol>
    </div>
  );
}

const ASIDE: Record<string, string> = {
  '(meaning)': 'similar meaning',
  '(band)': 'the level fits',
  '(letters of names)': 'similar spelling',
  '(same title)': 'the same title',
  '(job title)': 'a job title of it',
  '(title list)': 'a list of titles',
};

type More = NonNullable<Placement['explanations']>[number];

function Place({ one, rank, more }: { one: Suggestion; rank: number; more: More | undefined }) {
  const percent = Math.round(Math.min(one.confidence, 1) * 100);
  const words = one.evidence.filter(({ share }) => share > 0.02).slice(0, 8);
  return (
    <li class="card">
      <div class="row apart">
        <h3>
          {rank}. {one.cluster_name}
        </h3>
        <span class="strong">{percent} % likely</span>
      </div>
      <p class="muted small">
        {one.route_name} › {one.pathway_name}
      </p>
      <svg class="bar-meter" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect width="100" height="1" fill="var(--line)" />
        <rect width={percent} height="1" fill="var(--accent)" />
      </svg>
      {words.length > 0 && (
        <p class="small">
          <span class="muted">For it, the strongest first:</span> {words.map(({ term }) => ASIDE[term] ?? `“${term}”`).join(', ')}
        </p>
      )}
      {(more?.nearest ?? []).length > 0 && (
        <p class="small">
          <span class="muted">Nearest occupations:</span>{' '}
          {(more?.nearest ?? [])
            .slice(0, 3)
            .map(({ title }) => title)
            .join(', ')}
        </p>
      )}
      {(more?.against ?? []).length > 0 && (
        <p class="small">
          <span class="muted">Against it:</span> {more?.against?.join(', ')}
        </p>
      )}
      {(one.near_words ?? []).length > 0 && (
        <p class="small">
          <span class="muted">Near in meaning:</span>{' '}
          {(one.near_words ?? []).map(({ word, near }) => `“${word}” and ${near.map((each) => `“${each}”`).join(', ')}`).join('; ')}
        </p>
      )}
    </li>
  );
}
