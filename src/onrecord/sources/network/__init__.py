"""Pages from the network: polite, bounded, and never led to a private address by somebody else's redirect."""

from onrecord.sources.network.fetch import Fetched, Fetcher, NotModified, Politeness, Validators
from onrecord.sources.network.pages import feed_links, web_pages

__all__ = ["Fetched", "Fetcher", "NotModified", "Politeness", "Validators", "feed_links", "web_pages"]
