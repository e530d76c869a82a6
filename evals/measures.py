"""What is measured, in the order of the flow."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Measure:
    """One evaluation: its name, the variable that names its data, whether the test run has time for it, and how it is run.

    ``run`` gets the folder and returns figures by name; the floors of ``floors.json`` are named ``measure.figure``. ``needs`` is a
    module that the measure cannot do without and the tests can.
    """

    name: str
    variable: str | None
    quick: bool
    run: Callable[[Path], Mapping[str, float]]
    needs: str | None = None


def folder_of(measure: Measure) -> Path | None:
    """The folder of the measure's data, or None when this machine does not have it."""
    if measure.variable is None:
        return Path(__file__).parents[1] / "samples"
    value = os.environ.get(measure.variable)
    return Path(value) if value and Path(value).is_dir() else None


def _seeds(folder: Path) -> Mapping[str, float]:
    from evals.record import score

    shared = folder.parent
    return score(folder, shared / "gold" / "pages_dev.jsonl", shared / "bench" / "score_record.py").values


def _samples(folder: Path) -> Mapping[str, float]:
    from evals.record import score

    pages = HERE.parent / "samples"
    return score(pages, HERE / "gold" / "samples.jsonl", folder / "score_record.py", actors=pages / "actors.csv").values


def _copies(_: Path) -> Mapping[str, float]:
    from evals.copies import predict
    from evals.copies_compare import generated, score

    made = generated([101])
    found = score({row["id"]: row["report"] for row in made}, predict(made))
    return {"precision": found.precision, "f1": found.f1}


def _plover(folder: Path) -> Mapping[str, float]:
    from evals.io import rows
    from evals.plover import CODER, OWN, SVM, cross_validated, macro_f1

    gold = list(rows(folder / "plover_dev.jsonl.gz"))
    said = cross_validated(gold, OWN, None)
    figures = {what: macro_f1(gold, said[CODER], what) for what in ("root", "quad", "binary")}
    return {**figures, "above_svm": figures["root"] - macro_f1(gold, said[SVM], "root")}


def _phrases(name: str) -> Callable[[Path], Mapping[str, float]]:
    def run(_: Path) -> Mapping[str, float]:
        from evals.phrases import figures, judged

        found = figures(judged([HERE / "gold" / name]))
        # A floor is a least value: of the wrong answers the share that are not.
        return {"right": found["right"], "not_wrong": 1 - found["wrong"]}

    return run


def _check(_: Path) -> Mapping[str, float]:
    from evals.check import HELD, measure

    return measure(HELD)


