// Small parts that every screen uses.

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { News } from './news';

/** The heading of a screen, with a sentence on what it is for. */
export function ScreenHead({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <header class="screen-head">
      <h1 tabIndex={-1} id="screen-title">
        {title}
      </h1>
      {children && <p class="muted">{children}</p>}
    </header>
  );
}

/** What to do where there is nothing to show. */
export function Empty({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

interface Choice<T extends string> {
  value: T;
  label: string;
}

/** One of a few. */
export function Segments<T extends string>(props: {
  legend: string;
  name: string;
  value: T;
  choices: readonly Choice<T>[];
  onChange: (value: T) => void;
}) {
  return (
    <fieldset class="choices">
      <legend>{props.legend}</legend>
      <div class="segments">
        {props.choices.map(({ value, label }) => (
          <label key={value}>
            <input
              type="radio"
              name={props.name}
              value={value}
              checked={props.value === value}
              onChange={() => props.onChange(value)}
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A panel at the side, over the page, with its title and a line about it: Esc closes it, and focus returns to where it was. */
export function Sheet(props: { title: ComponentChildren; about: ComponentChildren; onClose: () => void; wide?: boolean; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    // Orca does not say what has the focus from the start
    const soon = setTimeout(() => title.current?.focus(), 50);
    return () => {
      clearTimeout(soon);
      if (before?.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog class={props.wide ? 'sheet wide' : 'sheet'} ref={dialog} aria-labelledby="sheet-title" aria-describedby="sheet-about" onClose={props.onClose}>
      <div class="sheet-head">
        <h2 id="sheet-title" ref={title} tabIndex={-1}>
          {props.title}
        </h2>
        <button class="button slim" type="button" aria-keyshortcuts="Escape" onClick={() => dialog.current?.close()}>
          Close <Key name="Esc" />
        </button>
      </div>
      <div class="sheet-body">
        <div class="row" id="sheet-about">
          {props.about}
        </div>
        {props.children}
      </div>
      <News />
    </dialog>
  );
}

/** The key beside a button's name; it is no part of the name. */
export function Key({ name }: { name: string }) {
  return <kbd aria-hidden="true">{name}</kbd>;
}

/** A button that opens files. */
export function FileButton(props: {
  label: string;
  accept: string;
  multiple?: boolean;
  main?: boolean;
  slim?: boolean;
  onFiles: (files: File[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button class={['button', props.main && 'main', props.slim && 'slim'].filter(Boolean).join(' ')} type="button" onClick={() => input.current?.click()}>
        {props.label}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={props.label}
        accept={props.accept}
        multiple={props.multiple}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) props.onFiles(files);
        }}
      />
    </>
  );
}

// made once: a table asks for hundreds of numbers while a slider moves
const NUMBERS = new Intl.NumberFormat('en-GB');

/** "1 topic", "2 topics". */
export const many = (count: number, one: string, more = `${one}s`): string =>
  `${NUMBERS.format(count)} ${count === 1 ? one : more}`;

export const TIERS: Record<string, string> = {
  route: 'Route core',
  pathway: 'Pathway core',
  group: 'Group core',
  specialism: 'Specialism',
  near: 'Near miss',
};
