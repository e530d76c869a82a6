"""Fetching from a server of our own on loopback: manners, bounds, and no way inside."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from onrecord import __version__, pipeline
from onrecord.model import Page, Skipped, errors
from onrecord.record import Record
from onrecord.sources import Limits
from onrecord.sources.network import Fetched, Fetcher, NotModified, Politeness, Validators, feed_links, web_pages
from onrecord.sources.network.guard import is_public
from onrecord.views.cli import read

PAGE = Path(__file__).parents[2].joinpath("samples/2031-07-01_halvik-courier_deadline-missed.html").read_bytes()


@dataclass
class Server:
    """A server on loopback: what it answers at each path, and what it was asked."""

    base: str = ""
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def put(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, {"Content-Type": "text/html; charset=utf-8", **named}, body)
        return self.base + path

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def server() -> Iterator[Server]:
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            status, headers, body = told.answers.get(self.path, (404, {}, b"nothing here"))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: ARG002
            return

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.base = f"http://127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    yield told
    http.shutdown()
    http.server_close()
    thread.join()


@dataclass
class Clock:
    """A clock that stands still but for the waits it is asked for."""

    time: float = 0.0
    waits: list[float] = field(default_factory=list)

    def wait(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.time += seconds

    def now(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fetcher(clock: Clock) -> Iterator[Fetcher]:
    with Fetcher(limits=Limits(page=200_000), wait=clock.wait, now=clock.now) as made:
        yield made


def test_a_page_comes_with_its_validators(server: Server, fetcher: Fetcher) -> None:
    url = server.put("/story", PAGE, ETag='"a1"', Last_Modified="Tue, 01 Jul 2031 09:00:00 GMT")
    found = fetcher.get(url)
    assert isinstance(found, Fetched)
    assert found.content == PAGE
    assert (found.url, found.media_type, found.encoding) == (url, "text/html", "utf-8")
    assert found.validators == Validators('"a1"', "Tue, 01 Jul 2031 09:00:00 GMT")
    assert server.asked[-1][1]["user-agent"] == f"onrecord/{__version__}"


def test_an_unchanged_page_is_not_sent_again(server: Server, fetcher: Fetcher) -> None:
    url = server.put("/story", PAGE, ETag='"a1"')
    assert isinstance(fetcher.get(url, Validators(etag='"a1"')), NotModified)
    assert isinstance(fetcher.get(url, Validators(etag='"a0"')), Fetched)


def test_robots_are_asked_once_and_obeyed(server: Server, fetcher: Fetcher) -> None:
    server.put("/robots.txt", b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n", Content_Type="text/plain")
    open_page, closed = server.put("/story", PAGE), server.put("/private/story", PAGE)
    assert isinstance(fetcher.get(open_page), Fetched)
    with pytest.raises(errors.InputError, match=r"robots\.txt"):
        fetcher.get(closed)
    assert server.paths() == ["/robots.txt", "/story"]


def test_a_failing_robots_file_closes_the_host(server: Server, fetcher: Fetcher) -> None:
    server.put("/robots.txt", b"", status=503)
    url = server.put("/story", PAGE)
    with pytest.raises(errors.InputError, match=r"robots\.txt"):
        fetcher.get(url)


def test_a_robots_file_is_found_behind_its_redirect_and_read_in_part(server: Server, fetcher: Fetcher) -> None:
    server.put("/robots.txt", status=301, Location="/rules.txt")
    server.put("/rules.txt", b"User-agent: *\nDisallow: /private\n" + b"#" * 3_000_000, Content_Type="text/plain")
    assert isinstance(fetcher.get(server.put("/story", PAGE)), Fetched)
    with pytest.raises(errors.InputError, match=r"robots\.txt"):
        fetcher.get(server.put("/private/story", PAGE))
    assert server.paths() == ["/robots.txt", "/rules.txt", "/story"]


def test_a_robots_file_that_redirects_inside_is_not_followed(server: Server, fetcher: Fetcher) -> None:
    server.put("/robots.txt", status=302, Location="http://169.254.169.254/robots.txt")
    with pytest.raises(errors.InputError, match="private address"):
        fetcher.get(server.put("/story", PAGE))


def test_a_host_that_did_not_answer_is_asked_again(server: Server, fetcher: Fetcher) -> None:
    """A failed request for robots.txt is no rule: it must not close the host for the rest of the run."""
    for _ in range(2):
        with pytest.raises(errors.InputError, match="cannot be fetched"):
            fetcher.get("http://127.0.0.1:1/story")


def test_requests_to_one_host_are_spaced(server: Server, clock: Clock) -> None:
    url = server.put("/story", PAGE)
    with Fetcher(Politeness(pause=2.0), wait=clock.wait, now=clock.now) as fetcher:
        fetcher.get(url)
        fetcher.get(url)
    assert clock.waits == [2.0, 2.0]


def test_the_crawl_delay_is_kept(server: Server, fetcher: Fetcher, clock: Clock) -> None:
    server.put("/robots.txt", b"User-agent: *\nCrawl-delay: 7\n", Content_Type="text/plain")
    url = server.put("/story", PAGE)
    fetcher.get(url)
    assert clock.waits == [7.0]


def test_redirects_are_followed_and_counted(server: Server, fetcher: Fetcher) -> None:
    end = server.put("/new", PAGE)
    found = fetcher.get(server.put("/old", status=301, Location="/new"))
    assert isinstance(found, Fetched)
    assert found.url == end
    with pytest.raises(errors.InputError, match="more than 5 times"):
        fetcher.get(server.put("/loop", status=302, Location="/loop"))


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.8/admin",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://127.0.0.2/",
        "http://0.0.0.0/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
    ],
)
def test_a_redirect_never_leads_inside(server: Server, fetcher: Fetcher, target: str) -> None:
    url = server.put("/story", status=302, Location=target)
    with pytest.raises(errors.InputError, match="private address"):
        fetcher.get(url)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/x", "http://user:secret@example.org/"])
def test_a_redirect_to_another_kind_of_address_is_refused(server: Server, fetcher: Fetcher, target: str) -> None:
    url = server.put("/story", status=302, Location=target)
    with pytest.raises(errors.InputError, match=r"only http|password"):
        fetcher.get(url)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("100.64.0.1", False),
        ("fd00::1", False),
        ("224.0.0.1", False),
    ],
)
def test_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_large_answer_is_cut_off(server: Server, fetcher: Fetcher) -> None:
    with pytest.raises(errors.TooLarge, match="limit"):
        fetcher.get(server.put("/large", b"x" * 300_000))


def test_a_slow_answer_ends(server: Server, clock: Clock) -> None:
    url = server.put("/slow", PAGE)

    def later() -> float:
        clock.time += 45.0
        return clock.time

    with (
        Fetcher(Politeness(whole=30.0), wait=clock.wait, now=later) as fetcher,
        pytest.raises(errors.Unreadable, match="did not end"),
    ):
        fetcher.get(url)


def test_errors_are_one_sentence(server: Server, fetcher: Fetcher) -> None:
    pages = list(
        web_pages(
            [
                server.base + "/nowhere",
                "http://127.0.0.1:1/",
                "nonsense",
                server.put("/pdf", b"%PDF", Content_Type="application/pdf"),
            ],
            fetcher,
        )
    )
    assert all(isinstance(page, Skipped) for page in pages)
    reasons = [page.reason for page in pages if isinstance(page, Skipped)]
    for reason, says in zip(reasons, ("404", "cannot be fetched", "not an address", "application/pdf"), strict=True):
        assert says in reason


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Halvik Courier</title>
<item><title>Deadline passes</title><link>{base}/story</link><pubDate>Tue, 01 Jul 2031 09:00:00 GMT</pubDate></item>
<item><title>Elsewhere</title><link>http://192.168.1.1/router</link></item>
<item><title>No link</title></item></channel></rss>"""


