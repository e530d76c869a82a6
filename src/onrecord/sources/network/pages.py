"""Addresses to pages: what is fetched, what was not modified, and the entries of a feed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import feedparser

from onrecord.model import Page, PageHints, Skipped, errors
from onrecord.sources.kinds import HTML_TYPES
from onrecord.sources.network.fetch import Fetched, Fetcher, NotModified, Validators

Known = Callable[[str], Validators]


@dataclass(frozen=True, slots=True)
class FeedLink:
    """An entry of a feed: the address of its page and what the feed says about it."""

    url: str
    hints: PageHints


def nothing_known(_: str) -> Validators:
    """The validators of pages never seen before."""
    return Validators()


def web_pages(
    urls: Iterable[str | FeedLink], fetcher: Fetcher, known: Known = nothing_known
) -> Iterator[Page | Skipped]:
    """The pages at `urls`, each fetched once; what cannot be had, or did not change, is a `Skipped` with its reason."""
    for item in urls:
        named = not isinstance(item, FeedLink)
        link = FeedLink(item, PageHints()) if isinstance(item, str) else item
        try:
            found = fetcher.get(link.url, known(link.url), named=named)
        except errors.InputError as error:
            # The place is named beside the reason.
            yield Skipped(link.url, re.sub(rf"^{re.escape(link.url)} ", "It ", str(error)))
            continue
        if isinstance(found, NotModified):
            yield Skipped(link.url, "It has not changed since it was last read.")
        else:
            yield _page(link, found)


def _page(link: FeedLink, found: Fetched) -> Page | Skipped:
    html = found.media_type in HTML_TYPES
    if not html and not found.media_type.startswith("text/"):
        return Skipped(link.url, f"It is no page but {found.media_type}.")
    return Page(
        content=found.content,
        media_type="text/html" if html else "text/plain",
        path=link.url,
        url=found.url,
        fetched=found.fetched,
        encoding=found.encoding,
        hints=link.hints,
        etag=found.validators.etag,
        last_modified=found.validators.last_modified,
    )


def feed_links(url: str, fetcher: Fetcher, validators: Validators = Validators()) -> tuple[FeedLink, ...]:
    """The entries of the RSS or Atom feed at `url`, in the order of the feed, each once; none when it did not change.

    Raises:
        InputError: when there is no feed.
    """
    found = fetcher.get(url, validators)
    if isinstance(found, NotModified):
        return ()
    parsed = feedparser.parse(io.BytesIO(found.content), resolve_relative_uris=False)
    links = []
    for entry in parsed.entries:
        address = entry.get("link")
        if isinstance(address, str) and address.startswith(("http://", "https://")):
            date = entry.get("published") or entry.get("updated")
            links.append(FeedLink(address, PageHints(entry.get("title"), parsed.feed.get("title"), date)))
    if not parsed.entries and parsed.get("bozo"):
        raise errors.InputError(f"{url} is no RSS or Atom feed.")
    return tuple(dict.fromkeys(links))
