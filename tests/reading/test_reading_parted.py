"""Complements that a time, a hearer or a noun parts from their cue, and acts that a noun or a "no" only seems to name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.model import Reading

Read = Callable[[str], Reading]

#: act | source | addressee | content | text
CASES = """
assert | Tolva's minister, Ada Rem | reporters | The road stays shut, | "The road stays shut," Tolva's minister, Ada Rem, told reporters.
assert | The foreign minister of Tolva | | the offer "a beginning" | The foreign minister of Tolva called the offer "a beginning".
assert | The premier | | the proposal as "a first step" | The premier described the proposal as "a first step".
assert | officials | | No date has been set | No date has been set, officials said.
assert | Officials | | no decision had been made | Officials said no decision had been made.
deny | The general | | no Tolvan troops had crossed the river | The general said no Tolvan troops had crossed the river.
offer | Quessia | Kessia | to mediate in the dispute | Quessia offered Kessia on Wednesday to mediate in the dispute.
offer | Quessia | Kessia | to mediate in the dispute | Quessia offered Kessia to mediate in the dispute.
promise | the minister | Council | Tolva will reopen the border | Tolva will reopen the border, the minister promised the Council.
request | The secretary | | her appeal to Tolva to release the sailors | The secretary renewed her appeal to Tolva to release the sailors.
demand | The alliance | | its call for a ceasefire in the valley | The alliance repeated its call for a ceasefire in the valley.
demand | The premier | | his demand that Tolva withdraw its guns | The premier reiterated his demand that Tolva withdraw its guns.
demand | The Council | | its calls on Tolva to release the sailors | The Council stepped up its calls on Tolva to release the sailors.
accuse | The president | | Tolva of planning to annex the valley | The president accused Tolva of planning to annex the valley.
accuse | The president | | Tolva … of planning to annex the valley | The president accused Tolva on Friday of planning to annex the valley.
accuse | The minister | | Tolva had armed the rebels | The minister alleged that Tolva had armed the rebels.
accuse | The premier | | Tolva had opened fire on the convoy | The premier alleged Tolva had opened fire on the convoy.
promise | Tolva | | the sailors would be freed | Tolva gave its word that the sailors would be freed.
promise | Tolva | Kessia | the sailors would be freed | Tolva gave Kessia its word that the sailors would be freed.
promise | Tolva | | to free the sailors | Tolva undertook on Tuesday to free the sailors.
reject | The president | | lifting the sanctions | The president ruled out on Wednesday lifting the sanctions.
reject | The president | | lifting the sanctions | The president ruled out, on Wednesday, lifting the sanctions.
assert | Tolva's foreign ministry | | the strait is open | 14:05 Tolva's foreign ministry says the strait is open.
threaten | The rebels | | to kill the hostages | The rebels threatened to kill the hostages.
promise | The premier | | to rebuild the bridge | The premier vowed on Friday to rebuild the bridge.
promise | Tolva | | to withdraw its guns from the valley | Tolva pledged again to withdraw its guns from the valley.
"""


@pytest.mark.parametrize("line", [x for x in CASES.splitlines() if x])
def test_a_statement_is_read_whole(line: str, read: Read) -> None:
    act, source, addressee, content, text = (part.strip() for part in line.split("|", 4))
    one = next(s for s in read(text).statements if s.nested_in is None)
    told = [" … ".join(span.of(text) for span in spans) for spans in (one.source, one.addressee, one.content)]
    assert [one.act.value, *told] == [act, source, addressee, content]
