// How the core grew during a sitting.

import { many } from '../../parts/parts';

/** The size of the core after an answer. */
export interface Grown {
  topics: number;
  /** Elements of the route core that two or more occupations share. */
  route: number;
  pathway: number;
}

const [HIGH, STEP] = [40, 10];

export function Growth({ sizes, asked }: { sizes: readonly Grown[]; asked: number }) {
  const first = sizes[0];
  const last = sizes.at(-1);
  if (!first || !last) return null;
  const total = last.route + last.pathway;
  const grown = total - first.route - first.pathway;
  return (
    <div class="growth">
      <dl class="figures" aria-label="The core now">
        <div>
          <dt>Answered</dt>
          <dd>
            {sizes.length - 1} of {asked}
          </dd>
        </div>
        <div>
          <dt>Core topics</dt>
          <dd>{last.topics}</dd>
        </div>
        <div>
          <dt>Route core, shared statements</dt>
          <dd class="route">{last.route}</dd>
        </div>
        <div>
          <dt>Pathway core, shared statements</dt>
          <dd class="pathway">{last.pathway}</dd>
        </div>
        <div>
          <dt>Change in this sitting</dt>
          <dd>{grown > 0 ? `+${grown}` : grown}</dd>
        </div>
      </dl>
      <Bars sizes={sizes} asked={asked} words={`The core has ${many(total, 'shared statement')} now`} />
    </div>
  );
}

function Bars({ sizes, asked, words }: { sizes: readonly Grown[]; asked: number; words: string }) {
  const most = Math.max(...sizes.map((one) => one.route + one.pathway), 1);
  const width = (asked + 1) * STEP;
  return (
    <svg viewBox={`0 0 ${width} 44`} class="growth-bars" role="img" aria-label={words} preserveAspectRatio="none">
      {sizes.map((one, index) => {
        const [route, all] = [(one.route / most) * HIGH, ((one.route + one.pathway) / most) * HIGH];
        return (
          <g key={index}>
            <rect x={index * STEP} width={STEP - 2} y={42 - route} height={route} fill="var(--route)" />
            <rect x={index * STEP} width={STEP - 2} y={42 - all} height={all - route} fill="var(--pathway)" />
          </g>
        );
      })}
      <line x1="0" x2={width} y1="43" y2="43" stroke="var(--line)" />
    </svg>
  );
}
