"""Writes the pages of the manual that follow from the code: `python -m tools.reference [--check]`.

docs/reference/commands.md, docs/reference/settings.md, the manual page docs/onrecord.1 and the picture of the layers,
docs/img/layers.svg. With --check nothing is written, and files that differ are named (exit status 1). A command, an option or a
setting without words of its own stops the writing: what is not explained cannot be shipped.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer.main

from onrecord import __version__
from onrecord.views.cli.app import app

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
#: Environment variables that no option names, and what they do.
SETTINGS = {
    "ONRECORD_ARCHIVE_ACTORS": "Set by `onrecord archive` for its own workers: the table given with `--actors`.",
    "ONRECORD_ARCHIVE_PRELOAD": "Set by `onrecord archive` for its own workers: what they load before their first batch.",
    "ONRECORD_BENCH": "Folder of the benchmarks, for tests and measurements only.",
    "ONRECORD_SEEDS": "Folder of annotated pages, for tests and measurements only.",
}
_VARIABLE = re.compile(r"\bONRECORD_[A-Z_]+\b")
_FIRST_LINE = "<!-- Written by `python -m tools.reference`: change the code, not this page. -->"


class NotExplainedError(Exception):
    """Something that people type has no words of its own."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument or option: how it is typed, what it does, its default and its environment variable, where it has them."""

    typed: str
    help: str
    default: str | None
    variable: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """A command as it is typed, its help, and its parameters."""

    name: str
    help: str
    parameters: tuple[Parameter, ...]


def pages() -> list[Page]:
    """Every command, groups before their own commands.

    Raises:
        NotExplainedError: when a command or a parameter has no help.
    """
    root = typer.main.get_command(app)
    return list(pages_of(root, "onrecord"))


def pages_of(command: Any, name: str) -> Iterator[Page]:
    """A command and, where it is a group, those in it.

    Raises:
        NotExplainedError: when one of them or a parameter has no help.
    """
    context = command.make_context(name, [], resilient_parsing=True)
    if name != "onrecord":
        if not command.help:
            raise NotExplainedError(f"{name} has no help")
        shown = [p for p in command.params if not getattr(p, "hidden", False)]
        yield Page(name, _plain(command.help), tuple(_parameter(name, p, context) for p in shown))
    if hasattr(command, "list_commands"):
        for sub in command.list_commands(context):
            yield from pages_of(command.get_command(context, sub), f"{name} {sub}")


def _parameter(command: str, parameter: Any, context: Any) -> Parameter:
    option = parameter.param_type_name == "option"
    if not parameter.help:
        raise NotExplainedError(f"{command}: {parameter.name} has no help")
    names = ", ".join([*parameter.opts, *parameter.secondary_opts]) if option else ""
    value = "" if option and parameter.is_flag else parameter.metavar or (parameter.name or "").upper()
    if option and not parameter.is_flag and not parameter.metavar:
        value = str(parameter.display_type(context)).strip("<>").split(" range")[0].upper()
    default = parameter.default
    told = default is not None and default is not False and default not in ((), []) and not callable(default)
    return Parameter(
        f"{names} {value}".strip(), _plain(parameter.help), str(default) if told else None, parameter.envvar or None
    )


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\[/?[a-z ]+\]", "", text)).strip()


def commands_page(found: Sequence[Page]) -> str:
    """The reference of commands, in Markdown."""
    lines = [_FIRST_LINE, "# Commands", ""]
    lines += [
        "Every command prints a table for people and, with `--json`, an array of rows for programs. A failure ends in one"
    ]
    lines += ["sentence and an exit status other than 0.", "", "| command | what it does |", "| --- | --- |"]
    lines += [f"| [`{p.name}`](#{_anchor(p.name)}) | {_cell(p.help.split('. ')[0].rstrip('.'))} |" for p in found]
    for page in found:
        lines += ["", f"## `{page.name}` {{ #{_anchor(page.name)} }}", "", page.help, ""]
        if page.parameters:
            lines += ["| typed | what it does | default |", "| --- | --- | --- |"]
        for p in page.parameters:
            variable = f" Set by `{p.variable}` too." if p.variable else ""
            lines.append(
                f"| `{_cell(p.typed)}` | {_cell(p.help)}{variable} | {f'`{p.default}`' if p.default else ''} |"
            )
    return "\n".join(lines) + "\n"


