// The size of the core for each number of occupations that must share a topic.

import type { CurvePoint } from '../../engine/contract';
import { curve } from '../../state/session';
import { setQuorum } from '../../state/workbench';
import { neededNow } from './quorum';

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [520, 150, 30, 26, 14];

export function Curve() {
  const points = curve.value;
  if (points.length < 2) return null;
  const { needed } = neededNow();
  const most = Math.max(...points.map((point) => point.route + point.pathway), 1);
  const step = (WIDTH - LEFT) / points.length;
  const y = (topics: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - topics / most);
  return (
    <figure class="curve">
      <figcaption class="label">Core topics by how many occupations must share them</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={inWords(points)}>
        {[0, most].map((mark) => (
          <g key={mark}>
            <line x1={LEFT} x2={WIDTH} y1={y(mark)} y2={y(mark)} class="curve-line" />
            <text x={LEFT - 6} y={y(mark) + 4} text-anchor="end">
              {mark}
            </text>
          </g>
        ))}
        {points.map((point, index) => {
          const x = LEFT + index * step;
          const bar = Math.min(step * 0.7, 44);
          const left = x + (step - bar) / 2;
          const isNow = point.needed === needed;
          return (
            <g
              key={point.needed}
              class={isNow ? 'curve-bar now' : 'curve-bar'}
              onClick={() => void setQuorum({ needed: `${point.needed} of ${point.of}` })}
            >
              <rect x={x} width={step} y={0} height={HEIGHT} fill="transparent" />
              <rect class="route" x={left} width={bar} y={y(point.route)} height={y(0) - y(point.route)} />
              <rect
                class="pathway"
                x={left}
                width={bar}
                y={y(point.route + point.pathway)}
                height={y(point.route) - y(point.route + point.pathway)}
              />
              {(isNow || points.length <= 12) && (
                <text x={x + step / 2} y={y(point.route + point.pathway) - 4} text-anchor="middle">
                  {point.route + point.pathway}
                </text>
              )}
              {(points.length <= 16 || isNow || point.needed % 5 === 0) && (
                <text x={x + step / 2} y={HEIGHT - 8} text-anchor="middle" class={isNow ? 'strong' : ''}>
                  {point.needed}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <p class="hint">
        <span class="key route" /> route core <span class="key pathway" /> pathway core. The number below a bar is how many occupations
        must share a topic.
      </p>
    </figure>
  );
}

function inWords(points: readonly CurvePoint[]): string {
  const parts = points.map(
    ({ needed, of, route, pathway }) => `${needed} of ${of} occupations: ${route} route core and ${pathway} pathway core topics`,
  );
  return `The size of the core. ${parts.join('; ')}.`;
}
