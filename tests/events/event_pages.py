"""Invented pages about invented states for the tests of events, and a record of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from onrecord import pipeline, sources
from onrecord.knowledge import Knowledge
from onrecord.record import Record

ACTORS = """name,kind,aliases,demonyms,part_of,country,gender,title,of,start,end,family
Orrin,state,Republic of Orrin,Orrinian;Orrinians,,,,,,,,
Tasse,state,Kingdom of Tasse,Tassian;Tassians,,,,,,,,
Marrow,state,,Marrovian,,,,,,,,
Harbour League,organisation,the League,,,,,,,,,
Ilse Marn,person,,,,Orrin,f,foreign minister,Orrin,2040-01-01,,
Rolf Odd,person,,,,Tasse,m,foreign minister,Tasse,2040-01-01,,
Tove Aspen,person,,,Harbour League,,f,secretary-general,Harbour League,2040-01-01,,
Lusk,place,,,,Orrin,,,,,,
Vey,place,,,,Marrow,,,,,,
Gull Wire,agency,GW,,,,,,,,,Gull
The Brill Gazette,outlet,,,,,,,,,,
The Stoll Echo,outlet,,,,,,,,,,
"""

GAZETTE = """The Brill Gazette

Ministers meet in Vey

By Ada Crane

12 May 2041

VEY, 12 May 2041 - Orrinian Foreign Minister Ilse Marn met her Tassian counterpart, Foreign Minister Rolf Odd, in Vey on Sunday for the first time in a year.

Before the meeting, Marn said that the border would stay closed until the detained sailors came home.

On Friday, police in Lusk arrested four Tassian sailors.

More than 300 people have been killed in the valley since March 2040, officials said.
"""

ECHO = """The Stoll Echo

Marn and Odd talk about the border

By Peer Holm

13 May 2041

VEY, 13 May 2041 - The foreign ministers of Orrin and Tasse held talks in Vey on Sunday, May 12, and parted without a statement.

Rolf Odd met Ilse Marn at a hotel on the lake on Sunday, a Marrovian official said.

The talks came after Tasse deployed 2,000 soldiers along the canal on Thursday.
"""

REPRINT = GAZETTE.replace("The Brill Gazette\n", "Marrow Today\n", 1).replace(
    "Ministers meet in Vey", "Talks in Vey", 1
)


def engine(folder: Path) -> pipeline.Engine:
    """An engine that knows the invented world."""
    path = folder / "actors.csv"
    path.write_text(ACTORS, encoding="utf8")
    return pipeline.Engine.load(Knowledge.load(path))


def record_of(folder: Path, made: pipeline.Engine, pages: Mapping[str, str]) -> Record:
    """A record of `pages` (name -> text), read in their order, each in a run of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    record = Record.open(folder / "record.db", create=True)
    for name, text in pages.items():
        path = folder / name
        path.write_text(text, encoding="utf8")
        pipeline.read(sources.pages([str(path)]), record, made)
    return record
