"""Words that tell an organisation from a person."""

from __future__ import annotations

#: Words that end the names of organisations and never those of persons. "Watch" and "Wire" are left in for monitors and agencies.
ORGANISATION_WORDS = frozenset(
    ["committee", "council", "party", "commission", "department", "agency", "institute", "university", "association", "union", "group", "company", "bank", "corp", "corp.", "inc", "inc.", "ltd", "ltd.", "plc", "llc", "oy", "ag", "gmbh", "sa", "nv", "industries", "investments", "partners", "holdings", "enterprises", "systems", "airlines", "motors", "foundation", "centre", "center", "office", "bureau", "observatory", "times", "post", "news", "journal", "tribune", "herald", "gazette", "observer", "courier", "press", "works", "society", "league", "federation", "congress", "forum", "network", "movement", "campaign", "watch", "corporation", "authority", "tribunal", "court", "wire", "newspaper", "television", "radio", "ministry", "mission", "force", "forces", "command", "fund", "trust", "service", "services"]
)
