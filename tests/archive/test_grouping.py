"""Connected sets of possible copies: scipy and the engine agree on any graph, and pairs are those the reports layer looks at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.archive import grouping
from onrecord.archive.engine import Engine
from onrecord.archive.shapes import MADE, Ref
from onrecord.reports import Fingerprint
from onrecord.reports.index import ranked

BANDS = st.lists(st.lists(st.integers(-6, 6), max_size=6, unique=True), min_size=1, max_size=14)


@pytest.fixture(scope="module")
def native() -> Engine:
    return Engine(2)


def _numbered(bands: Sequence[Sequence[int]]) -> grouping.Ints:
    flat = [(band, number) for number, some in enumerate(bands) for band in some]
    values = np.array([band for band, _ in flat], np.int64)
    owners = np.array([number for _, number in flat], np.int64)
    sizes = np.array([len(some) for some in bands], np.int64)
    return grouping.enough(*grouping.together(values, owners), sizes)


def _naive(count: int, linked: Sequence[tuple[int, int]]) -> list[int]:
    label = list(range(count))
    changed = True
    while changed:
        changed = False
        for a, b in linked:
            low = min(label[a], label[b])
            changed |= label[a] != low or label[b] != low
            label[a] = label[b] = low
    return label


@given(BANDS)
def test_pairs_are_what_the_reports_layer_would_compare(bands: list[list[int]]) -> None:
    names = [f"doc-{number:03d}" for number in range(len(bands))]
    index: dict[int, list[str]] = {}
    for name, some in zip(names, bands, strict=True):
        for band in some:
            index.setdefault(band, []).append(name)
    expected = set()
    for name, some in zip(names, bands, strict=True):
        for other in ranked(Fingerprint(name, tuple(sorted(some)), 0), index, lambda _: False):
            if other != name:
                expected.add((min(name, other), max(name, other)))
    assert {(names[a], names[b]) for a, b, _ in _numbered(bands).tolist()} == expected


@given(BANDS, st.integers(2, 5))
def test_pairs_do_not_depend_on_the_passes(bands: list[list[int]], passes: int) -> None:
    keys, counts = [], []
    for at in range(passes):
        flat = [(b, n) for n, some in enumerate(bands) for b in some if b % passes == at]
        found = grouping.together(np.array([b for b, _ in flat], np.int64), np.array([n for _, n in flat], np.int64))
        keys.append(found[0])
        counts.append(found[1])
    sizes = np.array([len(some) for some in bands], np.int64)
    parted = grouping.enough(np.concatenate(keys), np.concatenate(counts), sizes)
    assert parted.tolist() == _numbered(bands).tolist()


@given(st.integers(1, 40).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.tuples(*[st.integers(0, n - 1)] * 2)))))
def test_components_are_connected_sets_with_their_smallest_member(graph: tuple[int, list[tuple[int, int]]]) -> None:
    count, linked = graph
    pairs = np.array(linked, np.int64).reshape(-1, 2)
    assert grouping.components(count, pairs).tolist() == _naive(count, linked)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)).filter(lambda p: p[0] < p[1]), min_size=1, max_size=40)
)
def test_star_contraction_gives_what_scipy_gives(native: Engine, linked: list[tuple[int, int]]) -> None:
    import daft

    names = [f"doc-{number:03d}" for number in range(25)]
    frame = daft.from_pydict({"low": [names[a] for a, _ in linked], "high": [names[b] for _, b in linked]})
    found = native.components(frame)
    labels = grouping.components(25, np.array(linked, np.int64))
    assert [found.get(name, name) for name in names] == [names[label] for label in labels]


def test_the_engine_pairs_as_numpy_does(native: Engine, tmp_path: Path) -> None:
    bands = [[1, 2, 3, 4], [2, 3, 4, 5], [4, 5, 6, 7], [9], [9, 10], [], [1, 2], [1, 2, 3, 4]]
    rows = [
        {"path": str(n), "document": f"doc-{n}", "bands": some, "failed": False, "count": 1}
        for n, some in enumerate(bands)
    ]
    # One document at two places, and a page that is none.
    rows += [{**rows[0], "path": "again"}, {"path": "none", "bands": [], "failed": False, "count": 1}]
    for number, some in enumerate((rows[:5], rows[5:])):
        pq.write_table(pa.Table.from_pylist(some, MADE), tmp_path / f"{number}.parquet")
    found = native.pairs(sorted(tmp_path.glob("*.parquet"))).to_pydict()
    expected = [[f"doc-{a}", f"doc-{b}"] for a, b, _ in _numbered(bands).tolist()]
    assert sorted(map(list, zip(found["low"], found["high"], strict=True))) == expected
    assert json.dumps(expected).count("doc-3") == 1, "a text of one band needs only that one"


def test_batches_hold_whole_sets_in_the_order_of_their_first_documents() -> None:
    refs = [Ref("00000-000000", row) for row in range(10)]
    sets = [[refs[5], refs[0]], [refs[1]], [refs[2], refs[3], refs[9]], [refs[4]], [refs[6]], [refs[7]], [refs[8]]]
    found = list(grouping.batches(sets, 3))
    assert found[0] == [(refs[0], refs[5]), (refs[1],)]
    assert found[1] == [(refs[2], refs[3], refs[9])]
    assert sorted(ref for batch in found for one in batch for ref in one) == refs
