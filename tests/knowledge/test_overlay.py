"""A user's own table: what it adds, what it replaces, and one sentence for each mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.knowledge import Knowledge, NameForm
from onrecord.model import ActorKind
from onrecord.model.errors import KnowledgeError

HEADER = "name,kind,aliases,demonyms,part_of,country,gender,title,of,start,end,family\n"


def load(folder: Path, rows: str, header: str = HEADER) -> Knowledge:
    """The tables with these rows laid over them."""
    path = folder / "mine.csv"
    path.write_text(header + rows, encoding="utf-8")
    return Knowledge.load(path)


def test_a_state_with_its_names(tmp_path: Path) -> None:
    known = load(tmp_path, "Ulmania,state,Brisk;the Mill,Ulmanian,,,,,,,,\n")
    forms = {
        w: {n.actor.id: n.form for n in known.actors_named(w)}
        for w in ("Ulmania", "Brisk", "the Mill", "the Ulmanians")
    }
    assert all("state:ulmania" in f for f in forms.values())
    assert forms["the Ulmanians"]["state:ulmania"] is NameForm.DEMONYM


def test_two_rows_of_one_person_are_two_offices(tmp_path: Path) -> None:
    rows = (
        "Ulmania,state,,,,,,,,,,\n"
        "Anselm Roe,person,,,,Ulmania,m,foreign minister,Ulmania,2038-01-01,2040-01-01,\n"
        "Anselm Roe,person,A. Roe,,,Ulmania,,president,Ulmania,2040,,\n"
    )
    known = load(tmp_path, rows)
    assert [h.name for h in known.holders("top diplomat", "state:ulmania", "2039-12-31")] == ["Anselm Roe"]
    assert known.holders("top diplomat", "state:ulmania", "2040-01-01") == ()
    assert [h.gender for h in known.holders("President", "state:ulmania", "2041-01-01")] == ["m"]
    assert [p.id for p in known.people("A. Roe")] == ["person:anselm-roe"]


def test_a_known_actor_keeps_its_id_and_is_replaced(tmp_path: Path) -> None:
    known = load(tmp_path, "Russia,state,Bear Country,,,,,,,,,\n")
    assert [n.actor.id for n in known.actors_named("Bear Country")] == ["state:RUS"]


def test_offices_at_known_actors(tmp_path: Path) -> None:
    known = load(tmp_path, "Odo Grist,person,,,,Russia,m,gardener,NATO,2020-01-01,2021-01-01,\n")
    assert [h.name for h in known.holders("Gardener", "org:NATO", "2020-06-01")] == ["Odo Grist"]
    (actor,) = known.people("Odo Grist")
    assert actor.country == "RUS"


def test_agencies_outlets_and_places(tmp_path: Path) -> None:
    rows = "Lighthouse Wire,agency,LW;lighthouse.example,,,,,,,,,Beacon\nMerle Bay,place,the bay,,,,,,,,,\n"
    known = load(tmp_path, rows)
    assert known.agency("LW") == "Lighthouse Wire"
    assert known.outlet_of_host("www.lighthouse.example") == "Lighthouse Wire"
    assert (known.family("LW"), known.is_agency("LW")) == ("Beacon", True)
    place = known.place("Merle Bay")
    assert place is not None
    assert (place.name, place.lat) == ("Merle Bay", None)
    assert [n.actor.kind for n in known.actors_named("Lighthouse Wire")] == [ActorKind.AGENCY]


def test_lower_case_aliases_are_descriptions(tmp_path: Path) -> None:
    known = load(tmp_path, "Highland Front,armed_group,the rebels;HF,,,,,,,,,\n")
    assert {n.actor.id: n.form for n in known.actors_named("the rebels")}[
        "group:highland-front"
    ] is NameForm.DESCRIPTION
    assert {n.actor.id: n.form for n in known.actors_named("HF")}["group:highland-front"] is NameForm.NAME


def test_a_byte_order_mark_and_comments_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("\ufeff# mine\n" + HEADER + "\nUlmania,state,,,,,,,,,,\n", encoding="utf-8")
    assert Knowledge.load(path).actor("state:ulmania") is not None


def test_columns_may_be_left_out(tmp_path: Path) -> None:
    assert load(tmp_path, "Ulmania,state\n", "name,kind\n").actor("state:ulmania") is not None


def test_the_version_changes_with_the_table(tmp_path: Path) -> None:
    first = load(tmp_path, "Ulmania,state,,,,,,,,,,\n").version
    assert first != load(tmp_path, "Ulmania,state,Brisk,,,,,,,,,\n").version
    assert first != Knowledge.load().version


MISTAKES = [
    (",state,,,,,,,,,,\n", "mine.csv, row 2: the column name is empty"),
    ("Ulmania,realm,,,,,,,,,,\n", "mine.csv, row 2: the kind 'realm' is unknown"),
    ("Ulmania,state,,,,,,,,,\n", "mine.csv, row 2: 11 cells where the header has 12"),
    ("Odo Grist,person,,,,,x,,,,,\n", "mine.csv, row 2: the gender 'x' is neither m nor f nor empty"),
    ("Odo Grist,person,,,,Atlantis,,,,,,\n", "mine.csv, row 2: 'Atlantis' in the column country names no actor"),
    ("Odo Grist,person,,,,,,mayor,,,,\n", "mine.csv, row 2: an office needs both title and of"),
    ("Odo Grist,person,,,,,,mayor,Russia,soon,,\n", "mine.csv, row 2: 'soon' in the column start is not a date"),
    (
        "Odo Grist,person,,,,,,mayor,Russia,2020-13-01,,\n",
        "mine.csv, row 2: '2020-13-01' in the column start is not a date",
    ),
    ("Odo Grist,person,,,,,,mayor,Russia,2021-01-01,2020-01-01,\n", "mine.csv, row 2: the term ends on 2020-01-01"),
]


LOCATED = "name,kind,country,lat,lon\n"
MISPLACED = [
    ("Merle Bay,place,,12.5,\n", "the column lon is empty: a position needs both lat and lon"),
    ("Merle Bay,place,,,12.5\n", "the column lat is empty: a position needs both lat and lon"),
    ("Merle Bay,place,,nan,3\n", "'nan' in the column lat is no number of degrees from -90 to 90"),
    ("Merle Bay,place,,1,inf\n", "'inf' in the column lon is no number of degrees from -180 to 180"),
    ("Merle Bay,place,,90.1,3\n", "'90.1' in the column lat is no number of degrees from -90 to 90"),
    ("Merle Bay,place,,1,-180.5\n", "'-180.5' in the column lon is no number of degrees from -180 to 180"),
    ("Merle Bay,place,,12° N,3\n", "'12° N' in the column lat is no number of degrees from -90 to 90"),
    ("Ulmania,state,,1,2\n", "lat and lon are of places, and this row is of the kind state"),
]


@pytest.mark.parametrize(("row", "sentence"), MISPLACED)
def test_a_position_that_is_none_is_one_sentence(tmp_path: Path, row: str, sentence: str) -> None:
    with pytest.raises(KnowledgeError) as error:
        load(tmp_path, row, LOCATED)
    assert str(error.value) == f"mine.csv, row 2: {sentence}"


def test_a_place_of_ones_own_has_a_position_where_one_is_given(tmp_path: Path) -> None:
    known = load(tmp_path, "Merle Bay,place,Russia,-61.25,-180\nMerle Head,place,,,\n", LOCATED)
    found = [known.place(name) for name in ("Merle Bay", "Merle Head")]
    assert [(p.lat, p.lon) for p in found if p is not None] == [(-61.25, -180.0), (None, None)]


@pytest.mark.parametrize(("row", "sentence"), MISTAKES)
def test_a_mistake_is_one_sentence_with_file_and_row(tmp_path: Path, row: str, sentence: str) -> None:
    with pytest.raises(KnowledgeError) as error:
        load(tmp_path, row)
    assert str(error.value).startswith(sentence)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("name,colour\n", "mine.csv, row 1: the column kind is missing"),
        ("name,kind,colour\n", "mine.csv, row 1: the column 'colour' is unknown"),
        ("name,kind,name\n", "mine.csv, row 1: a column is named twice"),
        ("", "mine.csv, row 1: the table has no header"),
    ],
)
def test_a_wrong_header_is_named(tmp_path: Path, header: str, sentence: str) -> None:
    with pytest.raises(KnowledgeError) as error:
        load(tmp_path, "", header)
    assert str(error.value).startswith(sentence)


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError):
        Knowledge.load(tmp_path / "none.csv")
    (tmp_path / "mine.csv").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(KnowledgeError):
        Knowledge.load(tmp_path / "mine.csv")
