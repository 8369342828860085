// The start: a file, or the bundled map.

import { useEffect, useRef, useState } from 'preact/hooks';
import { Empty, FileButton, ScreenHead } from '../parts/parts';
import { busy, keeps, kept, opened } from '../state/session';
import { cancelOpening, forget, go, open } from '../state/workbench';

const ACCEPT = '.json,.jsonld,.csv,.xlsx,.ods,.zip,application/json,text/csv';

const STAGES: Record<string, [number, string]> = {
  loading: [0, 'Loading the file'],
  reading: [1, 'Reading the file'],
  checking: [2, 'Checking it'],
  joining: [3, 'Joining statements that say the same'],
  topics: [4, 'Sorting statements into topics'],
  deriving: [5, 'Deriving the core of every pathway'],
};

export function StartScreen() {
  const [over, setOver] = useState(false);
  const take = (files: readonly File[]) => {
    const file = files[0];
    if (file) void open(file, file.name);
  };
  if (busy.value) return <Opening />;
  return (
    <div
      class="stack"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      {opened.value ? (
        <ScreenHead title="Open another map">The map that is open stays until the new one is there.</ScreenHead>
      ) : (
        <div class="hero">
          <h1 tabIndex={-1} id="screen-title">
            From an occupational map to the core of a T Level
          </h1>
          <p class="muted">
            See what the occupations of a pathway share, decide with your panel what belongs in the core, and take away a
            draft specification.
          </p>
        </div>
      )}
      <Continue />
      <section class={over ? 'drop over' : 'drop'} aria-labelledby="drop-title">
        <h2 id="drop-title">Drop a file here, or choose one</h2>
        <p class="muted">
          A standards file (JSON), an answer of the occupational maps API, a map in a workbook or in zipped tables, or a map that tlevel
          wrote.
        </p>
        <div class="row">
          <FileButton main label="Choose a file" accept={ACCEPT} onFiles={take} />
          <button class="button" type="button" onClick={() => void open(null, 'the bundled map')}>
            Begin with the bundled map
          </button>
        </div>
      </section>
      <Promises />
    </div>
  );
}

function Continue() {
  const file = kept.value;
  if (!file || opened.value) return null;
  const when = new Date(file.at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <section class="card pick row apart" aria-label="Last time">
      <div>
        <h2>Continue with {file.name}</h2>
        <p class="muted small">Last opened {when}. Your decisions on it are kept.</p>
      </div>
      <button class="button main" type="button" onClick={() => void open(file.blob, file.name)}>
        Continue
      </button>
    </section>
  );
}

function Promises() {
  return (
    <div class="promise">
      <section class="stack tight">
        <h2>Nothing leaves this page</h2>
        <p class="muted">
          Files are read and computed on your own computer. The page asks no server for anything, and works without a
          network.
        </p>
      </section>
      <section class="stack tight">
        <h2>What this browser keeps</h2>
        <p class="muted">
          {keeps.value
            ? 'Your decisions and the last file, so that you can go on tomorrow. Save the decisions to a file to share them.'
            : 'Nothing: this browser does not let the page keep anything. Save your decisions to a file before you close it.'}
        </p>
        {keeps.value && <Forget />}
      </section>
      <section class="stack tight">
        <h2>A draft, not a decision</h2>
        <p class="muted">
          The workbench shows what a map says and why. People decide what is taught. It is not an official service.
        </p>
      </section>
    </div>
  );
}

/** Asked twice: what is forgotten does not come back. */
function Forget() {
  const [asks, setAsks] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const before = useRef(asks);
  // the button that was pressed is gone: the focus is on the one in its place
  useEffect(() => {
    if (before.current !== asks) button.current?.focus();
    before.current = asks;
  }, [asks]);
  if (!asks) {
    return (
      <div>
        <button class="button slim danger" type="button" ref={button} onClick={() => setAsks(true)}>
          Forget everything kept here
        </button>
      </div>
    );
  }
  const sure = async () => {
    await forget();
    setAsks(false);
  };
  return (
    <div class="note warn stack tight" role="group" aria-label="Forget everything?">
      <p>All decisions and the last file are removed from this browser. They do not come back.</p>
      <div class="row">
        <button class="button slim danger" type="button" onClick={() => void sure()}>
          Forget them
        </button>
        <button class="button slim" type="button" ref={button} onClick={() => setAsks(false)}>
          Keep them
        </button>
      </div>
    </div>
  );
}

function Opening() {
  const { stage, done, total, what } = busy.value ?? { stage: 'loading', done: 0, total: 0, what: '' };
  const [step, words] = STAGES[stage] ?? [1, stage];
  const part = total > 0 ? Math.min(done / total, 1) : 0;
  const share = Math.min(Math.round(((step + part) / Object.keys(STAGES).length) * 100), 100);
  // the button that was pressed is gone
  useEffect(() => document.getElementById('screen-title')?.focus(), []);
  return (
    <div class="stack">
      <ScreenHead title={`Opening ${what}`} />
      <div class="card stack">
        <p role="status">{words} …</p>
        <div class="progress" role="progressbar" aria-valuenow={share} aria-valuemin={0} aria-valuemax={100} aria-label={words}>
          <svg width="100%" height="8" preserveAspectRatio="none" viewBox="0 0 100 1" aria-hidden="true">
            <rect width={share} height="1" fill="var(--accent)" />
          </svg>
        </div>
        <div>
          <button class="button" type="button" onClick={cancelOpening}>
            Cancel
          </button>
        </div>
      </div>
    </div>
  );
}

/** Shown by screens that need a map before there is one. */
export function NoMap() {
  return (
    <Empty title="No map is open">
      <p>Open a file, or begin with the bundled map.</p>
      <button class="button main" type="button" onClick={() => go('start')}>
        Open a map
      </button>
    </Empty>
  );
}
