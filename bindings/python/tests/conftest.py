"""What the tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

import tlevel

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def england() -> tlevel.Map:
    return tlevel.Map.read(ROOT / "fixtures/maps/england.json")


@pytest.fixture(scope="session")
def placer(england: tlevel.Map) -> tlevel.Placer:
    return tlevel.Placer(england)
