import { news } from '../state/news';

/** Where screen readers look for news: once in the page, and once in an open dialog, since one hides the other. */
export function News() {
  return (
    <p class="hide" role="status">
      {news.value}
    </p>
  );
}
