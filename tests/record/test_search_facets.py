"""The counts beside a search: the store's own and those made line by line, where reviewers merged somebody, are the same."""

from __future__ import annotations

import pytest

from onrecord.model import Actor, ActorKind
from onrecord.record import Record
from onrecord.record import search as search_
from onrecord.record.corrected import corrected
from onrecord.record.identities import NOBODY_RENAMED, Identities

SOMEBODY_ELSE = Identities(merged={"person:nobody-here": Actor("person:else", "Else", ActorKind.PERSON)})


@pytest.mark.parametrize("words", ["", "valley", "border", "not", "nothing that is said"])
def test_parties_are_counted_alike_with_and_without_the_store(sample_record: Record, words: str) -> None:
    def counted(named: Identities) -> object:
        return sample_record.ask(
            lambda c: search_._parties(c, search_._hits(c, search_.Search(words=words), corrected(c)), named)
        )

    assert counted(NOBODY_RENAMED) == counted(SOMEBODY_ELSE)
