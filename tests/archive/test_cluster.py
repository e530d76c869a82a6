"""The same job on a Ray cluster of two nodes gives the same rows as on this machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from onrecord.archive.engine import Engine
from onrecord.archive.job import archive
from onrecord.archive.work import Setting
from tests.archive.conftest import ROOT, hashes, pages
from tests.archive.test_archive import PEOPLE, said

pytest.importorskip("ray")

#: In a process of its own, so that nothing of the cluster stays behind.
RUN = """
import sys
from onrecord.archive.engine import SILENT
import os
os.environ.update(SILENT)
from ray.cluster_utils import Cluster
from onrecord.archive.engine import Engine
from onrecord.archive.job import archive
from onrecord.archive.work import Setting
place, folder = sys.argv[1:]
memory = {"object_store_memory": 80_000_000}
cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False, **memory})
cluster.add_node(num_cpus=1, **memory)
# The sets of copies are found on the cluster too.
archive([place], Setting(folder, batch=4, part=5, workers=1), lambda: Engine(2, ray=True, address=cluster.address), engine_above=0)
import ray
ray.shutdown()
cluster.shutdown()
"""


@pytest.mark.long
def test_a_cluster_of_two_nodes_gives_the_same_rows(tmp_path: Path) -> None:
    place = pages(tmp_path / "pages.jsonl", [said(PEOPLE[n % 6], n // 2) for n in range(10)])
    here, there = tmp_path / "here", tmp_path / "there"
    archive([str(place)], Setting(str(here), batch=4, part=5), lambda: Engine(2))
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(place), str(there)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert set(hashes(here)["folders"]) == set(hashes(there)["folders"])  # type: ignore[call-overload]
    for name in hashes(here)["folders"]:  # type: ignore[attr-defined]
        one, two = (sorted(map(repr, pq.read_table(folder / name).to_pylist())) for folder in (here, there))
        assert one == two, name
