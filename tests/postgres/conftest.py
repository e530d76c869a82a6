"""A PostgreSQL server of the tests' own, in a folder of its own, on loopback, as a user without rights; skipped where none is installed."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from onrecord import pipeline, sources
from onrecord.record import Record, server

SAMPLES = Path(__file__).parents[2] / "samples"


def _programs() -> Path | None:
    """The folder of the server's programs: the newest of Debian's, else that of ``initdb`` on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _user() -> str | None:
    """Whom the server runs as when the tests are root, which it refuses."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@pytest.fixture(scope="session")
def server_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server's empty database (without its name)."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed")
    # A short path, since a socket's name has at most 107 bytes; each module that takes this fixture starts a server of its own.
    folder = Path(tempfile.mkdtemp(prefix="onrecord-pg-", dir="/tmp"))
    user = _user()
    if user is not None:
        shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(programs / program), *arguments], check=True, capture_output=True, user=user, cwd=folder, timeout=120
        )

    data = str(folder / "data")
    try:
        # A locale whose order is not that of code points: what the record must not depend on.
        run("initdb", "-D", data, "-A", "trust", "-U", "onrecord", "--no-sync", "-E", "UTF8", "--locale", _locale())
        settings = f"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", settings, "start")
        yield f"postgresql://onrecord:secret@127.0.0.1:{port}"
    finally:
        if Path(data, "postmaster.pid").exists():
            run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _locale() -> str:
    known = subprocess.run(["locale", "-a"], check=False, capture_output=True, text=True).stdout.split()
    return next((name for name in known if name.lower() in ("en_us.utf8", "en_us.utf-8")), "C.UTF-8")


def database(address: str, name: str) -> str:
    """A new, empty database on the server; its address."""
    engine = server.engine(f"{address}/postgres").execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return make_url(f"{address}/{name}").render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def pg_record(server_address: str, engine: pipeline.Engine) -> Iterator[Record]:
    """All samples in one record on the server; not to be written to."""
    record = Record.open(database(server_address, "samples"), create=True)
    pipeline.read(sources.pages([str(SAMPLES)]), record, engine)
    yield record
    record.close()
