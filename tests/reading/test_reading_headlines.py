"""Speech outside the body: headlines, standfirsts, subheadings and captions, on pages of people and states that are invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Document, LineRole, QuoteType, Statement, StatementPart
from onrecord.reading import Reader

BODY = [
    "Calvane's trade minister, Lida Marrek, said on Tuesday that the port of Nols would close. She accused Tovia of smuggling.",
    "Tovian President Arne Holt rejected the charge. Marshal Bo Lenk of Calvane threatened to board ships. The Tovian foreign ministry "
    "asked Calvane for proof. The Bay Assembly, led by Sef Orlo, called for calm, and the rebels of the delta agreed to a truce.",
]


@pytest.fixture(scope="module")
def apart(
    reader: Reader, make: Callable[..., Document]
) -> Callable[[LineRole, str], tuple[Document, tuple[Statement, ...]]]:
    def read(role: LineRole, line: str) -> tuple[Document, tuple[Statement, ...]]:
        page = make("\n".join((line, *BODY)), [role])
        return page, reader.apart(page, reader.read(page))

    return read


def rows(page: Document, found: tuple[Statement, ...]) -> list[tuple[str, str, str]]:
    return [
        (
            " ".join(s.of(page.text) for s in one.source),
            " … ".join(s.of(page.text) for s in one.content),
            one.act.value,
        )
        for one in found
    ]


@pytest.mark.parametrize(
    "line",
    [
        # A name, an office or an institution before a colon.
        "Marrek: port must close || Marrek | port must close | demand",
        "Marrek: 'The port must close' || Marrek | The port must close | demand",
        "Tovian president: we smuggled nothing || Tovian president | we smuggled nothing | assert",
        "Tovia to Calvane: show proof || Tovia | show proof | demand",
        "Lenk, Marrek: ships will be boarded || Lenk, Marrek | ships will be boarded | promise",
        "Holt on smuggling: 'Lies' || Holt | Lies | assert",
        # Words before a colon or a dash.
        "Port to close this week: Marrek || Marrek | Port to close this week | assert",
        "Calvane will board ships: marshal || marshal | Calvane will board ships | assert",
        "Calvane will board ships – Lenk || Lenk | Calvane will board ships | assert",
        # The speaker and a verb in the present.
        "Holt rejects smuggling charge || Holt | smuggling charge | reject",
        "Lenk threatens to board Tovian ships || Lenk | to board Tovian ships | threaten",
        "Calvane accuses Tovia of smuggling || Calvane | Tovia of smuggling | accuse",
        "Delta rebels agree to truce || Delta rebels | truce | agree",
        "Calvane, Tovia vow to keep delta truce || Calvane, Tovia | to keep delta truce | promise",
        "Holt slams port closure, urges talks || Holt | port closure | condemn || Holt | talks | demand",
        "Holt slams port closure as rebels agree to truce || Holt | port closure | condemn",
        "Marrek says Tovia close to bankruptcy || Marrek | Tovia close to bankruptcy | assert",
        "Marrek says port will close and warns smugglers || Marrek | port will close | assert || Marrek | smugglers | warn",
        "Smuggling row: Holt demands apology || Holt | apology | demand",
        "Holt refuses to show ledgers || Holt | to show ledgers | reject",
        "Holt declines to comment on port || Holt | to comment on port | decline",
        "Lenk won't rule out boarding ships || Lenk | boarding ships | decline",
        # The speaker behind his words.
        "Port to close this week, Marrek says || Marrek | Port to close this week | assert",
        "Port to close this week, says minister || minister | Port to close this week | assert",
        "Smuggling must stop, marshal tells rebels || marshal | Smuggling must stop | demand",
        "Smuggling charge 'nonsense', says Holt || Holt | Smuggling charge 'nonsense' | deny",
        "'We smuggled nothing,' Holt insists || Holt | We smuggled nothing, | assert",
        "Truce holds in delta, according to Bay Assembly || Bay Assembly | Truce holds in delta | assert",
        # Set in capitals throughout.
        "Lenk Threatens To Board Tovian Ships Over Port Row || Lenk | To Board Tovian Ships Over Port Row | threaten",
        "MARREK SAYS PORT WILL CLOSE THIS WEEK || MARREK | PORT WILL CLOSE THIS WEEK | assert",
        # Nobody is named.
        "Tovia accused of smuggling || | Tovia … of smuggling | accuse",
        "Holt urged to open ledgers || | Holt … to open ledgers | demand",
        "Tovia accused by Calvane of smuggling || Calvane | Tovia … of smuggling | accuse",
    ],
)  # fmt: skip
def test_a_headline_says(line: str, apart: Callable[[LineRole, str], tuple[Document, tuple[Statement, ...]]]) -> None:
    words, *wanted = (part.strip() for part in line.split("||"))
    page, found = apart(LineRole.HEADLINE, words)
    assert rows(page, found) == [tuple(field.strip() for field in row.split("|")) for row in wanted]
    assert {s.part for s in found} == {StatementPart.HEADLINE}


@pytest.mark.parametrize(
    "line",
    [
        "Nols: what the closure means",
        "Calvane: a country on the water",
        "Analysis: why the port has to close",
        "Arne Holt: the man behind the ledgers",
        "Holt meets Marrek as port closes",
        "What Marrek wants from the talks",
        "Has Lenk gone too far?",
        "Marrek, Holt and the port of Nols",
        "Port of Nols closes after a century",
        "Truce in the delta - The Nols Mercury",
        "Somebody Else: the port must close",
        "Calvane claims under scrutiny",
        "Marrek answers questions in parliament",
        "Lenk shows maps of the delta",
        "Marrek under fire over port",
        "Smuggling, lies and a port",
    ],
)
def test_a_headline_says_nothing(
    line: str, apart: Callable[[LineRole, str], tuple[Document, tuple[Statement, ...]]]
) -> None:
    page, found = apart(LineRole.HEADLINE, line)
    assert rows(page, found) == []


@pytest.mark.parametrize(
    ("role", "line"),
    [
        (LineRole.STANDFIRST, "Trade minister Lida Marrek says the port will close. || Trade minister Lida Marrek | the port will close"),
        (LineRole.STANDFIRST, "Calvane says port must close; Tovia demands proof || Calvane | port must close || Tovia | proof"),
        (LineRole.CAPTION, "Arne Holt told reporters that the charge was false. || Arne Holt | the charge was false"),
        (LineRole.SUBHEADING, "Holt: no ship was loaded || Holt | no ship was loaded"),
        (LineRole.CAPTION, "Lida Marrek at the port of Nols last week"),
        (LineRole.SUBHEADING, "The port question"),
    ],
)  # fmt: skip
def test_other_lines_say(
    role: LineRole, line: str, apart: Callable[[LineRole, str], tuple[Document, tuple[Statement, ...]]]
) -> None:
    words, *wanted = (part.strip() for part in line.split("||"))
    page, found = apart(role, words)
    assert [row[:2] for row in rows(page, found)] == [tuple(f.strip() for f in row.split("|")) for row in wanted]
    assert all(s.part.value == role.value for s in found)


def test_the_words_in_marks_are_direct_and_others_are_not(
    apart: Callable[[LineRole, str], tuple[Document, tuple[Statement, ...]]],
) -> None:
    kinds = {
        line: apart(LineRole.HEADLINE, line)[1][0].quote_type
        for line in (
            "Marrek: 'Port must close'",
            "Marrek: port must close",
            "Marrek says port 'must' close",
            "Holt rejects charge",
        )
    }
    assert list(kinds.values()) == [QuoteType.DIRECT, QuoteType.INDIRECT, QuoteType.MIXED, QuoteType.NARRATED]


def test_a_line_that_stands_twice_is_read_once(reader: Reader, make: Callable[..., Document]) -> None:
    headline = "Marrek: port must close"
    page = make("\n".join((headline, headline, *BODY)), [LineRole.HEADLINE, LineRole.HEADLINE])
    assert [s.content[0].start for s in reader.apart(page, reader.read(page))] == [len("Marrek: ")]


def test_the_body_is_read_the_same_whatever_its_headline_says(reader: Reader, make: Callable[..., Document]) -> None:
    one = make("\n".join(("Marrek: port must close", *BODY)), [LineRole.HEADLINE])
    two = make("\n".join(("A quiet week in Nols, ok", *BODY)), [LineRole.HEADLINE])
    said = [[(s.source, s.cue, s.content, s.act) for s in reader.read(page).statements] for page in (one, two)]
    moved = len(one.text) - len(two.text)
    assert said[0] == [(*(tuple(span.shift(moved) for span in role) for role in roles), act) for *roles, act in said[1]]
    assert said[0]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["Marrek", "says", ":", "port", "'", "must", "close", ",", "–", "to", "Holt", ";", "“", "vows"]), min_size=3, max_size=9))  # fmt: skip
def test_any_line_is_read_with_spans_of_its_own(
    reader: Reader, make: Callable[..., Document], words: list[str]
) -> None:
    line = " ".join(words)
    page = make("\n".join((line, *BODY)), [LineRole.HEADLINE])
    for statement in reader.apart(page, reader.read(page)):
        spans = (*statement.source, *statement.cue, *statement.content)
        assert all(0 <= s.start < s.end <= len(line) and s.of(page.text).strip() for s in spans)
