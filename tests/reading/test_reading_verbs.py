"""Cue verbs: clauses, infinitives, objects, idioms; who says what, and what it does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CLAUSES = """
The minister said that the bridge was safe. || The minister | said | the bridge was safe | assert
The minister said the bridge was safe. || The minister | said | the bridge was safe | assert
Arvenia says the strait is open. || Arvenia | says | the strait is open | assert
Oran Vell told reporters that the talks were useful. || Oran Vell | told | the talks were useful | assert
The envoy reported that the river had been crossed. || The envoy | reported | the river had been crossed | assert
The ministry announced that a new port would open in May. || The ministry | announced | a new port would open in May | announce
She acknowledged that the patrol had lost its way. || She | acknowledged | the patrol had lost its way | acknowledge
The governor admitted that mistakes were made. || The governor | admitted | mistakes were made | acknowledge
The admiral warned that the strait could be closed. || The admiral | warned | the strait could be closed | warn
Arvenia denied that its ships had left port. || Arvenia | denied | its ships had left port | deny
The council demanded that the garrison leave the island. || The council | demanded | the garrison leave the island | demand
The alliance made clear that it has no interest in the island. || The alliance | made clear | it has no interest in the island | deny
The president pointed out that two roads were still closed. || The president | pointed out | two roads were still closed | assert
The spokeswoman said on Monday that the ferry would sail again. || The spokeswoman | said | the ferry would sail again | assert
The ambassador said the same day that the treaty stands. || The ambassador | said | the treaty stands | assert
The general asked whether the valley was clear. || The general | asked | whether the valley was clear | request
The official was quoted as saying that the convoy had turned back. || The official | was quoted as saying | the convoy had turned back | assert
The minister went on to say that the harvest was poor. || The minister | went on to say | the harvest was poor | assert
The press office said Friday the president had not left. || The press office | said | the president had not left | assert
The envoy proposed that both armies step back. || The envoy | proposed | both armies step back | offer
The chancellor agreed that the border needed a new survey. || The chancellor | agreed | the border needed a new survey | agree
The report says that three wells were poisoned. || The report | says | three wells were poisoned | assert
"""

INFINITIVES = """
The premier pledged to rebuild the bridge. || The premier | pledged | to rebuild the bridge | promise
Arvenia promised to open the border by June. || Arvenia | promised | to open the border by June | promise
The general threatened to shut the harbour. || The general | threatened | to shut the harbour | threaten
The republic refused to sign the treaty. || The republic | refused | to sign the treaty | reject
The spokesman declined to comment. || The spokesman | declined | to comment | decline
The minister refused to say whether the pipeline was damaged. || The minister | refused | to say whether the pipeline was damaged | decline
Arvenia offered to host the talks. || Arvenia | offered | to host the talks | offer
The ministry did not say whether the dam was safe. || The ministry | did not | say whether the dam was safe | decline
The two states agreed to exchange prisoners. || The two states | agreed | to exchange prisoners | agree
Dorvania denies being behind the raid. || Dorvania | denies | being behind the raid | deny
The alliance called on Dorvania to withdraw its guns. || The alliance | called on | Dorvania to withdraw its guns | demand
The council urged both sides to stop shelling the town. || The council | urged | both sides to stop shelling the town | demand
The president asked the alliance to send observers. || The president | asked | the alliance to send observers | request
The minister told the rebels to leave the valley. || The minister | told | to leave the valley | demand
"""

OBJECTS = """
The president criticized Dorvania's manoeuvres. || The president | criticized | Dorvania's manoeuvres | condemn
The alliance condemned the raid on the village. || The alliance | condemned | the raid on the village | condemn
The parliament welcomed the ceasefire. || The parliament | welcomed | the ceasefire | support
The chancellor praised Arvenia's patience. || The chancellor | praised | Arvenia's patience | support
Dorvania rejected the proposal. || Dorvania | rejected | the proposal | reject
The premier ruled out a second referendum. || The premier | ruled out | a second referendum | reject
The envoy denied any contact with the rebels. || The envoy | denied | any contact with the rebels | deny
The president called for an immediate ceasefire. || The president | called for | an immediate ceasefire | demand
Arvenia asked for the meeting. || Arvenia | asked for | the meeting | request
The alliance accused Dorvania of arming the rebels. || The alliance | accused | Dorvania of arming the rebels | accuse
The minister blamed Dorvania for the collapse of the talks. || The minister | blamed | Dorvania for the collapse of the talks | accuse
The minister placed the blame on Dorvania for the collapse of the talks. || The minister | placed the blame on | Dorvania for the collapse of the talks | accuse
The foreign minister expressed concern about the shelling. || The foreign minister | expressed | concern about the shelling | condemn
The secretary offered strong support for Arvenia. || The secretary | offered | strong support for Arvenia | support
The general warned against a hasty withdrawal. || The general | warned against | a hasty withdrawal | warn
The premier thanked Tolmenia for its mediation. || The premier | thanked | Tolmenia for its mediation | support
The envoy described the vote as a farce. || The envoy | described | the vote as a farce | condemn
The minister dismissed the report as nonsense. || The minister | dismissed | the report as nonsense | deny
The senator called for the complete withdrawal of the guns, which had been moved in March. || The senator | called for | the complete withdrawal of the guns | demand
"""

SHARED = """
The alliance has affirmed its support for Arvenia and has called on Dorvania to pull back. || The alliance | affirmed | its support for Arvenia | support || The alliance | called on | Dorvania to pull back | demand
The secretary criticized Dorvania's raids and supported Arvenia's independence. || The secretary | criticized | Dorvania's raids | condemn || The secretary | supported | Arvenia's independence | support
Vell said the road was open, adding that buses would run on Sunday. || Vell | said | the road was open | assert || Vell | adding | buses would run on Sunday | assert
The secretary offered strong support for Arvenia, stressing that Dorvania must leave. || The secretary | offered | strong support for Arvenia | support || The secretary | stressing | Dorvania must leave | demand
The envoy said he would listen but blamed Arvenia for the delay. || The envoy | said | he would listen | promise || The envoy | blamed | Arvenia for the delay | accuse
Vell wrote that "time is running out" and offered to mediate. || Vell | wrote | time is running out | assert || Vell | offered | to mediate | offer
The two presidents agreed to reopen the hotline and pledged not to move heavy guns. || The two presidents | agreed | to reopen the hotline | agree || The two presidents | pledged | not to move heavy guns | promise
The parliament called the election "a sham" and urged the alliance to act. || The parliament | called | the election "a sham" | condemn || The parliament | urged | the alliance to act | demand
Oran Vell and Mira Taln announced that the border would open. || Oran Vell and Mira Taln | announced | the border would open | announce
"""


@pytest.mark.parametrize("line", [x for x in (CLAUSES + INFINITIVES + OBJECTS + SHARED).splitlines() if x])
def test_a_cue_verb_gives_its_statement(line: str, expect: Callable[[str], None]) -> None:
    expect(line)
