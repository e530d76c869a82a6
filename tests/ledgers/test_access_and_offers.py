"""Monitors' access and offers, read from pages: how they stand after every page, and each thing asked for with its own answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.disputes import Dispute, engine_for, read
from onrecord import pipeline
from onrecord.model.ledgers import AccessStatus, OfferStatus
from onrecord.record import Record

ACCESS = (
    ("2045-03-02", "DUNMERE — Marovia's president, Ilse Harrow, demanded on Thursday that Teskia let observers into the Sarn valley."),
    ("2045-03-09", "SARN — Teskia had refused observers access to the valley, the Border Watch Mission said on Thursday."),
    ("2045-04-02", "ORVAN — Teskia promised on Sunday that observers would be admitted to the Sarn valley."),
    ("2045-04-20", "SARN — Observers had been admitted to the valley by Teskia, the Border Watch Mission said on Thursday."),
    ("2045-05-30", "SARN — Teskia had expelled the observers from the valley, the Border Watch Mission said on Tuesday."),
)  # fmt: skip
OFFERS = (
    ("2045-06-01", "PORT IVER — Calvane's prime minister, Rosa Imbert, offered Vostria a share of the Lun banks on Thursday."),
    ("2045-06-05", "LENZIG — Vostria rejected Imbert's offer of a share of the Lun banks on Monday."),
    ("2045-06-20", "LENZIG — Vostria's foreign minister, Karl Wendt, accepted Calvane's offer of a share of the Lun banks on Tuesday."),
)  # fmt: skip
TWO_THINGS = (
    (
        "2045-07-03",
        "DUNMERE — Marovia's foreign minister, Anton Reuss, demanded on Monday that Teskia withdraw its soldiers from the ridge and free "
        "the prisoners.",
        "Teskia's foreign minister, Dalia Voss, denied that any Teskian soldier was on the ridge.",
    ),
)


def record_of(name: str, pages: tuple[tuple[str, ...], ...], engine: pipeline.Engine, folder: Path) -> Record:
    told = tuple((day, tuple(paragraphs)) for day, *paragraphs in pages)
    return read(Dispute(name, told, ()), folder, engine_for(engine))


def test_access_over_time(engine: pipeline.Engine, tmp_path: Path) -> None:
    with record_of("access", ACCESS, engine, tmp_path) as record:
        found = [[(a.host.name, a.status) for a in record.state(day).access] for day, _ in ACCESS]
    wanted = (
        AccessStatus.DEMANDED,
        AccessStatus.REFUSED,
        AccessStatus.PROMISED,
        AccessStatus.GRANTED,
        AccessStatus.WITHDRAWN,
    )
    assert found == [[("Teskia", status)] for status in wanted]


def test_an_offer_over_time(engine: pipeline.Engine, tmp_path: Path) -> None:
    with record_of("offers", OFFERS, engine, tmp_path) as record:
        rows = [record.state(day).offers for day, _ in OFFERS]
    assert [[o.status for o in some] for some in rows] == [
        [OfferStatus.OPEN],
        [OfferStatus.DECLINED],
        [OfferStatus.ACCEPTED],
    ]
    assert len({o.id for some in rows for o in some}) == 1


@pytest.mark.parametrize(("word", "kinds"), [("withdraw", ["denied"]), ("prisoners", [])])
def test_two_things_asked_for_have_two_answers(
    word: str, kinds: list[str], engine: pipeline.Engine, tmp_path: Path
) -> None:
    with record_of("two", TWO_THINGS, engine, tmp_path) as record:
        (row,) = (d for d in record.state().demands if any(word in u.text for u in d.utterances))
    assert [answer.kind.value for answer in row.answers] == kinds
