"""Each figure of the README has a command, and each command that the page of figures gives is there."""

from __future__ import annotations

import re
from importlib.util import find_spec

import pytest

from evals.measures import MEASURES
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "explanation" / "figures.md").read_text(encoding="utf8")
README = (ROOT / "README.md").read_text(encoding="utf8")


@pytest.mark.parametrize("module", sorted(set(re.findall(r"`python -m ([\w.]+)", PAGE + README))))
def test_every_command_is_a_module(module: str) -> None:
    assert find_spec(module) is not None


def test_every_measure_that_is_named_is_there() -> None:
    named = re.findall(r"python -m evals\.floors --only (\w+)", PAGE)
    assert len(named) > 5
    assert set(named) <= {measure.name for measure in MEASURES}


@pytest.mark.parametrize("file", sorted(set(re.findall(r"evals/gold/[\w.]+", PAGE))))
def test_every_file_that_is_named_is_there(file: str) -> None:
    assert (ROOT / file).exists()


def test_the_readme_leads_to_the_commands() -> None:
    assert "docs/explanation/figures.md#each-figure-and-its-command" in README
    assert "\n## Each figure and its command\n" in PAGE
