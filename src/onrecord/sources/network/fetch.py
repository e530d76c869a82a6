"""One page from the network: robots.txt, a pause between requests to one host, conditional requests, and bounds."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from urllib.robotparser import RobotFileParser

import httpx

from onrecord.model import errors
from onrecord.sources.limits import Limits
from onrecord.sources.network.guard import GuardedBackend, GuardedTransport
from onrecord.sources.streams import megabytes

AGENT = "onrecord"
#: RFC 9309, section 2.5, asks for at least 500 kibibytes.
_ROBOTS = 512_000


@dataclass(frozen=True, slots=True)
class Politeness:
    """How servers are treated; seconds.

    ``pause`` is the least time between two requests to one host (a longer Crawl-delay of its robots.txt is kept, up to
    ``longest_pause``), ``connect`` and ``read`` bound one step, ``whole`` the whole answer, ``redirects`` how many are followed.
    """

    pause: float = 1.0
    longest_pause: float = 30.0
    connect: float = 10.0
    read: float = 20.0
    whole: float = 60.0
    redirects: int = 5
    agent: str = f"{AGENT}/{metadata.version(AGENT)}"


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask it later whether a page changed (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: the address it came from in the end, its bytes, media type, encoding, validators, and when it came."""

    url: str
    content: bytes
    media_type: str
    encoding: str | None
    validators: Validators
    fetched: str


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says the page is as it was."""

    url: str


class Fetcher:
    """Fetches pages; close it, or use it as a context manager.

    Raises `InputError` with one sentence for whatever goes wrong; ``wait`` and ``now`` are the clock, given so that tests
    need not pass the time.
    """

    def __init__(
        self,
        politeness: Politeness = Politeness(),
        limits: Limits = Limits(),
        *,
        wait: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._politeness, self._limits = politeness, limits
        self._wait, self._now = wait, now
        self._backend = GuardedBackend()
        timeout = httpx.Timeout(politeness.read, connect=politeness.connect)
        self._client = httpx.Client(
            transport=GuardedTransport(self._backend),
            headers={
                "User-Agent": politeness.agent,
                "Accept": "text/html, text/plain, application/xml;q=0.8, */*;q=0.1",
            },
            timeout=timeout,
            follow_redirects=False,
            trust_env=False,
        )
        self._robots: dict[str, RobotFileParser] = {}
        self._last: dict[str, float] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()

    def get(self, url: str, validators: Validators = Validators(), *, named: bool = True) -> Fetched | NotModified:
        """The page at `url`; `NotModified` when `validators` still hold.

        `named` is for addresses the user typed, which may be private ones; those that a page or a feed gives may not, unless
        they stand at a host that the user named before.

        Raises:
            InputError: for an address, an answer or a redirect that cannot be used; the sentence says which and why.
        """
        start = _parsed(url)
        if named:
            self._backend.allow(start.host)
        address = start
        for _ in range(self._politeness.redirects + 1):
            self._check_robots(address)
            found = self._request(address, validators)
            if not isinstance(found, httpx.URL):
                return found
            address = found
        raise errors.InputError(f"{url} redirects more than {self._politeness.redirects} times.")

    def _request(self, address: httpx.URL, validators: Validators) -> Fetched | NotModified | httpx.URL:
        headers = {}
        if validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        self._pause(address)
        try:
            with self._client.stream("GET", address, headers=headers) as answer:
                if answer.status_code == 304:
                    return NotModified(str(address))
                if answer.is_redirect:
                    return _redirected(address, answer)
                if answer.status_code != 200:
                    raise errors.InputError(
                        f"{address} answers {answer.status_code} {answer.reason_phrase}.".replace(" .", ".")
                    )
                return self._body(address, answer)
        except httpx.HTTPError as error:
            raise errors.Unreadable(f"{address} cannot be fetched: {error or type(error).__name__}.") from error

    def _body(self, address: httpx.URL, answer: httpx.Response) -> Fetched:
        end = self._now() + self._politeness.whole
        parts, size = [], 0
        for part in answer.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > self._limits.page:
                raise errors.TooLarge(f"{address} is larger than the limit of {megabytes(self._limits.page)} a page.")
            if self._now() > end:
                raise errors.Unreadable(f"{address} did not end within {self._politeness.whole:.0f} seconds.")
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower() or "text/html"
        return Fetched(
            url=str(address),
            content=b"".join(parts),
            media_type=kind,
            encoding=answer.charset_encoding,
            validators=Validators(answer.headers.get("etag"), answer.headers.get("last-modified")),
            fetched=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        )

    def _pause(self, address: httpx.URL) -> None:
        robots = self._robots.get(_origin(address))
        delay = float(robots.crawl_delay(AGENT) or 0) if robots else 0.0
        pause = min(max(self._politeness.pause, delay), self._politeness.longest_pause)
        last = self._last.get(_origin(address))
        if last is not None and (left := last + pause - self._now()) > 0:
            self._wait(left)
        self._last[_origin(address)] = self._now()

    def _check_robots(self, address: httpx.URL) -> None:
        """Refuses what the host's robots.txt refuses (RFC 9309): no file allows all, a failing server refuses all."""
        key = _origin(address)
        if key not in self._robots:
            self._robots[key] = self._rules(address, httpx.URL(f"{key}/robots.txt"))
        if not self._robots[key].can_fetch(AGENT, str(address)):
            raise errors.InputError(f"{address} is closed to programs by its robots.txt.")

    def _rules(self, address: httpx.URL, place: httpx.URL) -> RobotFileParser:
        """The rules that stand at `place`, after its redirects; no more than `_ROBOTS` bytes of them are read."""
        rules = RobotFileParser()
        for _ in range(self._politeness.redirects + 1):
            self._pause(place)
            try:
                with self._client.stream("GET", place) as answer:
                    if answer.is_redirect:
                        place = _redirected(place, answer)
                        continue
                    status, text = answer.status_code, self._robots_text(answer)
            except httpx.HTTPError as error:
                raise errors.Unreadable(f"{address} cannot be fetched: {error or type(error).__name__}.") from error
            closed = ["User-agent: *", "Disallow: /"]
            rules.parse(text.splitlines() if status == 200 else closed if status >= 500 else [])
            return rules
        rules.parse([])
        return rules

    def _robots_text(self, answer: httpx.Response) -> str:
        """The start of a robots.txt, as far as it comes in time."""
        end = self._now() + self._politeness.read
        data = b""
        for part in answer.iter_bytes():
            data += part
            if len(data) >= _ROBOTS or self._now() > end:
                break
        return data[:_ROBOTS].decode("utf-8-sig", "replace")


def _origin(address: httpx.URL) -> str:
    port = f":{address.port}" if address.port else ""
    host = f"[{address.host}]" if ":" in address.host else address.host
    return f"{address.scheme}://{host}{port}"


def _redirected(address: httpx.URL, answer: httpx.Response) -> httpx.URL:
    return _parsed(str(address.join(answer.headers.get("location", ""))))


def _parsed(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise errors.InputError(f"{url} is not an address.") from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise errors.InputError(f"{url} is not an address of a page: only http and https are read.")
    if parsed.userinfo:
        raise errors.InputError(f"The address of {parsed.host} carries a password; it is not used.")
    return parsed
