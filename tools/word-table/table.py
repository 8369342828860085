"""The file: its parts are described in src/meaning/word_table_bytes.rs."""

import json
import struct

import numpy as np

MAGIC = b"TLWORDS\n"
VERSION = 1


def quantised(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each row as whole numbers from -16 to 16, and what one is worth.

    Rows are rounded to 255 steps and then to every eighth of them: the answers are as
    good, and what carries the table packs it a third smaller.
    """
    largest = np.abs(rows).max(axis=1)
    scales = (largest / 127).astype("<f4")
    safe = np.where(scales > 0, scales, 1).astype(np.float64)
    steps = np.clip(np.rint(rows / safe[:, None]), -127, 127)
    return scales * np.float32(8), np.rint(steps / 8).astype(np.int8)


def to_bytes(about: dict, pieces: list[str], rows: np.ndarray) -> bytes:
    scales, whole = quantised(rows)
    header = json.dumps(about, indent=1, sort_keys=True, ensure_ascii=False).encode()
    text = "\n".join(pieces).encode()
    sizes = struct.pack("<HHIII", VERSION, rows.shape[1], len(pieces), len(header), len(text))
    return MAGIC + sizes + header + text + scales.tobytes() + whole.tobytes()


def from_bytes(data: bytes) -> tuple[dict, list[str], np.ndarray]:
    assert data[:8] == MAGIC
    version, dimensions, count, header, text = struct.unpack_from("<HHIII", data, 8)
    assert version == VERSION
    at = 24
    about, at = json.loads(data[at : at + header]), at + header
    pieces, at = data[at : at + text].decode().split("\n"), at + text
    scales, at = np.frombuffer(data, "<f4", count, at), at + 4 * count
    whole = np.frombuffer(data, np.int8, count * dimensions, at).reshape(count, dimensions)
    return about, pieces, whole * scales[:, None].astype(np.float64)
