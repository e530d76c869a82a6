"""The command `serve`: the record as a web page with its JSON API, for this machine or, with a token, for others."""

from __future__ import annotations

import getpass
import secrets
import socket
from typing import Annotated

import typer

from onrecord.model import errors
from onrecord.record import Record
from onrecord.views.cli.options import DEFAULT_RECORD, RecordPath, Tables

#: Characters that a token of the user's own has at least.
_SHORTEST = 12

Host = Annotated[str, typer.Option("--host", help="The address to serve at; any but this machine's own needs a token.")]
Port = Annotated[int, typer.Option("--port", min=1, max=65_535, help="The port to serve at.")]
Token = Annotated[
    str | None,
    typer.Option("--token", envvar="ONRECORD_TOKEN", help="What a browser has to show once; `new` makes one."),
]
Corrections = Annotated[bool, typer.Option("--allow-corrections", help="Let whoever has the token enter corrections.")]
Who = Annotated[
    str | None, typer.Option("--who", envvar="ONRECORD_REVIEWER", help="The reviewer that forms name at first.")
]


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    token: Token = None,
    allow_corrections: Corrections = False,
    who: Who = None,
    tables: Tables = None,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Serve the record as a web page and a JSON API: on this machine alone, or with a token on a network."""
    import uvicorn

    from onrecord.views.web import Settings, create_app, warm

    settings = Settings(
        host=host,
        port=port,
        token=_token(token, asked=allow_corrections),
        allow_corrections=allow_corrections,
        reviewer=who or _user(),
        tables=str(tables) if tables is not None else None,
    )
    if not settings.loopback and settings.token is None:
        raise errors.InputError(
            f"Serving at {host} would let others in: give a token of your own with --token, or `--token new` for one."
        )
    if tables is not None and not tables.is_file():
        raise typer.BadParameter(f"there is no file {tables}")
    _ask_for(host, port)
    with Record.open(record) as opened:
        app = create_app(opened, settings)
        warm(app)
        typer.echo(_where(settings.host, port, settings.token, made=token in (None, "new")), err=True)
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, date_header=True)


def _user() -> str:
    """The name of the user, or what the web page's forms name without one: a container may know the user by a number alone."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "reviewer"


def _ask_for(host: str, port: int) -> None:
    """Fails when nothing can be served there, before the record is made ready and an address is told.

    Raises:
        InputError: when the port is taken, or the address is none of this machine's.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as tried:
            # As the server does: a port that was only just let go is free.
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as error:
        raise errors.InputError(
            f"Nothing can be served at {host}, port {port} ({error.strerror}): choose another with --port or --host."
        ) from error


def _token(given: str | None, *, asked: bool) -> str | None:
    """The token to ask for: the user's own, or a new one where it is wanted or corrections need it."""
    if given == "new" or (given is None and asked):
        return secrets.token_urlsafe(24)
    if given is not None and len(given) < _SHORTEST:
        raise typer.BadParameter(f"a token has at least {_SHORTEST} characters: `--token new` makes one")
    return given


def _where(host: str, port: int, token: str | None, *, made: bool) -> str:
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{port}/"
    if token is None:
        return f"Serving at {address}, for this machine alone; stop it with Ctrl+C."
    shown = f"enter?token={token}" if made else "enter"
    return f"Serving at {address}{shown} to whoever has the token; stop it with Ctrl+C."
