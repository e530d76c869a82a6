"""The help: complete, true to the commands, and written without importing any of them."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from onrecord.views.cli.app import app
from onrecord.views.cli.commands import COMMANDS, Command


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_the_line_of_help_is_the_commands_own(command: Command) -> None:
    found = command.load()
    said = str(found.info.help if isinstance(found, typer.Typer) else inspect.getdoc(found))
    assert command.help == said.split("\n\n", maxsplit=1)[0].replace("\n", " ")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_each_command_has_help(command: Command) -> None:
    result = CliRunner().invoke(app, [command.name, "--help"])
    assert result.exit_code == 0, result.output
    assert "Usage" in result.output


@pytest.mark.parametrize("command", [*(c.name for c in COMMANDS), "actors show", "correct export", ""])
def test_a_flag_is_shown_as_it_is_typed(command: str) -> None:
    output = CliRunner().invoke(app, [*command.split(), "--help"]).output
    assert "--help" in output
    assert "bool" not in output


@pytest.mark.parametrize(
    ("typed", "offered"), [("staments", "statements"), ("exprt", "export"), ("correct undoo", "undo")]
)
def test_a_misspelt_command_gets_the_one_that_is_like_it(typed: str, offered: str) -> None:
    result = CliRunner().invoke(app, typed.split())
    assert result.exit_code == 2
    assert f"Did you mean '{offered}'" in result.output


def test_a_name_like_no_command_gets_none() -> None:
    result = CliRunner().invoke(app, ["xyzzy"])
    assert result.exit_code == 2
    assert "No such command 'xyzzy'." in result.output


def test_the_help_names_every_command() -> None:
    output = CliRunner().invoke(app, ["--help"]).output
    assert all(f" {command.name} " in output for command in COMMANDS)


def test_the_help_imports_neither_database_nor_language_library() -> None:
    code = (
        "import sys\nfrom typer.testing import CliRunner\nfrom onrecord.views.cli.app import app\n"
        "CliRunner().invoke(app, ['--help'])\n"
        "print(sorted({'sqlalchemy', 'spacy', 'numpy', 'onnxruntime'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_only_the_program_itself_offers_completion(command: Command) -> None:
    assert "completion" not in CliRunner().invoke(app, [command.name, "--help"]).output


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("onrecord sta", {"statements", "state"}),
        ("onrecord correct un", {"undo"}),
        ("onrecord timeline --unt", {"--until"}),
    ],
)
def test_the_shell_completes_commands_their_commands_and_options(typed: str, offered: set[str]) -> None:
    asked = {
        "_ONRECORD_COMPLETE": "complete_bash",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(typed.count(" ")),
    }
    result = CliRunner().invoke(app, [], env=asked, prog_name="onrecord")
    assert set(result.output.split()) == offered


def test_the_shell_is_given_a_script() -> None:
    program = Path(sys.executable).parent / "onrecord"
    script = subprocess.run([program, "--show-completion", "bash"], capture_output=True, text=True, check=True).stdout
    assert "complete -o default -F _onrecord_completion onrecord" in script
    assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0
