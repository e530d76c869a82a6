"""Writes the trained act reader as one ONNX graph for the processor, the layers' products in eight bits.

Weights have one scale a column, activations one a piece. onnxruntime's own dynamic quantisation takes one scale for a
whole batch, so that a statement's verdict would depend on those read beside it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from onnx import TensorProto, helper
from torch import nn

from onrecord.reading.acts.reader import ACTS, MODALITIES, POLARITIES
from training.acts.model import POOLED, ActModel
from training.attribution.export import Graph, _array, _input, _linear, _norm
from training.attribution.model import HEADS, Layer

TABLES = ("cases", "roles", "slots")


def export(model: ActModel, path: Path) -> None:
    """Inputs ids, cases, roles, slots, mask (n, t) int64 and means (n, 3, t); outputs as in `onrecord.reading.acts.network`.

    The word table is in eight bits too, one scale a row.
    """
    graph = Graph()
    graph.constant("tiny", np.asarray(1e-8, dtype=np.float32))
    graph.constant("most", np.asarray(1 / 127, dtype=np.float32))
    graph.constant("middle", np.asarray(128, dtype=np.uint8))
    graph.constant("middle.f", np.asarray(128, dtype=np.float32))
    graph.constant("last", np.asarray([-1], dtype=np.int64))
    x = _embedded(graph, model)
    mask = graph.add("Cast", ["mask"], "mask.i", to=TensorProto.INT32)
    for number, layer in enumerate(model.layers):
        assert isinstance(layer, Layer)
        x = _layer(graph, x, mask, layer, f"layer{number}")
    _heads(graph, model, x)
    inputs = [_input(name, TensorProto.INT64, ["n", "t"]) for name in ("ids", *TABLES, "mask")]
    sizes = (("acts", len(ACTS)), ("modalities", len(MODALITIES)), ("polarities", len(POLARITIES)))
    outputs = [_input(name, TensorProto.FLOAT, ["n", size]) for name, size in sizes]
    outputs += [_input(name, TensorProto.FLOAT, ["n", "t"]) for name in ("starts", "ends")]
    graph.save(path, [*inputs, _input("means", TensorProto.FLOAT, ["n", 3, "t"])], outputs)


def _eight(graph: Graph, x: str, layer: nn.Linear, name: str) -> str:
    """x (n, t, in) -> (n, t, out): each piece scaled to 1..255 around 128, each column of the weights to -127..127."""
    weights = _array(layer.weight).T
    scale = np.maximum(np.abs(weights).max(0), 1e-8) / np.float32(127.0)
    graph.constant(f"{name}.w", np.round(weights / scale).astype(np.int8))
    graph.constant(f"{name}.ws", scale.astype(np.float32))
    graph.constant(f"{name}.b", _array(layer.bias))
    size = graph.add("ReduceMax", [graph.add("Abs", [x], f"{name}.abs"), "last"], f"{name}.max", keepdims=1)
    step = graph.add("Mul", [graph.add("Max", [size, "tiny"], f"{name}.big"), "most"], f"{name}.step")
    whole = graph.add("Round", [graph.add("Div", [x, step], f"{name}.div")], f"{name}.round")
    moved = graph.add("Add", [whole, "middle.f"], f"{name}.moved")
    packed = graph.add("Cast", [moved], f"{name}.u8", to=TensorProto.UINT8)
    product = graph.add("MatMulInteger", [packed, f"{name}.w", "middle"], f"{name}.i")
    told = graph.add("Mul", [graph.add("Cast", [product], f"{name}.f", to=TensorProto.FLOAT), step], f"{name}.s")
    return graph.add("Add", [graph.add("Mul", [told, f"{name}.ws"], f"{name}.p"), f"{name}.b"], f"{name}.o")


def _layer(graph: Graph, x: str, mask: str, layer: Layer, name: str) -> str:
    """One layer. Plain norms: onnxruntime's fused SkipLayerNormalization is ten times slower on one core."""
    packed = _eight(graph, x, layer.qkv, f"{name}.qkv")
    parts = [f"{name}.{part}" for part in ("q", "k", "v")]
    graph.nodes.append(helper.make_node("Split", [packed], parts, name=f"{name}.split", axis=2, num_outputs=3))
    mixed = graph.add("MultiHeadAttention", [*parts, "", mask], f"{name}.att", "com.microsoft", num_heads=HEADS)
    x = _norm(
        graph,
        graph.add("Add", [_eight(graph, mixed, layer.out, f"{name}.out"), x], f"{name}.sum1"),
        layer.norm1,
        f"{name}.norm1",
    )
    raised = graph.add("Gelu", [_eight(graph, x, layer.up, f"{name}.up")], f"{name}.gelu")
    return _norm(
        graph,
        graph.add("Add", [_eight(graph, raised, layer.down, f"{name}.down"), x], f"{name}.sum2"),
        layer.norm2,
        f"{name}.norm2",
    )


def _embedded(graph: Graph, model: ActModel) -> str:
    table = _array(model.words.weight)
    scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127.0
    graph.constant("words", np.round(table / scale).astype(np.int8))
    graph.constant("words.scale", scale.astype(np.float32))
    word = graph.add("Cast", [graph.add("Gather", ["words", "ids"], "word.i")], "word.f", to=TensorProto.FLOAT)
    x = graph.add("Mul", [word, graph.add("Gather", ["words.scale", "ids"], "word.s")], "word")
    graph.constant("positions", _array(model.positions.weight) + _array(model.types))
    graph.constant("one", np.asarray([1], dtype=np.int64))
    graph.constant("zero", np.asarray([0], dtype=np.int64))
    length = graph.add("Gather", [graph.add("Shape", ["ids"], "shape"), "one"], "length")
    x = graph.add("Add", [x, graph.add("Slice", ["positions", "zero", length, "zero"], "place")], "sum.place")
    for name in TABLES:
        graph.constant(f"{name}.table", _array(getattr(model, name).weight))
        x = graph.add("Add", [x, graph.add("Gather", [f"{name}.table", name], f"{name}.at")], f"sum.{name}")
    return _norm(graph, x, model.norm, "embedded")


def _heads(graph: Graph, model: ActModel, x: str) -> None:
    graph.constant("two", np.asarray([2], dtype=np.int64))
    graph.constant("axis1", np.asarray([1], dtype=np.int64))
    whole = graph.add("Slice", [x, "zero", "one", "axis1"], "whole")
    pooled = graph.add("Concat", [whole, graph.add("MatMul", ["means", x], "pooled.m")], "pooled.c", axis=1)
    graph.constant("flat", np.asarray([-1, POOLED], dtype=np.int64))
    hidden = _linear(graph, graph.add("Reshape", [pooled, "flat"], "pooled"), model.hidden, "head.1")
    labels = _linear(graph, graph.add("Gelu", [hidden], "head.g"), model.labels, "head.2")
    sizes = np.asarray([len(ACTS), len(MODALITIES), len(POLARITIES)], dtype=np.int64)
    graph.constant("sizes", sizes)
    parts = ["acts", "modalities", "polarities"]
    graph.nodes.append(helper.make_node("Split", [labels, "sizes"], parts, name="head.split", axis=1))
    edges = _linear(graph, x, model.bounds, "head.bounds")
    graph.nodes.append(helper.make_node("Split", [edges], ["start.r", "end.r"], name="edges", axis=2, num_outputs=2))
    graph.add("Squeeze", ["start.r", "two"], "starts")
    graph.add("Squeeze", ["end.r", "two"], "ends")
