"""What finding hands to interpreting: the spans of one attribution, wherever they come from."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Act, Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's words and who is given for them: source, cue and content in the sense of PARC and PolNeAR.

    Each role is a tuple of spans in text order, of the source text; source and cue may be empty, the content never is.
    ``rule`` names the rule or model that found it, ``confidence`` (0 to 1) how sure that is; ``act`` what its cue does, where
    the rule knows that better than the parse.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    rule: str
    confidence: float = 1.0
    act: Act | None = None
