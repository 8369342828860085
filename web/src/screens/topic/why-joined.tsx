// Why statements were joined: the pairs, the words they share and how alike they are.

import { useState } from 'preact/hooks';
import { Decide } from './decide';
import { attempt, current } from '../../state/running';
import { pathwayId } from '../../state/session';

interface Item {
  concept: string;
  label: string;
  statements: { occupation: string; id: string; text: string }[];
  why?: string[];
  evidence: { a: string; b: string; score: number; words: string[] }[];
}

export function WhyJoined({ letters }: { letters: Map<string, string> }) {
  const [found, setFound] = useState<{ letter: string; item: Item } | null>(null);
  if (letters.size === 0) return null;
  const show = (concept: string, letter: string) =>
    void attempt('Reading why they were joined', async () => {
      setFound({ letter, item: await current().json<Item>('item', pathwayId.value, concept) });
    });
  return (
    <section class="stack tight" aria-labelledby="why-title">
      <h3 id="why-title">Why were they joined?</h3>
      <div class="row">
        {[...letters].map(([concept, letter]) => (
          <button key={concept} class="button slim" type="button" onClick={() => show(concept, letter)}>
            {letter}
          </button>
        ))}
      </div>
      <div role="status">
        {found && (
          <div class="card stack tight">
            <p class="strong">
              {found.letter}: {found.item.label}
            </p>
            {found.item.evidence.length === 0 && <p class="muted">They have the same words, or a person joined them.</p>}
            <ul>
              {found.item.evidence.map((pair, index) => (
                <li key={index}>
                  {pair.a} and {pair.b}: {Math.round(pair.score * 100)} % alike
                  {pair.words.length > 0 && `; both say ${pair.words.map((word) => `“${word}”`).join(', ')}`}
                </li>
              ))}
            </ul>
            <Decide key={found.item.concept} isElement subject={found.item.concept} about={found.item.label} />
          </div>
        )}
      </div>
    </section>
  );
}
