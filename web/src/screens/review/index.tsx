// The review: twenty questions a sitting, the most decisive first.

import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Programme, Question, Questions } from '../../engine/contract';
import { Empty, many, ScreenHead } from '../../parts/parts';
import { PathwayChooser } from '../../parts/pathway-chooser';
import { PersonField } from '../../parts/person-field';
import { decide } from '../../state/deciding';
import type { Verdict } from '../../state/decisions';
import { attempt, current } from '../../state/running';
import { chosen, opened, pathwayId, screen, size, topicId } from '../../state/session';
import { go } from '../../state/workbench';
import { type Grown, Growth } from './growth';
import { QuestionCard } from './question';

export const SITTING = 20;

type Answer = 'same' | 'different' | 'unsure' | 'skipped';

interface Sitting {
  pathway: string;
  map: string;
  questions: Question[];
  answers: Answer[];
  sizes: Grown[];
}

const sitting = signal<Sitting | null>(null);
const looking = signal(false);

/** How large the core is: its topics, and the elements that two or more occupations share. */
async function measured(pathway: string): Promise<Grown> {
  const { route_core, pathway_core } = await current().json<Programme>('programme', pathway);
  const shared = (items: Programme['route_core']) => items.filter(({ support }) => support.have > 1).length;
  return { topics: size.value.route + size.value.pathway, route: shared(route_core), pathway: shared(pathway_core) };
}

async function begin(): Promise<void> {
  looking.value = true;
  await attempt('Looking for questions', async () => {
    const pathway = pathwayId.value;
    const { questions } = await current().json<Questions>('questions', pathway, SITTING);
    sitting.value = { pathway, map: opened.value?.key ?? '', questions, answers: [], sizes: [await measured(pathway)] };
  });
  looking.value = false;
}

async function answer(word: Answer, note: string): Promise<void> {
  const now = sitting.value;
  const question = now?.questions[now.answers.length];
  if (!now || !question) return;
  if (word !== 'skipped') {
    const [a, b] = question.sides;
    const verdict: Verdict = {
      kind: 'pair',
      word,
      a: { occupation: a.occupation, statement: a.statement },
      b: { occupation: b.occupation, statement: b.statement },
    };
    await decide(verdict, `${a.title ?? a.occupation} ${a.statement} and ${b.title ?? b.occupation} ${b.statement}`, note);
  }
  const last = now.sizes.at(-1);
  const grown = word === 'skipped' && last ? last : await measured(now.pathway);
  sitting.value = { ...now, answers: [...now.answers, word], sizes: [...now.sizes, grown] };
}

export function ReviewScreen() {
  const now = sitting.value;
  const fits = now && now.pathway === pathwayId.value && now.map === opened.value?.key ? now : null;
  useKeys(fits);
  return (
    <div class="stack">
      <ScreenHead title={`Review ${chosen.value?.pathway.name ?? ''}`}>
        Do two statements say the same? Only questions whose answer changes this core are asked, the most decisive first. Twenty take
        about ten minutes.
      </ScreenHead>
      <div class="review-top">
        <PathwayChooser />
        <PersonField />
      </div>
      {fits ? <Sitting now={fits} /> : <Begin />}
    </div>
  );
}

function Begin() {
  if (looking.value) {
    return (
      <p role="status" class="note">
        Looking for the questions that change this core. This may take some seconds.
      </p>
    );
  }
  return (
    <Empty title="Ready when you are">
      <p>
        You see two statements and say whether they mean the same: with the buttons, or with the keys <kbd>1</kbd> the same,{' '}
        <kbd>2</kbd> different, <kbd>3</kbd> not sure. The core changes after each answer. You can stop at any time.
      </p>
      <button class="button main" type="button" onClick={() => void begin()}>
        Ask me {SITTING} questions
      </button>
    </Empty>
  );
}

function Sitting({ now }: { now: Sitting }) {
  if (now.questions.length === 0) {
    return (
      <Empty title="Nothing left to ask">
        <p>No uncertain pair of statements would change this core. Choose another pathway, or take the specification away.</p>
        <button class="button" type="button" onClick={() => go('take-away')}>
          Take away
        </button>
      </Empty>
    );
  }
  const question = now.questions[now.answers.length];
  return (
    <div class="stack">
      <Growth sizes={now.sizes} asked={now.questions.length} />
      {question ? (
        <QuestionCard
          key={now.answers.length}
          question={question}
          number={now.answers.length + 1}
          of={now.questions.length}
          onAnswer={(word, note) => void answer(word, note)}
        />
      ) : (
        <Done now={now} />
      )}
    </div>
  );
}

function Done({ now }: { now: Sitting }) {
  const count = (word: Answer) => now.answers.filter((one) => one === word).length;
  return (
    <Empty title="That was the sitting">
      <p>
        {many(count('same'), 'pair says', 'pairs say')} the same, {count('different')} differ, {count('unsure')} not sure,{' '}
        {count('skipped')} skipped. Your answers are in force, and in the list of decisions.
      </p>
      <div class="row">
        <button class="button main" type="button" onClick={() => void begin()}>
          Ask me more
        </button>
        <button class="button" type="button" onClick={() => go('core')}>
          See the core
        </button>
      </div>
    </Empty>
  );
}

const KEYS: Record<string, Answer> = { '1': 'same', '2': 'different', '3': 'unsure', s: 'skipped' };

function useKeys(now: Sitting | null): void {
  useEffect(() => {
    if (!now) return;
    const press = (event: KeyboardEvent) => {
      const word = KEYS[event.key.toLowerCase()];
      const field = (event.target as HTMLElement).closest('input, textarea, select');
      if (!word || field || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (topicId.value || screen.value !== 'review') return;
      event.preventDefault();
      document.querySelector<HTMLButtonElement>(`[data-answer="${word}"]`)?.click();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [now]);
}
