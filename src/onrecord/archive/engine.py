"""The thin runner: tasks over one machine or a cluster by Daft, and sets of copies by star contraction where there are many.

Both runners of Daft take the same code: its own runs tasks as coroutines of this process, whose working processes the guard keeps;
the one on Ray runs them on the nodes of a cluster, which must see the job's folder at the same path. Nothing of Daft's and
Ray's usage reports is sent: they are switched off before either is imported.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from onrecord.archive.grouping import WINDOW, shared_enough
from onrecord.archive.shapes import Done, Task
from onrecord.archive.work import Setting, answered
from onrecord.model import errors
from onrecord.record import codec

#: Switched off before Daft and Ray are imported.
SILENT = {
    "DAFT_ANALYTICS_ENABLED": "0",
    "DO_NOT_TRACK": "1",
    "SCARF_NO_ANALYTICS": "true",
    "RAY_USAGE_STATS_ENABLED": "0",
    "DAFT_PROGRESS_BAR": "0",
    "DAFT_RUNNER": "native",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}


class Engine:
    """Daft on one machine (`address` None) or on the Ray cluster at `address` (``auto`` for the one this machine belongs to)."""

    def __init__(self, workers: int, *, ray: bool = False, address: str | None = None) -> None:
        os.environ.update(SILENT)
        self._workers = workers
        self._ray = ray
        try:
            import daft
            import daft.functions
        except ModuleNotFoundError as error:
            raise errors.ArchiveError(f"The engine is not installed: {error.name} is missing.") from error
        # Its decorators and expressions are untyped.
        self._daft: Any = daft
        self._when: Any = daft.functions.when
        if ray:
            _join(daft, address)
        elif daft.get_or_infer_runner_type() != "native":
            raise errors.ArchiveError("This process belongs to a cluster already: add --engine ray.")

    def run(self, setting: Setting, tasks: Sequence[Task]) -> Iterator[Done]:
        """Does the tasks, so many at a time as there are workers, and tells of each when it is done.

        Raises:
            ArchiveError: the system refuses to go on (a full disk); what was done is kept.
        """
        if not tasks:
            return
        daft = self._daft

        work = daft.func(_work, return_dtype=daft.DataType.string(), max_concurrency=self._workers)
        given = [codec.dump(task) for task in tasks]
        frame = daft.from_pydict({"task": given})
        if self._ray:
            # A partition is what a node is given.
            frame = frame.into_partitions(min(len(given), 4 * self._workers))
        frame = frame.into_batches(1)
        asked = frame.select(work(daft.lit(codec.dump(setting)), daft.col("task")).alias("done"))
        for row in asked.iter_rows(results_buffer_size=self._workers):
            done = codec.load(str(row["done"]), Done)
            if done.refused is not None:
                raise errors.ArchiveError(done.refused)
            yield done

    def pairs(self, made: Sequence[Path]) -> Any:
        """Pairs of documents (``low`` and ``high``, ids, in order) that share enough bands, and how many, from parts of made documents."""
        daft = self._daft

        near = daft.func(_near, return_dtype=daft.DataType.list(daft.DataType.struct(_pair_fields(daft))))
        col = daft.col
        frame = daft.read_parquet([str(path) for path in made]).where(~col("document").is_null())
        frame = frame.groupby("document").agg(col("bands").any_value())
        frame = frame.with_column("size", col("bands").length()).where(col("size") > 0).explode("bands")
        lists = frame.groupby("bands").agg(
            col("document").list_agg().alias("names"), col("size").list_agg().alias("sizes")
        )
        found = (
            lists.where(col("names").length() > 1)
            .select(near(col("names"), col("sizes")).alias("pair"))
            .explode("pair")
        )
        flat = found.select(*(col("pair").get(name).alias(name) for name in ("low", "high", "needed")))
        counted = flat.groupby("low", "high").agg(
            col("needed").any_value().alias("needed"), col("needed").count().alias("shared")
        )
        return counted.where(col("shared") >= col("needed")).select("low", "high", "shared").sort(["low", "high"])

    def links(self, parts: Sequence[Path]) -> Any:
        """The links in some files, for `components`."""
        return self._daft.read_parquet([str(path) for path in parts]).select("low", "high")

    def components(self, links: Any) -> dict[str, str]:
        """For each document that a link (``low``, ``high``) names the smallest id of its connected set, by alternating star contraction.

        Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii (2014), "Connected components in MapReduce and beyond": large stars,
        then small stars, until nothing changes; every step is one grouping over the engine.
        """
        daft, col = self._daft, self._daft.col
        edges = links.select(col("low").alias("u"), col("high").alias("v")).distinct().collect()
        while True:
            large = self._star(_both(daft, edges), larger=True)
            small = self._star(large, larger=False).collect()
            if _same(edges, small):
                found = small.to_pydict()
                labels = dict(zip(found["v"], found["u"], strict=True))
                return {**{root: root for root in found["u"]}, **labels}
            edges = small

    def _star(self, edges: Any, *, larger: bool) -> Any:
        """Edges (``u`` below ``v``) after one star: from the smallest of each neighbourhood to its larger, or to its smaller, members."""
        col = self._daft.col
        sides = edges if larger else edges.select(col("v").alias("u"), col("u").alias("v"))
        stars = sides.groupby("u").agg(col("v").min().alias("least"))
        stars = stars.with_column("least", self._when(col("least") < col("u"), col("least")).otherwise(col("u")))
        joined = sides.join(stars, on="u")
        kept = joined.where(col("v") > col("u")) if larger else joined
        linked = kept.select(col("least").alias("u"), col("v"))
        if not larger:
            own = stars.select(col("least").alias("a"), col("u").alias("b"))
            linked = linked.concat(own.select(col("a").alias("u"), col("b").alias("v")))
        return linked.where(col("u") != col("v")).distinct()


async def _work(setting: str, task: str) -> str:
    return await asyncio.to_thread(answered, setting, task)


def _near(names: list[str], sizes: list[int]) -> list[dict[str, Any]]:
    """The pairs of documents of one band, as `onrecord.archive.grouping.together` pairs them."""
    order = sorted(zip(names, sizes, strict=True))
    return [
        {"low": a, "high": b, "needed": shared_enough(m, n)}
        for at, (a, m) in enumerate(order)
        for b, n in order[at + 1 : at + 1 + WINDOW]
    ]


def _pair_fields(daft: Any) -> dict[str, Any]:
    return {"low": daft.DataType.string(), "high": daft.DataType.string(), "needed": daft.DataType.int64()}


def _both(daft: Any, edges: Any) -> Any:
    col = daft.col
    return edges.concat(edges.select(col("v").alias("u"), col("u").alias("v")))


def _same(one: Any, two: Any) -> bool:
    if one.count_rows() != two.count_rows():
        return False
    return int(one.join(two, on=["u", "v"]).count_rows()) == int(one.count_rows())


def _join(daft: Any, address: str | None) -> None:
    try:
        import ray
    except ModuleNotFoundError as error:
        raise errors.ArchiveError("A cluster needs Ray: install onrecord with its extra `cluster`.") from error
    try:
        if not ray.is_initialized():
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, ValueError, RuntimeError) as error:
        where = address or "on this machine"
        raise errors.ArchiveError(
            f"There is no Ray cluster {where}: {str(error).splitlines()[0].rstrip('.')}."
        ) from error
    daft.set_runner_ray(noop_if_initialized=True)
