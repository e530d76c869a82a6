"""An HTML page becomes its source text: resiliparse's plain-text rendering of the whole page, made once."""

from __future__ import annotations

from typing import Any


def parse(html: str) -> Any:
    """The page as a tree of resiliparse's; its parser makes a tree of anything, as browsers do."""
    from resiliparse.parse.html import HTMLTree

    return HTMLTree.parse(html)


def render(tree: Any) -> str:
    """The text of the whole page, navigation and all, blocks on lines of their own; images' texts left out."""
    from resiliparse.extract.html2text import extract_plain_text

    text: str = extract_plain_text(
        tree, preserve_formatting=True, main_content=False, list_bullets=True, alt_texts=False
    )
    return text
