"""PLOVER as a table: what each root, mode and CAMEO code is."""

from __future__ import annotations

import pytest

from onrecord.knowledge.plover import Coded, Quad, cameo, cameo_codes, contexts, mode_names, modes, roots
from onrecord.model.events import Root

CODES = [
    ("036", Coded(Root.AGREE, None, ("diplomatic",))),
    ("042", Coded(Root.CONSULT, "visit", ())),
    ("057", Coded(Root.SUPPORT, None, ("diplomatic",))),
    ("0814", Coded(Root.CONCEDE, None, ("legal",))),
    ("0871", Coded(Root.RETREAT, "ceasefire", ("military",))),
    ("1053", Coded(Root.REQUEST, "yield", ("legal",))),
    ("115", Coded(Root.ACCUSE, "allege", ("legal",))),
    ("125", Coded(Root.REJECT, "meet", ("diplomatic",))),
    ("1382", Coded(Root.THREATEN, "territory", ("military",))),
    ("1423", Coded(Root.PROTEST, "hunger", ("rights_freedoms",))),
    ("161", Coded(Root.SANCTION, "discontinue", ("diplomatic",))),
    ("191", Coded(Root.COERCE, "restrict", ("military",))),
    ("2042", Coded(Root.ASSAULT, "unconventional", ("cbrn",))),
    ("1939", Coded(Root.ASSAULT, "firearms", ("military",))),
    ("012", None),
    ("021", None),
    ("", None),
]


@pytest.mark.parametrize(("code", "coded"), CODES)
def test_cameo_codes_become_plover(code: str, coded: Coded | None) -> None:
    assert cameo(code) == coded


def test_every_root_is_defined_once_and_in_order() -> None:
    assert tuple(roots()) == tuple(Root)
    assert len({entry.definition for entry in roots().values()}) == len(Root)


@pytest.mark.parametrize("root", Root)
def test_cooperation_scores_above_nothing_and_conflict_below(root: Root) -> None:
    entry = roots()[root]
    cooperative = entry.quad in {Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION}
    assert (entry.intensity > 0) is cooperative


def test_every_mode_has_a_meaning_and_its_roots_sign() -> None:
    assert len(mode_names()) == len(set(mode_names())) == len(modes())
    for (root, _), entry in modes().items():
        assert entry.definition
        assert (entry.intensity > 0) is (roots()[root].intensity > 0)


def test_what_cameo_becomes_is_defined() -> None:
    for code, coded in cameo_codes().items():
        assert coded.mode is None or (coded.root, coded.mode) in modes(), code
        assert set(coded.contexts) <= set(contexts()), code


def test_every_number_names_its_source() -> None:
    entries = [*roots().values(), *modes().values()]
    assert all(entry.source for entry in entries)


@pytest.mark.parametrize(("root", "mode", "score"), [(Root.RETREAT, "withdraw", 9.5), (Root.COERCE, "arrest", -7.2)])
def test_a_mode_has_the_mean_of_its_codes_or_its_roots_score(root: Root, mode: str, score: float) -> None:
    entry = modes()[(root, mode)]
    assert entry.intensity == score
    assert entry.source.startswith("mean of Goldstein" if score != roots()[root].intensity else "the score of the root")
