"""Which pieces of words the table has, and how a text is cut into them.

The cutting is that of src/meaning/pieces.rs, to the letter."""

import re
import unicodedata
from collections import Counter

PLAIN = re.compile(r"(##)?[a-z0-9]+")


def words(text: str) -> list[str]:
    """Runs of letters and digits, in lower case and without accents."""
    plain = unicodedata.normalize("NFD", text.lower())
    plain = "".join(c for c in plain if not unicodedata.category(c).startswith("M"))
    return "".join(c if c.isalnum() else " " for c in plain).split()


class Pieces:
    def __init__(self, pieces: list[str]):
        self.pieces = sorted(set(pieces), key=lambda p: p.encode())
        self.index = {piece: i for i, piece in enumerate(self.pieces)}
        self.longest = max(map(len, self.pieces))
        self.cache = {}

    def cut_word(self, word: str) -> list[int]:
        """The longest piece at each place; nothing if a place has none."""
        if len(word) > 100:
            return []
        if word in self.cache:
            return self.cache[word]
        found, start = [], 0
        while start < len(word):
            before = "##" if start else ""
            for end in range(min(len(word), start + self.longest), start, -1):
                row = self.index.get(before + word[start:end])
                if row is not None:
                    found.append(row)
                    start = end
                    break
            else:
                found = []
                break
        self.cache[word] = found
        return found

    def cut(self, text: str) -> list[int]:
        return [row for word in words(text) for row in self.cut_word(word)]


def choose(vocabulary: list[str], texts: list[str], limit: int | None) -> Pieces:
    """Chooses pieces, up to a limit, in this order:

    1. single letters and digits, at the start of a word and inside: every word of
       them can be cut;
    2. whole words of two texts or more that the encoder's vocabulary would cut;
    3. pieces that other words of two texts or more need;
    4. the words of the encoder's vocabulary in its order, which is by frequency;
    5. everything else."""
    plain = [piece for piece in vocabulary if PLAIN.fullmatch(piece)]
    always = [before + c for c in "abcdefghijklmnopqrstuvwxyz0123456789" for before in ("", "##")]
    base = Pieces(plain + always)
    count = Counter(word for text in texts for word in set(words(text)))
    whole = [w for w in count if len(base.cut_word(w)) > 1 and re.fullmatch("[a-z]{4,24}", w)]
    whole.sort(key=lambda w: (-count[w], w))
    own = {word for word in whole if count[word] >= 2}
    used = Counter()
    for word, n in count.items():
        if word not in own:
            used.update({base.pieces[row]: n for row in base.cut_word(word)})
    needed = sorted((p for p in used if used[p] >= 2), key=lambda p: (-used[p], p))
    by_frequency = [piece for piece in plain if not piece.startswith("##")]
    ranked = always + [w for w in whole if w in own] + needed + by_frequency + plain + whole
    return Pieces(list(dict.fromkeys(ranked))[:limit])
