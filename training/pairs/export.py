"""Writes the trained pair classifier as one ONNX graph for the processor, the layers' products in eight bits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from onnx import TensorProto, helper

from training.attribution.export import Graph, _array, _input, _linear, _norm
from training.attribution.model import Layer
from training.eight_bits import constants, encoder_layer, places, word_table
from training.pairs.model import POOLED, PairModel

TABLES = ("cases", "roles", "slots")


def export(model: PairModel, path: Path) -> None:
    """Inputs ids, cases, roles, slots (n, t) int64 and means (n, 2, t); the output as in `onrecord.relations.pairs.network`."""
    graph = Graph()
    constants(graph)
    x = places(graph, word_table(graph, model.words.weight), model.positions.weight, model.types)
    for name in TABLES:
        graph.constant(f"{name}.table", _array(getattr(model, name).weight))
        x = graph.add("Add", [x, graph.add("Gather", [f"{name}.table", name], f"{name}.at")], f"sum.{name}")
    x = _norm(graph, x, model.norm, "embedded")
    for number, layer in enumerate(model.layers):
        assert isinstance(layer, Layer)
        x = encoder_layer(graph, x, layer, f"layer{number}")
    _head(graph, model, x)
    inputs = [_input(name, TensorProto.INT64, ["n", "t"]) for name in ("ids", *TABLES)]
    outputs = [_input("meanings", TensorProto.FLOAT, ["n", 3])]
    graph.save(path, [*inputs, _input("means", TensorProto.FLOAT, ["n", 2, "t"])], outputs)


def _head(graph: Graph, model: PairModel, x: str) -> None:
    graph.constant("axis1", np.asarray([1], dtype=np.int64))
    whole = graph.add("Slice", [x, "zero", "one", "axis1"], "whole")
    means = graph.add("MatMul", ["means", x], "contents")
    graph.nodes.append(helper.make_node("Split", [means], ["first", "second"], name="parts", axis=1, num_outputs=2))
    distance = graph.add("Abs", [graph.add("Sub", ["first", "second"], "apart")], "distance")
    common = graph.add("Mul", ["first", "second"], "common")
    pooled = graph.add("Concat", [whole, "first", "second", distance, common], "pooled.c", axis=1)
    graph.constant("flat", np.asarray([-1, POOLED], dtype=np.int64))
    hidden = _linear(graph, graph.add("Reshape", [pooled, "flat"], "pooled"), model.hidden, "head.1")
    told = _linear(graph, graph.add("Gelu", [hidden], "head.g"), model.labels, "head.2")
    graph.add("Identity", [told], "meanings")
