"""Writes the trained event coder as one ONNX graph for the processor, the layers' products in eight bits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from onnx import TensorProto, helper

from training.attribution.export import Graph, _array, _input, _linear, _norm
from training.attribution.model import Layer
from training.eight_bits import constants, encoder_layer, places, word_table
from training.plover.model import POOLED, SIZES, CoderModel

TABLES = ("cases", "roles")


def export(model: CoderModel, path: Path) -> None:
    """Inputs ids, cases, roles (n, t) int64, all rows of one length, and means (n, 4, t); outputs as in `onrecord.reading.events.coder.network`."""
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
    _heads(graph, model, x)
    inputs = [_input(name, TensorProto.INT64, ["n", "t"]) for name in ("ids", *TABLES)]
    outputs = [
        _input(name, TensorProto.FLOAT, ["n", size])
        for name, size in zip(("roots", "auxiliaries", "modes"), SIZES, strict=True)
    ]
    graph.save(path, [*inputs, _input("means", TensorProto.FLOAT, ["n", 4, "t"])], outputs)


def _heads(graph: Graph, model: CoderModel, x: str) -> None:
    graph.constant("axis1", np.asarray([1], dtype=np.int64))
    whole = graph.add("Slice", [x, "zero", "one", "axis1"], "whole")
    pooled = graph.add("Concat", [whole, graph.add("MatMul", ["means", x], "pooled.m")], "pooled.c", axis=1)
    graph.constant("flat", np.asarray([-1, POOLED], dtype=np.int64))
    hidden = _linear(graph, graph.add("Reshape", [pooled, "flat"], "pooled"), model.hidden, "head.1")
    labels = _linear(graph, graph.add("Gelu", [hidden], "head.g"), model.labels, "head.2")
    graph.constant("sizes", np.asarray(SIZES, dtype=np.int64))
    parts = ["roots", "auxiliaries", "modes"]
    graph.nodes.append(helper.make_node("Split", [labels, "sizes"], parts, name="head.split", axis=1))
