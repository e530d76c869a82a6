"""One page a row: what denies, answers, rejects and accepts what, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import pipeline
from tests.relations.pages_said import read_pages, relations_by_words, write_page

OPENING = (
    "HALVIK — Ministers traded words over the Veyra valley on Thursday, as they have on most Thursdays of this year."
)
ARMING = "Sundmark's foreign minister, Jonas Ekermark, accused Karvelia of sending howitzers to the rebels."
DEMAND = "Ekermark demanded that Karvelia withdraw its soldiers from the valley."
HARBOUR = "Ekermark said the harbour of Port Selje would be dredged in the autumn."

#: Paragraphs, and the relations by the beginnings of the two contents.
TABLE: dict[str, tuple[list[str], list[tuple[str, str, str]]]] = {
    "a denial names the allegation": (
        ["Karvelia denies Sundmark's accusation that it is sending howitzers to the rebels.", HARBOUR],
        [("denies", "Sundmark's accusation", "it is sending howitzers")],
    ),
    "an allegation is dismissed with its maker": (
        [
            "Marten Vessling, the secretary-general of the Northern Compact, dismissed as nonsense allegations by President Oren Vaskil "
            "that Compact pilots were flying over Hestmo.",
            HARBOUR,
        ],
        [("denies", "allegations by President Oren Vaskil", "Compact pilots were flying")],
    ),
    "a denial says what it denies": (
        [ARMING, "Karvelia denied sending howitzers to anybody."],
        [("denies", "sending howitzers to anybody", "Karvelia of sending howitzers")],
    ),
    "the charge": (
        [ARMING, HARBOUR, "Karvelia denied the accusation."],
        [("denies", "the accusation", "Karvelia of sending howitzers")],
    ),
    "any part": (
        [ARMING, HARBOUR, "Karvelia has denied any involvement."],
        [("denies", "any involvement", "Karvelia of sending howitzers")],
    ),
    "what a demand takes as so": (
        [
            DEMAND,
            "The spokeswoman of the Karvelian foreign ministry, Sanja Orlecht, denied that any soldier was in the valley.",
        ],
        [("denies", "any soldier was in the valley", "Karvelia withdraw its soldiers")],
    ),
    "asked about it": (
        [
            DEMAND,
            "Asked about Ekermark's demand, Radim Tolvar, the foreign minister of Karvelia, told reporters that no Karvelian soldier "
            "had ever been in the valley.",
        ],
        [
            ("answers", "no Karvelian soldier", "Karvelia withdraw its soldiers"),
            ("denies", "no Karvelian soldier", "Karvelia withdraw its soldiers"),
        ],
    ),
    "a demand refused is not denied": (
        [DEMAND, "Karvelia rejected the demand."],
        [("rejects", "the demand", "Karvelia withdraw its soldiers")],
    ),
    "an offer accepted": (
        [
            "Ekermark offered Karvelia a joint patrol of the Brenna Pass.",
            "Karvelia accepted the offer.",
        ],
        [("accepts", "the offer", "a joint patrol")],
    ),
    "no comment": ([ARMING, "Orlecht declined to comment on the howitzers."], []),
    "another matter": ([ARMING, "Karvelia denied that a lighthouse at Dravno had been sold."], []),
    "a charge against somebody else": (
        ["Ekermark accused the Veyra Free Assembly of mining a bridge.", "Karvelia denied that it had bought a ship."],
        [],
    ),
    "one's own side is not denied": (
        [
            "Orlecht said Karvelia had sent flour to the valley.",
            "Karvelia denied that howitzers had been sent to the valley.",
        ],
        [],
    ),
    "a counter-charge is no denial": (
        [ARMING, "Orlecht accused Sundmark of shelling a clinic in Hestmo."],
        [],
    ),
}


def begins(found: tuple[str, str, str], wanted: tuple[str, str, str]) -> bool:
    kind, one, two = wanted
    return found[0] == kind and one in found[1] and two in found[2]


@pytest.mark.parametrize("case", TABLE)
def test_relations_of_a_page(case: str, engine: pipeline.Engine, tmp_path: Path) -> None:
    paragraphs, wanted = TABLE[case]
    path = write_page(tmp_path, "dispute", "2031-06-12", [OPENING, *paragraphs])
    with read_pages(tmp_path / "r", engine, [path]) as record:
        found = relations_by_words(record, ("denies", "answers", "rejects", "accepts"))
        said = [(r.statement.act.value, r.content) for r in record.statement_rows()]
    assert len(found) == len(wanted), (found, said)
    assert all(begins(f, w) for f, w in zip(found, sorted(wanted), strict=True)), found
