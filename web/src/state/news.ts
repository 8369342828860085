// What has just happened, for those who cannot see it.

import { signal } from '@preact/signals';

export const news = signal('');

/** Has a sentence said by screen readers; the same sentence twice is said twice. */
export function tell(text: string): void {
  news.value = news.value === text ? `${text}\u00a0` : text;
}
