// How the core grew during a sitting.

import { many } from '../../parts/parts';
import type { CoreSize } from '../../state/session';

export function Growth({ sizes, asked }: { sizes: readonly CoreSize[]; asked: number }) {
  const first = sizes[0];
  const last = sizes.at(-1);
  if (!first || !last) return null;
  const most = Math.max(...sizes.map((one) => one.route + one.pathway), 1);
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
          <dt>Route core</dt>
          <dd class="route">{last.route}</dd>
        </div>
        <div>
          <dt>Pathway core</dt>
          <dd class="pathway">{last.pathway}</dd>
        </div>
        <div>
          <dt>Since the start</dt>
          <dd>{grown > 0 ? `+${grown}` : grown}</dd>
        </div>
      </dl>
      <svg viewBox="0 0 210 44" class="growth-bars" role="img" aria-label={`The core has ${many(total, 'topic')} now`} preserveAspectRatio="none">
        {sizes.map((one, index) => {
          const [route, all] = [(one.route / most) * 40, ((one.route + one.pathway) / most) * 40];
          return (
            <g key={index}>
              <rect x={index * 10} width={8} y={42 - route} height={route} fill="var(--route)" />
              <rect x={index * 10} width={8} y={42 - all} height={all - route} fill="var(--pathway)" />
            </g>
          );
        })}
        <line x1="0" x2="210" y1="43" y2="43" stroke="var(--line)" />
      </svg>
    </div>
  );
}
