"""What the head of an HTML page says about it: each value with where it was found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
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
#: JSON-LD larger than this is a product catalogue, not a description of an article.
_JSONLD_LIMIT = 500_000


def html_meta(tree: Any) -> tuple[MetaValue, ...]:
    """The metadata in the parsed page `tree` (an lxml element), in page order, JSON-LD last; nothing is weighed here."""
    found: list[MetaValue] = []
    language = tree.get("lang") if tree.tag == "html" else None
    if language:
        found.append(MetaValue("language", language.strip(), "html:lang"))
    for element in tree.iter("meta", "link", "title", "time"):
        found.extend(_element(element))
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text and len(script.text) <= _JSONLD_LIMIT:
            found.extend(_jsonld(script.text))
    return tuple(found)


def _element(element: Any) -> Iterator[MetaValue]:
    value: str | None
    if element.tag == "meta":
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for key in (element.get(attribute) or "").lower().split():
                if key in _META and content:
                    yield MetaValue(_META[key], content[:1000], key)
                    return
    elif element.tag == "link" and (element.get("rel") or "").lower() == "canonical":
        if value := (element.get("href") or "").strip():
            yield MetaValue("url", value, "canonical")
    elif element.tag == "title":
        if value := (element.text or "").strip():
            yield MetaValue("title", " ".join(value.split())[:1000], "html:title")
    elif element.tag == "time" and (value := (element.get("datetime") or "").strip()):
        marked = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
        if marked:
            yield MetaValue("published", value, "time:datePublished")


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
