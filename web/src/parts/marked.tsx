import { pieces } from '../text/words';

/** A text with its shared words marked. */
export function Marked({ text, shared }: { text: string; shared: ReadonlySet<string> }) {
  return (
    <>
      {pieces(text, shared).map((piece, index) => (piece.shared ? <mark key={index}>{piece.text}</mark> : piece.text))}
    </>
  );
}