def _anchor(name: str) -> str:
    return name.replace(" ", "-")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def settings_page(found: Sequence[Page]) -> str:
    """The reference of environment variables, in Markdown.

    Raises:
        NotExplainedError: when the code reads one that neither an option nor `SETTINGS` explains.
    """
    told: dict[str, str] = dict(SETTINGS)
    for page in found:
        for p in page.parameters:
            if p.variable:
                told.setdefault(p.variable, p.help)
    read = {
        name for path in (ROOT / "src").rglob("*.py") for name in _VARIABLE.findall(path.read_text(encoding="utf-8"))
    }
    if missing := sorted(read - told.keys()):
        raise NotExplainedError(f"settings without words: {', '.join(missing)}")
    lines = [_FIRST_LINE, "# Settings", ""]
    lines += [
        "There is no settings file: every setting is an option of a command, and some can be set for good in the environment."
    ]
    lines += ["", "| variable | what it does |", "| --- | --- |"]
    lines += [f"| `{name}` | {_cell(told[name])} |" for name in sorted(told)]
    return "\n".join(lines) + "\n"


def manual_page(found: Sequence[Page]) -> str:
    """The manual page, in the man macros (man(7))."""
    lines = [f'.TH ONRECORD 1 "" "onrecord {__version__}" "User commands"', ".SH NAME"]
    lines += [
        "onrecord \\- read news pages into a sourced record of a dispute",
        ".SH SYNOPSIS",
        ".B onrecord",
        "COMMAND ...",
    ]
    lines += [".SH COMMANDS"]
    for page in found:
        lines += [f".SS {_roff(page.name)}", _roff(page.help)]
        for p in page.parameters:
            default = f" Default: {p.default}." if p.default else ""
            lines += [".TP", f".B {_roff(p.typed)}", _roff(p.help + default)]
    lines += [".SH EXIT STATUS", "0 on success, 1 on failure, 2 on a command that was typed wrongly; "]
    lines += [".B onrecord check", "has a status for each kind of finding, given there."]
    return "\n".join(lines) + "\n"


def _roff(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text[:1] in ".'" else text


def layers() -> list[str]:
    """The layers of the import contract, highest first.

    Raises:
        NotExplainedError: when the contract is not there.
    """
    told: Mapping[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for contract in told["tool"]["importlinter"]["contracts"]:
        if contract["type"] == "layers":
            return [layer.strip("()") for layer in contract["layers"]]
    raise NotExplainedError("no contract of layers")


def picture(names: Sequence[str]) -> str:
    """The layers as a picture: one box each, the line of their package under the name. Colours follow the reader's scheme."""
    height, gap, width = 44, 8, 720
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {len(names) * (height + gap) + gap}" role="img"'
        ' aria-label="The layers of onrecord, highest first: imports only point down">',
        "<style>rect{fill:#f4f1ea;stroke:#8a8577}text{font:15px sans-serif;fill:#22201c}.d{font-size:13px;fill:#55514a}"
        "@media (prefers-color-scheme:dark){rect{fill:#26241f;stroke:#6b675d}text{fill:#eee9dd}.d{fill:#b8b2a4}}</style>",
    ]
    for n, name in enumerate(names):
        top = gap + n * (height + gap)
        source = (ROOT / "src" / "onrecord" / name / "__init__.py").read_text(encoding="utf-8")
        line = source.split('"""')[1].strip().split("\n")[0].split(": ")[-1].rstrip(".")
        line = line if len(line) < 76 else line[:74].rsplit(" ", 1)[0] + " ..."
        out.append(f'<rect x="8" y="{top}" width="{width - 16}" height="{height}" rx="6"/>')
        out.append(f'<text x="24" y="{top + 28}" font-weight="600">{name}</text>')
        out.append(f'<text class="d" x="150" y="{top + 28}">{_xml(line)}</text>')
    return "\n".join([*out, "</svg>"]) + "\n"


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def written() -> dict[Path, str]:
    """Every file that follows from the code, with what it should hold."""
    found = pages()
    return {
        DOCS / "reference" / "commands.md": commands_page(found),
        DOCS / "reference" / "settings.md": settings_page(found),
        DOCS / "onrecord.1": manual_page(found),
        DOCS / "img" / "layers.svg": picture(layers()),
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="write nothing, name the files that differ")
    args = parser.parse_args(argv)
    differing = []
    for path, text in written().items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            differing.append(str(path.relative_to(ROOT)))
            if not args.check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    sys.stdout.writelines(f"{'differs' if args.check else 'written'}: {name}\n" for name in differing)
    return 1 if args.check and differing else 0


if __name__ == "__main__":
    sys.exit(main())
