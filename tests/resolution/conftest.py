"""The invented world, loaded once."""

from __future__ import annotations

import pytest

from onrecord.knowledge import Knowledge
from tests.resolution import world


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The tables with the invented world laid over them."""
    return world.knowledge(tmp_path_factory.mktemp("world"))
