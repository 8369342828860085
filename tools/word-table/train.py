"""From the encoder's vectors to rows of pieces whose sums have the same cosines."""

import numpy as np
import torch
import torch.nn.functional as F

from pieces import Pieces


def start(vectors: np.ndarray, counts: np.ndarray, dimensions: int) -> np.ndarray:
    """The encoder's vector of each piece alone, in its main directions, shorter the
    more common the piece is: a / (a + p), a = 0.001 (Arora, Liang and Ma, 2017)."""
    centred = vectors.astype(np.float64) - vectors.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    directions = directions[:dimensions]
    # a direction may point either way
    largest = np.abs(directions).argmax(axis=1)
    directions *= np.sign(directions[np.arange(dimensions), largest])[:, None]
    share = counts / counts.sum()
    rows = (centred @ directions.T) * (0.001 / (0.001 + share))[:, None]
    return rows / np.sqrt((rows**2).sum(axis=1).mean())


def distil(
    pieces: Pieces,
    rows: np.ndarray,
    piece_vectors: np.ndarray,
    texts: list[str],
    text_vectors: np.ndarray,
    steps: int,
    seed: int,
    rate: float = 3e-3,
    batch: int = 192,
    batch_of_pieces: int = 64,
) -> np.ndarray:
    """Trains rows until the cosines of sums are those of the encoder.

    Each step takes random texts and single pieces and compares the cosines of all
    of them (mean square). The rate falls to 0."""
    random = np.random.default_rng(seed)
    cut = [torch.tensor(pieces.cut(text), dtype=torch.long) for text in texts]
    known = np.array([i for i, rows_of_text in enumerate(cut) if len(rows_of_text)])
    table = torch.nn.EmbeddingBag.from_pretrained(torch.tensor(rows, dtype=torch.float32), freeze=False, mode="sum")
    texts_goal, pieces_goal = torch.tensor(text_vectors), torch.tensor(piece_vectors)
    optimiser = torch.optim.Adam(table.parameters(), lr=rate)
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = rate * (1 - step / steps)
        chosen = known[random.integers(0, len(known), batch)]
        singles = random.integers(0, len(pieces.pieces), batch_of_pieces)
        bags = [cut[i] for i in chosen]
        offsets = torch.tensor(np.cumsum([0] + [len(bag) for bag in bags[:-1]]))
        sums = torch.cat([table(torch.cat(bags), offsets), table.weight[singles]])
        sums, goal = F.normalize(sums, dim=1), torch.cat([texts_goal[chosen], pieces_goal[singles]])
        loss = ((sums @ sums.T - goal @ goal.T) ** 2).mean() * len(sums)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if (step + 1) % 300 == 0:
            print(f"distil: step {step + 1} of {steps}, loss {float(loss.detach()):.4f}", flush=True)
    return table.weight.detach().numpy().astype(np.float64)

