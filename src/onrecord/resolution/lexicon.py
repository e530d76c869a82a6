"""Words that tell an organisation from a person."""

from __future__ import annotations

#: Words that end the names of organisations and never those of persons. "Watch" and "Wire" are left in for monitors and agencies.
ORGANISATION_WORDS = frozenset(
    [
        "committee", "council", "party", "commission", "department", "agency", "institute", "university", "association",
        "union", "group", "company", "bank", "corp", "corp.", "inc", "inc.", "ltd", "ltd.", "plc", "llc", "oy", "ag",
        "gmbh", "sa", "nv", "industries", "investments", "partners", "holdings", "enterprises", "systems", "airlines",
        "motors", "foundation", "centre", "center", "office", "bureau", "observatory", "times", "post", "news",
        "journal", "tribune", "herald", "gazette", "observer", "courier", "press", "works", "society", "league",
        "federation", "congress", "forum", "network", "movement", "campaign", "watch", "corporation", "authority",
        "tribunal", "court", "wire", "newspaper", "television", "radio", "ministry", "mission", "force", "forces",
        "command", "fund", "trust", "service", "services",
    ]
)  # fmt: skip
#: Words that begin no person's name.
NOT_FIRST = frozenset(
    [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "some", "several", "many", "most",
        "both", "all", "other", "the", "a", "an", "our", "senior",
    ]
)  # fmt: skip
#: Family names that many bear: of these a leader is meant only where the page speaks of the state.
COMMON_NAMES = frozenset(
    [
        "brown", "major", "clark", "clarke", "costa", "singh", "silva", "santos", "lopez", "lópez", "martin", "ahmed",
        "hussein", "hassan", "ibrahim", "mohamed", "mohammed", "ahmad", "cohen", "schmidt", "berger", "köhler",
        "johnson", "wilson", "bush", "clinton", "powell", "price", "harper", "morrison", "turner", "howard", "english",
        "blair", "abbas", "yusuf", "usman", "garcia", "garcía", "fernandez", "fernández", "rodriguez", "rodríguez",
        "sanchez", "sánchez", "perez", "pérez", "castro", "kumar", "sharma", "gandhi", "nguyen", "nguyễn", "zhang",
        "wang", "tanaka", "suzuki", "sato", "abdullah", "omar", "mansour", "saleh", "nasser", "salman", "fischer",
        "weber", "hunt", "smith", "jones",
    ]
)  # fmt: skip
