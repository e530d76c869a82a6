"""The page served over the samples' record, and a real browser that fails a test on anything from elsewhere."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from starlette.testclient import TestClient

from onrecord import pipeline, sources
from onrecord.record import Record
from onrecord.views.web import Settings, create_app
from tests.conftest import SAMPLES

TABLES = str(SAMPLES / "actors.csv")
LOCAL = "http://127.0.0.1"
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
#: A page whose every part tries to be more than text. The states and people are those of the samples, the words our own.
HOSTILE = (
    "The Halvik Courier\n\n"
    "Minister <img src=x onerror=window.taken=1> answers {{7*7}} at the border\n\n"
    "March 4, 2031\n\n"
    'HALVIK -- Karvelian Foreign Minister Radim Tolvar told reporters on Tuesday that "the border <script>window.taken=1</script> is '
    "closed to {{7*7}} and ${7*7} and {% raw %} lorries, and <a href='javascript:window.taken=1'>that is final</a>.\"\n\n"
    'Sundmark accused Karvelia of sending \u202estnemirt dna sllehs\u202c \u2066across\u2069 the border on Monday. "It\'s <b onmouseover="window.taken=1">a '
    'border of paper</b>," Sundmark Foreign Minister Jonas Ekermark said.\n\n'
    'Ekermark demanded that Karvelia withdraw its lorries"><svg onload=window.taken=1> from the valley. Tolvar denied that any lorry had crossed it. '
    '=HYPERLINK("http://elsewhere.example") stood on the wall, he said.\n'
)


def chromium() -> str | None:
    """The browser of this machine; None where there is none, which fails where tests must not be skipped."""
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )


@pytest.fixture(scope="session")
def client(sample_record: Record) -> TestClient:
    """The page over the samples, without a browser."""
    return TestClient(create_app(sample_record, Settings(tables=TABLES)), base_url=LOCAL)


@pytest.fixture(scope="session")
def hostile_record(engine: pipeline.Engine, tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A record of one page that attacks whoever shows it."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "2031-03-04_halvik-courier_<script>window.taken=1<!--.txt").write_text(HOSTILE, encoding="utf8")
    record = Record.open(folder / "hostile.db", create=True)
    pipeline.read(sources.pages([str(p) for p in folder.glob("*.txt")]), record, engine)
    return record


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Record, Settings], str]]:
    """Serves a record at a free port of this machine and gives the address."""
    running: list[uvicorn.Server] = []

    def start(record: Record, settings: Settings) -> str:
        config = uvicorn.Config(
            create_app(record, settings), host="127.0.0.1", port=0, log_level="error", lifespan="off"
        )
        server = uvicorn.Server(config)
        threading.Thread(target=server.run, daemon=True).start()
        until = time.monotonic() + 30
        while not server.started:
            assert time.monotonic() < until, "the server did not start"
            threading.Event().wait(0.02)
        running.append(server)
        return f"{LOCAL}:{server.servers[0].sockets[0].getsockname()[1]}"

    yield start
    for server in running:
        server.should_exit = True


@pytest.fixture(scope="session")
def site(serve: Callable[[Record, Settings], str], sample_record: Record) -> str:
    """The address of the page over the samples."""
    return serve(sample_record, Settings(tables=TABLES))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    path = chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no chromium is installed, and these tests are not skipped where CI is set")
        pytest.skip("no chromium is installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield started
        started.close()


class Watch:
    """What a browser did that it must not: requests to elsewhere, and errors in its console."""

    def __init__(self, context: BrowserContext) -> None:
        self.elsewhere: list[str] = []
        self.errors: list[str] = []
        context.on("request", lambda request: self._request(request.url))

    def _request(self, url: str) -> None:
        if not url.startswith((LOCAL, "data:", "blob:")):
            self.elsewhere.append(url)

    def look_at(self, page: Page) -> None:
        """Collects the errors of a page."""
        page.on("console", lambda m: self.errors.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A new page; the test fails when it asked anything of elsewhere or said an error."""
    options = {"viewport": {"width": 1280, "height": 900}, **getattr(request, "param", {})}
    context = browser.new_context(**options)
    watch = Watch(context)
    opened = context.new_page()
    watch.look_at(opened)
    opened.set_default_timeout(15_000)
    yield opened
    context.close()
    assert watch.elsewhere == []
    assert watch.errors == []


def some(record: Record, question: str) -> str:
    """The first value that a question to the tables gives."""
    found = record.ask(lambda connection: connection.exec_driver_sql(question).scalar())
    assert isinstance(found, str)
    return found


def ids(record: Record) -> dict[str, str]:
    """Ids of a record that has what pages show: a page with most statements, a denied statement, an event, a copied report."""
    return {
        "page": some(
            record, "SELECT document FROM statements GROUP BY document ORDER BY count(*) DESC, document LIMIT 1"
        ),
        "statement": some(record, "SELECT object FROM relations WHERE kind = 'denies' ORDER BY object LIMIT 1"),
        "event": some(
            record,
            "SELECT id FROM event_mentions WHERE kind = 'meeting' AND date_value IS NOT NULL ORDER BY id LIMIT 1",
        ),
        "report": some(
            record, "SELECT report FROM report_documents GROUP BY report ORDER BY count(*) DESC, report LIMIT 1"
        ),
    }


DISPUTE = "/dispute?a=Sundmark&b=Karvelia"


def addresses(record: Record) -> dict[str, str]:
    """Every page by name."""
    of = ids(record)
    return {
        "first page": "/",
        "search": "/search?q=border",
        "disputes": "/disputes",
        "dispute": f"{DISPUTE}&from=2031-05-01&to=2031-10-01",
        "brief": "/dispute/brief?a=Sundmark&b=Karvelia&on=2031-09-01",
        "page reader": f"/page/{of['page']}",
        "actors": "/actors",
        "actor": "/actor/state:karvelia",
        "person": "/actor/Jonas%20Ekermark",
        "statement": f"/statement/{of['statement']}",
        "event": f"/event/{of['event']}",
        "stories": "/stories",
        "story": f"/story/{of['report']}",
        "matrix": "/matrix",
        "volume": "/volume",
        "map": "/map",
        "check": "/check",
        "sources": "/sources",
        "since": "/since",
        "about": "/about",
        "corrections": "/corrections",
    }


ROOT = Path(__file__).parents[2]
