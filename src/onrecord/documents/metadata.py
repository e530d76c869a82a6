"""What the head of an HTML page says about it: each value with where it was found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from onrecord.model import MetaValue

#: Meta properties and names that are kept, by what they say.
_META = {
    "og:title": "title",
    "twitter:title": "title",
    "og:site_name": "publisher",
    "application-name": "publisher",
    "dc.publisher": "publisher",
    "author": "byline",
    "article:author": "byline",
    "byl": "byline",
    "og:url": "url",
    "article:published_time": "published",
    "article:published": "published",
    "og:published_time": "published",
    "datepublished": "published",
    "dc.date": "published",
    "dc.date.issued": "published",
    "dcterms.created": "published",
    "dcterms.date": "published",
    "pubdate": "published",
    "publishdate": "published",
    "publish-date": "published",
    "publish_date": "published",
    "date": "published",
    "parsely-pub-date": "published",
    "sailthru.date": "published",
    "article.published": "published",
    "cxenseparse:recs:publishtime": "published",
    "article:modified_time": "modified",
    "og:updated_time": "modified",
    "datemodified": "modified",
    "last-modified": "modified",
    "og:type": "type",
    "og:locale": "language",
}
_ARTICLE_TYPES = re.compile(r"(?:Article|Posting|Report|NewsStory)$|^WebPage$")
#: As the parser writes tags anew: one space, values in double quotes. No name holds ``<``, or a program that writes thousands of
#: tags would be read to its end from each of them.
_TAG = re.compile(r"<(meta|link)((?:\s[^\s=<>\"]{1,80}(?:=\"[^\"]*\")?)*)\s?/?>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\s([^\s=<>\"]{1,80})(?:=\"([^\"]*)\")?")
_DATED = (
    ("time[itemprop=datePublished]", "datetime"),
    ("meta[itemprop=datePublished]", "content"),
    ("time[pubdate]", "datetime"),
)
#: Beyond this a head is inlined programs and pictures.
_HEAD_LIMIT = 1_000_000
#: JSON-LD larger than this is a product catalogue, not a description of an article.
_JSONLD_LIMIT = 500_000


def html_meta(tree: Any) -> tuple[MetaValue, ...]:
    """The metadata of the page `tree` (resiliparse's), the head's in page order, JSON-LD last; nothing is weighed here."""
    found: list[MetaValue] = []
    language = tree.document.query_selector("html[lang]")
    if language is not None and (value := language.getattr("lang").strip()):
        found.append(MetaValue("language", value, "html:lang"))
    head = tree.head.inner_html[:_HEAD_LIMIT] if tree.head is not None else ""
    for match in _TAG.finditer(head):
        if match[1] in ("link", "LINK") and "canonical" not in match[2].lower():
            continue
        attributes = {m[1].lower(): unescape(m[2] or "").strip() for m in _ATTRIBUTE.finditer(match[2])}
        found.extend(_element(match[1].lower(), attributes))
    if title := " ".join((tree.title or "").split()):
        found.append(MetaValue("title", title[:1000], "html:title"))
    for selector, attribute in _DATED:
        element = tree.document.query_selector(selector)
        if element is not None and (value := (element.getattr(attribute) or "").strip()):
            found.append(MetaValue("published", value, "itemprop:datePublished"))
            break
    # Iterating over a result costs a walk through the page for each element: there are few of these.
    for script in tree.document.query_selector_all('script[type="application/ld+json"]'):
        source = script.text
        if source and len(source) <= _JSONLD_LIMIT:
            found.extend(_jsonld(source))
    return tuple(found)


def _element(tag: str, attributes: dict[str, str]) -> Iterator[MetaValue]:
    """What one ``meta`` or ``link`` of the head says."""
    if tag == "link":
        if attributes.get("rel", "").lower() == "canonical" and attributes.get("href"):
            yield MetaValue("url", attributes["href"], "canonical")
        return
    content = attributes.get("content", "")
    for name in ("property", "name", "itemprop", "http-equiv"):
        for key in attributes.get(name, "").lower().split():
            if key in _META and content:
                yield MetaValue(_META[key], content[:1000], key)
                return


def _jsonld(source: str) -> Iterator[MetaValue]:
    try:
        data = json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return
    for node in _nodes(data, 0):
        kind = node.get("@type")
        kinds = [k for k in (kind if isinstance(kind, list) else [kind]) if isinstance(k, str)]
        if not any(_ARTICLE_TYPES.search(k) for k in kinds):
            continue
        page = "WebPage" in kinds
        for key, name in (("headline", "title"), ("datePublished", "published"), ("dateModified", "modified")):
            value = node.get(key)
            if isinstance(value, str) and value.strip():
                yield MetaValue(name, value.strip()[:1000], f"jsonld{':page' if page else ''}:{key}")
        if not page:
            for key, name in (("author", "byline"), ("publisher", "publisher")):
                if words := _name(node.get(key)):
                    yield MetaValue(name, words, f"jsonld:{key}")


def _nodes(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(data, list):
        for item in data[:200]:
            yield from _nodes(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        yield from _nodes(data.get("@graph"), depth + 1)


def _name(value: object) -> str | None:
    if isinstance(value, list):
        names = [name for item in value[:20] if (name := _name(item))]
        return ", ".join(names) or None
    if isinstance(value, dict):
        value = value.get("name")
        return (
            _name(value)
            if isinstance(value, list)
            else (value.strip()[:300] if isinstance(value, str) else None) or None
        )
    return value.strip()[:300] or None if isinstance(value, str) else None
