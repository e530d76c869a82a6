"""BERT layers as ONNX nodes with the products in eight bits, so that a row's result never depends on those read beside it.

Weights have one scale a column, activations one a piece. onnxruntime's own dynamic quantisation takes one scale for a
whole batch.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, helper
from torch import Tensor, nn

from training.attribution.export import Graph, _array, _norm
from training.attribution.model import HEADS, Layer

_MICROSOFT = "com.microsoft"


def constants(graph: Graph) -> None:
    """The numbers and shapes every product shares; `ids` (n, t) is an input of the graph."""
    graph.constant("tiny", np.asarray(1e-8, dtype=np.float32))
    graph.constant("most", np.asarray(1 / 127, dtype=np.float32))
    graph.constant("middle", np.asarray(128, dtype=np.uint8))
    graph.constant("last", np.asarray([-1], dtype=np.int64))
    shape = graph.add("Shape", ["ids"], "shape")
    graph.add("Concat", [shape, "last"], "shape.rows", axis=0)
    pieces = graph.add("ReduceProd", [shape], "shape.pieces", keepdims=1)
    graph.add("Expand", ["middle", pieces], "middles")


def product(graph: Graph, x: str, layer: nn.Linear, name: str) -> str:
    """x (n, t, in) -> (n, t, out): each piece scaled to 1..255 around 128, each column of the weights to -127..127."""
    weights = _array(layer.weight).T
    scale = np.maximum(np.abs(weights).max(0), 1e-8) / np.float32(127.0)
    graph.constant(f"{name}.w", np.round(weights / scale).astype(np.int8))
    graph.constant(f"{name}.ws", scale.astype(np.float32))
    graph.constant(f"{name}.b", _array(layer.bias))
    graph.constant(f"{name}.flat", np.asarray([-1, weights.shape[0]], dtype=np.int64))
    rows = graph.add("Reshape", [x, f"{name}.flat"], f"{name}.rows")
    size = graph.add("ReduceMax", [graph.add("Abs", [rows], f"{name}.abs"), "last"], f"{name}.max", keepdims=0)
    step = graph.add("Mul", [graph.add("Max", [size, "tiny"], f"{name}.big"), "most"], f"{name}.step")
    packed = graph.add("QuantizeLinear", [rows, step, "middles"], f"{name}.u8", axis=0)
    counted = graph.add("MatMulInteger", [packed, f"{name}.w", "middle"], f"{name}.i")
    told = graph.add("DequantizeLinear", [counted, step], f"{name}.f", axis=0)
    out = graph.add("Add", [graph.add("Mul", [told, f"{name}.ws"], f"{name}.p"), f"{name}.b"], f"{name}.2d")
    return graph.add("Reshape", [out, "shape.rows"], f"{name}.o")


def encoder_layer(graph: Graph, x: str, layer: Layer, name: str) -> str:
    """One layer over rows of one length, so without a mask.

    Plain norms: onnxruntime's fused SkipLayerNormalization is ten times slower on one core.
    """
    packed = product(graph, x, layer.qkv, f"{name}.qkv")
    parts = [f"{name}.{part}" for part in ("q", "k", "v")]
    graph.nodes.append(helper.make_node("Split", [packed], parts, name=f"{name}.split", axis=2, num_outputs=3))
    mixed = graph.add("MultiHeadAttention", parts, f"{name}.att", _MICROSOFT, num_heads=HEADS)
    summed = graph.add("Add", [product(graph, mixed, layer.out, f"{name}.out"), x], f"{name}.sum1")
    x = _norm(graph, summed, layer.norm1, f"{name}.norm1")
    raised = graph.add("Gelu", [product(graph, x, layer.up, f"{name}.up")], f"{name}.gelu")
    summed = graph.add("Add", [product(graph, raised, layer.down, f"{name}.down"), x], f"{name}.sum2")
    return _norm(graph, summed, layer.norm2, f"{name}.norm2")


def word_table(graph: Graph, weight: Tensor) -> str:
    """The rows of the word table that the input `ids` names, in eight bits with one scale a row."""
    table: npt.NDArray[np.float32] = _array(weight)
    scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127.0
    graph.constant("words", np.round(table / scale).astype(np.int8))
    graph.constant("words.scale", scale.astype(np.float32))
    word = graph.add("Cast", [graph.add("Gather", ["words", "ids"], "word.i")], "word.f", to=TensorProto.FLOAT)
    return graph.add("Mul", [word, graph.add("Gather", ["words.scale", "ids"], "word.s")], "word")


def places(graph: Graph, x: str, positions: Tensor, types: Tensor) -> str:
    """Adds to x (n, t, size) the embeddings of each place and of the one token type."""
    graph.constant("positions", _array(positions) + _array(types))
    graph.constant("one", np.asarray([1], dtype=np.int64))
    graph.constant("zero", np.asarray([0], dtype=np.int64))
    length = graph.add("Gather", ["shape", "one"], "length")
    return graph.add("Add", [x, graph.add("Slice", ["positions", "zero", length, "zero"], "place")], "sum.place")
