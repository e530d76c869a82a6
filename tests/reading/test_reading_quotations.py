"""Quotations: marks of every kind, before and after the cue, cut in two, running on, unbalanced, and none at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.model import QuoteType, Reading

CASES = """
"The road is open," the minister said. || the minister | said | The road is open, | assert
"The road is open," said Vell. || Vell | said | The road is open, | assert
“The road is open,” the minister said. || the minister | said | The road is open, | assert
«The road is open», the minister said. || the minister | said | The road is open | assert
The minister said: "The road is open." || The minister | said | The road is open. | assert
'The road is open,' the minister said. || the minister | said | The road is open, | assert
‘The road isn’t open,’ the minister told reporters. ‘The bridge is.’ || the minister | told | The road isn’t open, … The bridge is. | assert
The minister's envoy said the workers' road was 'open' again. || The minister's envoy | said | the workers' road was 'open' again | assert
Asked whether the truce would hold, Vell told journalists: "Ask the other side." || Vell | told | Ask the other side. | demand
Asked how the road was, the envoy said it was closed. || the envoy | said | it was closed | assert
– Nobody has left before the coffee – added he. || he | added | Nobody has left before the coffee | assert
The minister told reporters: “The road is open.” || The minister | told | The road is open. | assert
The minister said "the road is open to all traders." || The minister | said | the road is open to all traders. | assert
"The road is open. The bridge is not," the minister said. || the minister | said | The road is open. The bridge is not, | assert
"The road is open," the minister said. "The bridge is closed." || the minister | said | The road is open, … The bridge is closed. | assert
"The road," the minister said, "is open to all traders." || the minister | said | The road, … is open to all traders. | assert
"The road is open," the minister said on Monday. "The bridge is closed." || the minister | said | The road is open, … The bridge is closed. | assert
The minister said the road was "open to everybody." || The minister | said | the road was "open to everybody." | assert
The minister said it was "a good day" for the valley. || The minister | said | it was "a good day" for the valley | assert
The alliance affirmed its "lasting support" for Arvenia. || The alliance | affirmed | its "lasting support" for Arvenia | support
– The road is open – the minister stressed. || the minister | stressed | The road is open | assert
— The road is open — the minister said after the talks. || the minister | said | The road is open | assert
We will mend the road by June, Vell said. || Vell | said | We will mend the road by June | promise
The road, officials said, will stay closed. || officials | said | The road … will stay closed | assert
The road will stay closed, the ministry said. || the ministry | said | The road will stay closed | assert
Despite the storm, two ships left port, he said. || he | said | Despite the storm, two ships left port | assert
"The road is open," the minister said.¶"The bridge will follow in May." || the minister | said | The road is open, … The bridge will follow in May. | assert
"The road is open," the minister said. "The bridge is not.¶"The ferry sails on Sunday." || the minister | said | The road is open, … The bridge is not. … The ferry sails on Sunday. | assert
The minister said:¶"The road is open." || The minister | said | The road is open. | assert
"The road is open, the minister said. || the minister | said | The road is open, | assert
"Vell told me 'go home' and I went," the pilot said. || the pilot | said | Vell told me 'go home' and I went, | assert
Asked about the raid, the spokesman told reporters that "no ship has left port." || the spokesman | told | no ship has left port. | deny
OREN VELL: The road is open.¶MIRA TALN: And the bridge is shut.¶OREN VELL: It will open in May. || OREN VELL | : | The road is open | assert || MIRA TALN | : | And the bridge is shut | assert || OREN VELL | : | It will open in May | assert
"""


@pytest.mark.parametrize("line", [x for x in CASES.splitlines() if x])
def test_a_quotation_finds_its_speaker(line: str, expect: Callable[[str], None]) -> None:
    expect(line)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('"The road is open," the minister said.', QuoteType.DIRECT),
        ("– The road is open – the minister said.", QuoteType.DIRECT),
        ("We will mend the road, Vell said.", QuoteType.DIRECT),
        ("President Oran Vell: The road is open again.", QuoteType.DIRECT),
        ('The minister said the road was "open to everybody."', QuoteType.MIXED),
        ("The minister said the road was open.", QuoteType.INDIRECT),
        ("The road was open, the minister said.", QuoteType.INDIRECT),
        ("The premier pledged to rebuild the bridge.", QuoteType.INDIRECT),
        ("The president criticized Dorvania's manoeuvres.", QuoteType.NARRATED),
        ("The alliance condemned the raid on the village.", QuoteType.NARRATED),
    ],
)
def test_the_kind_of_quotation(text: str, kind: QuoteType, read: Callable[[str], Reading]) -> None:
    assert [s.quote_type for s in read(text).statements] == [kind]