def _events(_: Path) -> Mapping[str, float]:
    from evals.event_modes import measure as modes
    from evals.events import GOLD, measure
    from onrecord.reading import Reader

    reader = Reader.load()
    found = {
        f"{name}_{figure}": value
        for name in ("dev", "held", "fresh")
        for figure, value in measure([GOLD / f"events_{name}.jsonl"], reader).values().items()
    }
    return found | {f"modes_{part}": modes(reader, part).accuracy for part in ("dev", "held")}


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One file of the benchmarks: the evaluation that predicts it, the scorer that comes with it, and what it prints.

    ``figures`` maps a name to the pattern of its number in the scorer's text; percentages are divided by 100. ``options`` are the
    scorer's, ``predicting`` the evaluation's; in these a name of a file of the folder becomes its path.
    """

    task: str
    data: str
    scorer: str
    figures: tuple[tuple[str, str], ...]
    options: tuple[str, ...] = ()
    predicting: tuple[str, ...] = ()

    def run(self, folder: Path) -> Mapping[str, float]:
        """Predicts the file and scores the prediction, each in a process of its own, as a user would."""
        data = folder / self.data
        with tempfile.TemporaryDirectory() as work:
            predicted = Path(work) / "predicted.jsonl"
            environment = {
                **os.environ,
                "PYTHONPATH": os.pathsep.join((str(HERE.parent), os.environ.get("PYTHONPATH", ""))),
            }
            predict = [sys.executable, "-m", f"evals.{self.task}", str(data), "--out", str(predicted)]
            predict += [str(folder / word) if (folder / word).is_file() else word for word in self.predicting]
            subprocess.run(predict, check=True, capture_output=True, env=environment)
            score = [sys.executable, str(folder / self.scorer), str(data), str(predicted), *self.options]
            said = subprocess.run(score, check=True, capture_output=True, text=True).stdout
        found = {}
        for name, pattern in self.figures:
            match = re.search(pattern, said)
            if match is None:
                raise ValueError(f"{self.scorer} printed no {name}: {said[:300]}")
            found[name] = float(match[1]) / (100 if float(match[1]) > 1 else 1)
        return found


_ATTRIBUTION = (("f1", r"attribution \(content soft \+ source overlap\)\D+[\d.]+\D+[\d.]+\D+([\d.]+)"),)
_PUBDATE = Benchmark(
    "pubdate",
    "pubdate_dev.jsonl.gz",
    "score_pubdate.py",
    (("precision", r"precision ([\d.]+)"), ("accuracy", r"accuracy ([\d.]+)")),
    ("--lang", "en"),
)
_TIMEX = Benchmark(
    "timex",
    "timex_dev.jsonl.gz",
    "score_timex.py",
    (("strict_f1", r"strict F1 ([\d.]+)"), ("value_f1", r"value F1 ([\d.]+)")),
)


def _timex_held(folder: Path) -> Mapping[str, float]:
    """The half of the time expressions that no rule was written from, scored by the scorer that comes with them."""
    with tempfile.TemporaryDirectory() as work:
        half = Path(work) / "held.jsonl"
        predict = [
            sys.executable,
            "-m",
            "evals.timex",
            str(folder / _TIMEX.data),
            "--half",
            "held",
            "--gold",
            str(half),
        ]
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(HERE.parent), os.environ.get("PYTHONPATH", ""))),
        }
        subprocess.run([*predict, "--out", os.devnull], check=True, capture_output=True, env=environment)
        return replace(_TIMEX, data=str(half)).run(folder)


def _acts(_: Path) -> Mapping[str, float]:
    from evals.acts import measured

    return measured()


def _sayings(_: Path) -> Mapping[str, float]:
    from evals.sayings import measured

    return measured()


def _fresh(_: Path) -> Mapping[str, float]:
    from evals.fresh import measured

    return measured()


def _undated(_: Path) -> Mapping[str, float]:
    from evals.undated import HELD, figures, judge
    from evals.undated_pages import pages

    return figures(judge(pages(HELD, 200)))


_ACTORS = Benchmark(
    "actors",
    "actors_dev.jsonl.gz",
    "score_actors.py",
    (("country", r"country\s.*= ([\d.]+)"), ("sector", r"sector\s.*= ([\d.]+)")),
)
_TAGGER = Benchmark("attribution", "attribution_dev.jsonl.gz", "score_attribution.py", _ATTRIBUTION)
_RULES = Benchmark("attribution_rules", "attribution_dev.jsonl.gz", "score_attribution.py", _ATTRIBUTION)

_HTML = Benchmark(
    "html",
    "html_dev.jsonl.gz",
    "score_pages.py",
    (("bag_f1", r"bag F1 ([\d.]+)"), ("shingle_f1", r"shingle F1 ([\d.]+)")),
    predicting=("--cross-validate", "pages_dev.jsonl.gz"),
)
_PAGES = Benchmark(
    "pages",
    "pages_dev.jsonl.gz",
    "score_pages.py",
    tuple(
        (f"{renderer}_{measure}_f1", rf"{renderer} .*{measure} F1 ([\d.]+)")
        for renderer in ("resiliparse", "inscriptis", "html_text")
        for measure in ("bag", "shingle")
    ),
    predicting=("--cross-validate",),
)


def _html_speed(folder: Path) -> Mapping[str, float]:
    from benchmarks.html_documents import measured
    from evals.io import rows

    return {"ratio": measured(list(rows(folder / "html_dev.jsonl.gz"))).ratio}


def _disputes(_: Path) -> Mapping[str, float]:
    from evals.disputes import disputes, figures, judge_all
    from onrecord import pipeline
    from onrecord.knowledge import Knowledge

    return figures(judge_all(disputes(), pipeline.Engine.load(Knowledge.load())))


def _web(_: Path) -> Mapping[str, float]:
    from evals.web_speed import within

    return within(100_000)


MEASURES = (
    Measure("seeds", "ONRECORD_SEEDS", True, _seeds),
    Measure("samples", "ONRECORD_BENCH", True, _samples),
    Measure("phrases_dev", None, False, _phrases("phrases_dev.jsonl")),
    Measure("phrases_held", None, False, _phrases("phrases_held.jsonl")),
    Measure("phrases_third", None, False, _phrases("phrases_third.jsonl")),
    Measure("phrases_fifth", None, False, _phrases("phrases_fifth.jsonl")),
    Measure("phrases_fourth", None, False, _phrases("phrases_fourth.jsonl")),
    Measure("copies", None, True, _copies),
    Measure("events", None, True, _events),
    Measure("disputes", None, False, _disputes),
    Measure("check", None, False, _check),
    Measure("web", None, False, _web),
    Measure("pubdate", "ONRECORD_BENCH", True, _PUBDATE.run),
    Measure("timex", "ONRECORD_BENCH", True, _TIMEX.run),
    Measure("timex_held", "ONRECORD_BENCH", True, _timex_held),
    Measure("undated", None, False, _undated),
    Measure("acts", None, True, _acts),
    Measure("sayings", None, True, _sayings),
    Measure("fresh", None, True, _fresh),
    Measure("actors", "ONRECORD_BENCH", True, _ACTORS.run),
    Measure("attribution", "ONRECORD_BENCH", True, _TAGGER.run),
    Measure("attribution_rules", "ONRECORD_BENCH", False, _RULES.run),
    Measure("html", "ONRECORD_BENCH", False, _HTML.run, "torch"),
    Measure("html_speed", "ONRECORD_BENCH", False, _html_speed),
    Measure("pages", "ONRECORD_BENCH", False, _PAGES.run, "torch"),
    Measure("plover", "ONRECORD_BENCH", False, _plover, "torch"),
)
