"""An HTML page becomes its source text: resiliparse's plain-text rendering of the whole page, made once."""

from __future__ import annotations

from typing import Any

#: Beyond this, parsers that build trees of Python objects are not asked: the rendering alone is used.
TREE_LIMIT = 8_000_000


def render(html: str) -> str:
    """The text of the whole page, navigation and all, blocks on lines of their own; images' texts left out."""
    from resiliparse.extract.html2text import extract_plain_text

    text: str = extract_plain_text(
        html, preserve_formatting=True, main_content=False, list_bullets=True, alt_texts=False
    )
    return text


def parse(html: str) -> Any:
    """The page as an lxml tree, or None when it is too large or no tree can be made of it."""
    if len(html) > TREE_LIMIT:
        return None
    from trafilatura import load_html

    return load_html(html)
