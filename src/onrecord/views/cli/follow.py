"""The command `follow`: the new pages of a feed, once or again and again."""

from __future__ import annotations

import re
import time
from typing import Annotated

import typer

from onrecord.model import errors
from onrecord.views.cli import read
from onrecord.views.cli.options import DEFAULT_RECORD, AsJson, OwnActors, RecordPath

_SPAN = re.compile(r"(\d+)([smh])")
_SECONDS = {"s": 1, "m": 60, "h": 3600}


def follow(
    feed: Annotated[str, typer.Argument(metavar="FEED", help="The address of an RSS or Atom feed.")],
    every: Annotated[
        str | None, typer.Option("--every", metavar="TIME", help="Look again after this long (30m, 2h), until stopped.")
    ] = None,
    actors: OwnActors = None,
    as_json: AsJson = False,
    record: RecordPath = DEFAULT_RECORD,
) -> None:
    """Read the pages a feed links to that are new or have changed; pages that did not change are not fetched again."""
    from onrecord.sources.network import Fetcher, Validators, feed_links, web_pages

    pause = _seconds(every)
    with read.extending(record) as opened:
        while True:
            # A fetcher for each round: what robots.txt says is asked anew.
            with Fetcher() as fetcher:
                try:
                    links = feed_links(feed, fetcher)
                except errors.InputError as error:
                    if pause is None:
                        raise
                    typer.echo(f"onrecord: {error} It is tried again in {every}.", err=True)
                else:
                    pages = web_pages(links, fetcher, lambda url: Validators(*opened.validators(url)))
                    summary, seconds = read.extend(opened, pages, actors, len(links))
                    read.report(summary, record, seconds, as_json=as_json)
            if pause is None:
                return
            time.sleep(pause)


def _seconds(every: str | None) -> int | None:
    if every is None:
        return None
    match = _SPAN.fullmatch(every)
    seconds = int(match[1]) * _SECONDS[match[2]] if match else 0
    if seconds < 60:
        raise typer.BadParameter(f"{every!r} is not a time of a minute or more, like 30m or 2h")
    return seconds
