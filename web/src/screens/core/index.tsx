// The core of a pathway: settings, its size, and topics by occupations.

import { useEffect, useRef } from 'preact/hooks';
import { many, Empty, ScreenHead, TIERS } from '../../parts/parts';
import { PathwayChooser } from '../../parts/pathway-chooser';
import { tell } from '../../state/news';
import { chosen, matrix, noMatrix, pathwayId, size, tableOf } from '../../state/session';
import { go } from '../../state/workbench';
import { Curve } from './curve';
import { MatrixTable } from './matrix';
import { Occupations } from './occupations';
import { BackToPolicy, PolicyChooser, Quorum } from './quorum';

export function CoreScreen() {
  const pathway = chosen.value;
  return (
    <div class="stack">
      <ScreenHead title={pathway ? `The core of ${pathway.pathway.name}` : 'The core'}>
        What the occupations of a pathway share is taught to everyone. Move the sliders, and see what enters and leaves the core. Choose
        a topic to look inside and decide.
      </ScreenHead>
      <div class="core-top">
        <div class="card stack core-settings">
          <PathwayChooser />
          <PolicyChooser />
        </div>
        <div class="card stack core-curve">
          <Curve />
        </div>
      </div>
      <div class="card core-bar">
        <Quorum />
        <div class="core-size">
          <Sizes />
          <BackToPolicy />
        </div>
      </div>
      <Occupations />
      {matrix.value && matrix.value.occupations.length > 0 ? <Table /> : pathway?.pathway.programme && !noMatrix.value && !matrix.value ? <p role="status">Reading the topics …</p> : <NoMatrix />}
    </div>
  );
}

/** How long a slider rests before the sizes are said. */
const REST = 600;

function Sizes() {
  const { route, pathway, specialism, near } = size.value;
  const first = useRef(true);
  useEffect(() => {
    // what a new screen begins with is not news
    if (first.current) {
      first.current = false;
      return;
    }
    const said = `Route core: ${many(route, 'topic')}, pathway core: ${pathway}, specialisms only: ${specialism}, near misses: ${near}.`;
    const rested = setTimeout(() => tell(said), REST);
    return () => clearTimeout(rested);
  }, [route, pathway, specialism, near]);
  return (
    <dl class="figures" aria-label="Topics in each part">
      <div>
        <dt>{TIERS['route']}</dt>
        <dd class="route">{route}</dd>
      </div>
      <div>
        <dt>{TIERS['pathway']}</dt>
        <dd class="pathway">{pathway}</dd>
      </div>
      <div>
        <dt>Specialisms only</dt>
        <dd class="specialism">{specialism}</dd>
      </div>
      <div>
        <dt>Near misses</dt>
        <dd>{near}</dd>
      </div>
    </dl>
  );
}

function Table() {
  const table = matrix.value;
  if (!table) return null;
  if (table.rows.length === 0) {
    return (
      <Empty title="Nothing is shared here yet">
        <p>
          No topic reaches the core of this pathway. Lower the share that the core needs, include an occupation, or answer questions
          in the review.
        </p>
        <button class="button" type="button" onClick={() => go('review')}>
          Go to the review
        </button>
      </Empty>
    );
  }
  // a row of the pathway before opens nothing
  return (
    <div class="stack tight" inert={tableOf.value !== pathwayId.value}>
      <div class="row apart">
        <h2 id="matrix-title">
          {many(table.rows.length, 'topic')} by {many(table.occupations.length, 'occupation')}
        </h2>
        <ul role="list" class="row small muted" aria-label="What the signs say">
          <li>
            <span aria-hidden="true">●</span> much, for this table
          </li>
          <li>
            <span aria-hidden="true">◐</span> some
          </li>
          <li>
            <span aria-hidden="true">○</span> little
          </li>
          <li>
            <span aria-hidden="true">·</span> mentioned, too little to count
          </li>
        </ul>
      </div>
      {size.value.route + size.value.pathway === 0 && (
        <p class="note">
          No topic is core at this share. Lower the share that the core needs, include an occupation, or answer questions in the review.
        </p>
      )}
      <MatrixTable table={table} />
    </div>
  );
}

function NoMatrix() {
  return (
    <Empty title="This pathway has no programme">
      <p>{noMatrix.value || chosen.value?.pathway.why || 'None of its occupations counts for a core.'}</p>
      <p>Choose another pathway above, or include one of its occupations.</p>
    </Empty>
  );
}