def test_a_feed_gives_links_but_no_way_inside(server: Server, fetcher: Fetcher) -> None:
    server.put("/story", PAGE)
    links = feed_links(
        server.put("/feed", FEED.format(base=server.base).encode(), Content_Type="application/rss+xml"), fetcher
    )
    assert [link.hints.publisher for link in links] == ["The Halvik Courier"] * 2
    page, refused = web_pages(links, fetcher)
    assert isinstance(page, Page)
    assert isinstance(refused, Skipped)
    assert "private address" in refused.reason


def test_what_is_no_feed_says_so(server: Server, fetcher: Fetcher) -> None:
    with pytest.raises(errors.InputError, match="no RSS"):
        feed_links(server.put("/feed", b"<html><body>hello"), fetcher)


def test_a_followed_page_is_not_fetched_twice(
    server: Server, fetcher: Fetcher, engine: pipeline.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.put("/story", PAGE, ETag='"a1"')
    load: Callable[..., pipeline.Engine] = lambda _: engine  # noqa: E731
    monkeypatch.setattr(pipeline.Engine, "load", load)
    with Record.open(tmp_path / "record.db", create=True) as record:

        def known(address: str) -> Validators:
            return Validators(*record.validators(address))

        first, _ = read.extend(record, web_pages([url], fetcher, known), None, 1)
        second, _ = read.extend(record, web_pages([url], fetcher, known), None, 1)
        assert [o.kind.value for o in first.outcomes] == ["read"]
        assert "not changed" in second.outcomes[0].reason
        assert len(record.lines()) > 3
