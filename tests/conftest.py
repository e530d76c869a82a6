"""What all tests share: where the benchmarks and the seed pages are, when somebody has them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def _folder(variable: str) -> Path:
    value = os.environ.get(variable)
    if not value or not Path(value).is_dir():
        pytest.skip(f"{variable} does not name a folder: the third-party material of this test is not here")
    return Path(value)


@pytest.fixture(scope="session")
def bench() -> Path:
    """The folder of the benchmarks; the test skips where it is not."""
    return _folder("ONRECORD_BENCH")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the seed pages; the test skips where it is not."""
    return _folder("ONRECORD_SEEDS")


@pytest.fixture(scope="session")
def samples() -> Path:
    """The pages of the invented dispute."""
    return ROOT / "samples"
