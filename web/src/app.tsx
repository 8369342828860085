// The shell: the bar, the rail and the screen that is chosen.

import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { News } from './parts/news';
import { TroubleBox } from './parts/trouble-box';
import { ChangeScreen } from './screens/change';
import { CoreScreen } from './screens/core';
import { FindingsScreen } from './screens/findings';
import { MapScreen } from './screens/map';
import { PlaceScreen } from './screens/place';
import { ResponsesScreen } from './screens/responses';
import { ReviewScreen } from './screens/review';
import { StartScreen } from './screens/start';
import { TakeAwayScreen } from './screens/take-away';
import { TopicSheet } from './screens/topic';
import { redo, undo } from './state/deciding';
import { conflicts, force, opened, own, screen, type Screen, topicId, undone } from './state/session';
import { go } from './state/workbench';

const NAMES: Record<Screen, string> = {
  start: 'Open',
  map: 'Map',
  core: 'Core',
  review: 'Review',
  place: 'Place',
  change: 'Change',
  responses: 'Responses',
  'take-away': 'Take away',
  findings: 'Findings',
};

const VIEWS: Record<Screen, () => JSX.Element> = {
  start: StartScreen,
  map: MapScreen,
  core: CoreScreen,
  review: ReviewScreen,
  place: PlaceScreen,
  change: ChangeScreen,
  responses: ResponsesScreen,
  'take-away': TakeAwayScreen,
  findings: FindingsScreen,
};

const RAIL: Screen[] = ['map', 'core', 'review', 'place', 'change', 'responses', 'take-away', 'findings', 'start'];

export function App() {
  const View = VIEWS[screen.value];
  const isStart = !opened.value;
  useKeys();
  useTitleFocus(screen.value);
  return (
    <div class={isStart ? 'shell start' : 'shell'}>
      <a class="button skip" href="#screen-title" onClick={skip}>
        Skip to the content
      </a>
      <Bar />
      {!isStart && <Rail />}
      <main tabIndex={-1} id="content">
        <TroubleBox />
        <News />
        <View />
      </main>
      {topicId.value && <TopicSheet key={topicId.value} id={topicId.value} />}
    </div>
  );
}

function skip(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('screen-title')?.focus();
}

function Brand() {
  return (
    <span class="brand">
      <svg width="26" height="20" viewBox="0 0 26 20" aria-hidden="true">
        <circle cx="9" cy="10" r="8" fill="var(--route)" fill-opacity="0.55" />
        <circle cx="17" cy="10" r="8" fill="var(--pathway)" fill-opacity="0.55" />
      </svg>
      T Level workbench
    </span>
  );
}

function Bar() {
  const map = opened.value;
  return (
    <header class="bar">
      <Brand />
      {map && (
        <>
          <span class="map-name" title={map.info.name}>
            {map.info.title ?? map.info.name}
          </span>
          <div class="row">
            <button class="button slim" type="button" disabled={own.value.length === 0} onClick={() => void undo()} title="Ctrl Z">
              Undo
            </button>
            <button class="button slim" type="button" disabled={undone.value.length === 0} onClick={() => void redo()} title="Ctrl Shift Z">
              Redo
            </button>
          </div>
        </>
      )}
      <ThemeButton />
    </header>
  );
}

const THEMES = [
  { theme: '', words: 'as the system has them' },
  { theme: 'light', words: 'light' },
  { theme: 'dark', words: 'dark' },
];

function ThemeButton() {
  const [turns, turn] = useState(0);
  const { theme, words } = THEMES[turns % THEMES.length]!;
  // with the words of the button, not a frame later
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    if (theme) dataset['theme'] = theme;
    else delete dataset['theme'];
  }, [theme]);
  return (
    <button class="button slim plain" type="button" onClick={() => turn(turns + 1)} aria-label={`Colours: ${words}`} title={`Colours: ${words}`}>
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <circle cx="9" cy="9" r="7" fill="none" stroke="currentColor" stroke-width="1.8" />
        <path d="M9 2a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
    </button>
  );
}

function Rail() {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    // on a phone the screens lie in a row that scrolls
    const [row, link] = [list.current, list.current?.querySelector<HTMLElement>('[aria-current]')];
    if (row && link) row.scrollLeft = link.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
  }, [screen.value]);
  const counts: Partial<Record<Screen, number>> = {
    'take-away': force.value.length + conflicts.value.length,
    findings: opened.value?.findings.findings.length ?? 0,
  };
  return (
    <nav class="rail" aria-label="Screens">
      <ul role="list" ref={list}>
        {RAIL.map((name) => (
          <li key={name}>
            <a
              href={`#/${name}`}
              aria-current={screen.value === name ? 'page' : undefined}
              onClick={(event) => {
                event.preventDefault();
                go(name);
              }}
            >
              {NAMES[name]}
              {counts[name] ? (
                <span class="count">
                  {counts[name]}
                  <span class="hide">{name === 'findings' ? ' findings' : ' decisions'}</span>
                </span>
              ) : null}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function useKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const field = (event.target as HTMLElement).closest('input:not([type="radio"],[type="range"]), textarea, select');
      if (field || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key === 'z' && !event.shiftKey) void undo();
      else if (key === 'y' || (key === 'z' && event.shiftKey)) void redo();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

/** Puts the focus on the heading of a new screen, so that screen readers say it. */
function useTitleFocus(name: Screen): void {
  const before = useRef(name);
  useEffect(() => {
    document.title = `${NAMES[name]} · T Level workbench`;
    if (before.current !== name) document.getElementById('screen-title')?.focus({ preventScroll: true });
    before.current = name;
  }, [name]);
}
