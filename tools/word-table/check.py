"""Measures tables on O*NET and ESCO.

    python check.py --onet FOLDER --esco occupations.json words.bin ...

The texts (not which of them belong together) are used to make the table, so these
figures compare tables; they do not say how well one does on texts of other origin.
"""

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np

import table
from pieces import Pieces
from texts import Texts


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--onet", type=Path, required=True)
    parser.add_argument("--esco", type=Path, required=True)
    parser.add_argument("tables", type=Path, nargs="+")
    options = parser.parse_args()
    texts = Texts(options.onet, options.esco)
    for path in options.tables:
        _, pieces, rows = table.from_bytes(path.read_bytes())
        cut = Pieces(pieces).cut

        def vectors(of: list[str]) -> np.ndarray:
            sums = np.stack([rows[cut(text)].sum(axis=0) for text in of])
            return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)

        near, asked = same_activity(texts, vectors)
        print(f"{path}: {len(pieces)} pieces of {rows.shape[1]} dimensions, {path.stat().st_size} bytes")
        print(f"  O*NET, nearest task of another occupation has the same activity: {near:.3f} of {asked}")
        titles = vectors([title for title, *_ in texts.esco])
        skills = np.stack([vectors(essential).sum(axis=0) for *_, essential in texts.esco])
        for name, of in (("description", vectors([d for _, d, *_ in texts.esco])), ("essential skills", skills)):
            scores = titles @ (of / np.maximum(np.linalg.norm(of, axis=1, keepdims=True), 1e-12)).T
            rank = (scores > np.diag(scores)[:, None]).sum(axis=1) + 1
            print(f"  ESCO, mean reciprocal rank of the own {name} for a title: {(1 / rank).mean():.3f}")


def same_activity(texts: Texts, vectors) -> tuple[float, int]:
    of_task = defaultdict(set)
    for activity, ids in texts.activities.items():
        for task in ids:
            of_task[task].add(activity)
    ids = sorted(task for task in texts.tasks if of_task[task])
    occupation = np.array([texts.tasks[task][0] for task in ids])
    all_vectors = vectors([texts.tasks[task][1] for task in ids]).astype(np.float32)
    has = defaultdict(set)
    for i, task in enumerate(ids):
        for activity in of_task[task]:
            has[activity].add(occupation[i])
    hits = asked = 0
    for begin in range(0, len(ids), 512):
        scores = all_vectors[begin : begin + 512] @ all_vectors.T
        scores[occupation[begin : begin + 512, None] == occupation[None, :]] = -9
        for i, nearest in enumerate(scores.argmax(axis=1), begin):
            if any(len(has[activity]) > 1 for activity in of_task[ids[i]]):
                asked += 1
                hits += bool(of_task[ids[i]] & of_task[ids[nearest]])
    return hits / asked, asked


if __name__ == "__main__":
    main()
