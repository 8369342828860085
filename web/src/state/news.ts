// What has just happened, for those who cannot see it.

import { signal } from '@preact/signals';

export const news = signal('');

/** How long a sentence is there: what is read later, on another screen, is no news. */
const LASTS = 10_000;
let old: ReturnType<typeof setTimeout> | undefined;

/** Has a sentence said by screen readers; the same sentence twice is said twice. */
export function tell(text: string): void {
  news.value = news.value === text ? `${text}\u00a0` : text;
  clearTimeout(old);
  old = setTimeout(() => (news.value = ''), LASTS);
}
