// Which words statements have in common.

const COMMON = new Set(
  'about above accordance according across after also appropriate and any are aspects based been being between both but can different does each effective ensure ensuring etc following for from have how impact importance important include includes including into its key knowledge line make making may more most need needs not off one other others out over own principles range regarding relevant required requirements role should such than that the their them then there these they this those through types understand understanding understands used using use various way ways what when where which while who why will with within work working your'.split(
    ' ',
  ),
);

const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;

/** The word without its usual endings, so that "planning" meets "plans". */
export function stem(word: string): string {
  const low = word.toLowerCase().replace(/['’]s$/, '');
  if (low.length < 4 || COMMON.has(low)) return '';
  return low.replace(/(?:ings?|ies|ed|es|s|e|y)$/, '') || low;
}

/** The stems that the texts of half of the groups have, and of two at least. */
export function sharedStems(groups: readonly (readonly string[])[]): Set<string> {
  const counts = new Map<string, number>();
  for (const texts of groups) {
    const own = new Set(texts.flatMap((text) => (text.match(WORD) ?? []).map(stem)));
    own.delete('');
    for (const one of own) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  const least = Math.max(2, Math.ceil(groups.length / 2));
  return new Set([...counts].filter(([, count]) => count >= least).map(([one]) => one));
}

export interface Piece {
  text: string;
  shared: boolean;
}

/** The text in pieces: those that are shared, and the rest. Shared words beside each other are one piece. */
export function pieces(text: string, shared: ReadonlySet<string>): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(WORD)) {
    if (!shared.has(stem(match[0]))) continue;
    const last = found.at(-1);
    const between = text.slice(from, match.index);
    if (last?.shared && between === ' ') last.text += ` ${match[0]}`;
    else {
      if (between) found.push({ text: between, shared: false });
      found.push({ text: match[0], shared: true });
    }
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from), shared: false });
  return found;
}
