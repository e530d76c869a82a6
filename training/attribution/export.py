"""Writes the trained reader as two ONNX graphs for the processor: the encoder and the linker, weights in eight bits.

The graphs are built node by node, so nothing depends on an exporter and the operators are those that run fastest on one
core; the matrix products are then quantised per channel to int8 (activations per call), and the word table row by row.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.attribution.model import HEADS, HIDDEN, Encoder, Layer, Linker, Reader

_MICROSOFT = "com.microsoft"


class Graph:
    """A graph under construction: nodes in order, named constants, fresh names for results."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value: npt.NDArray[np.generic]) -> str:
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def add(self, operator: str, inputs: list[str], name: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [name], name=f"{name}_node", domain=domain, **attributes))
        return name

    def save(self, path: Path, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]) -> None:
        graph = helper.make_graph(self.nodes, "attribution", inputs, outputs, list(self.constants.values()))
        opsets = [helper.make_opsetid("", 20), helper.make_opsetid(_MICROSOFT, 1)]
        onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="onrecord"), str(path))


def _array(parameter: Tensor) -> npt.NDArray[np.float32]:
    return parameter.detach().float().numpy()


def _linear(graph: Graph, x: str, layer: nn.Linear, name: str) -> str:
    graph.constant(f"{name}.w", _array(layer.weight).T)
    graph.constant(f"{name}.b", _array(layer.bias))
    return graph.add("Add", [graph.add("MatMul", [x, f"{name}.w"], f"{name}.p"), f"{name}.b"], f"{name}.o")


def _norm(graph: Graph, x: str, norm: nn.LayerNorm, name: str) -> str:
    graph.constant(f"{name}.w", _array(norm.weight))
    graph.constant(f"{name}.b", _array(norm.bias))
    return graph.add("LayerNormalization", [x, f"{name}.w", f"{name}.b"], f"{name}.o", axis=-1, epsilon=1e-12)


def _layer(graph: Graph, x: str, mask: str, layer: Layer, name: str) -> str:
    """One layer. Plain norms and Gelu: onnxruntime's fused SkipLayerNormalization is ten times slower on one core."""
    packed = _linear(graph, x, layer.qkv, f"{name}.qkv")
    parts = [f"{name}.{part}" for part in ("q", "k", "v")]
    graph.nodes.append(helper.make_node("Split", [packed], parts, name=f"{name}.split", axis=2, num_outputs=3))
    mixed = graph.add("MultiHeadAttention", [*parts, "", mask], f"{name}.att", _MICROSOFT, num_heads=HEADS)
    x = graph.add("Add", [_linear(graph, mixed, layer.out, f"{name}.out"), x], f"{name}.sum1")
    x = _norm(graph, x, layer.norm1, f"{name}.norm1")
    raised = graph.add("Gelu", [_linear(graph, x, layer.up, f"{name}.up")], f"{name}.gelu")
    lowered = graph.add("Add", [_linear(graph, raised, layer.down, f"{name}.down"), x], f"{name}.sum2")
    return _norm(graph, lowered, layer.norm2, f"{name}.norm2")


def _input(name: str, kind: int, shape: list[str | int]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)


def encoder_graph(encoder: Encoder, path: Path) -> None:
    """Inputs ids, cases, quotes, mask (n, t) int64; outputs states (n, t, 384) and cue probabilities (n, t, 3)."""
    graph = Graph()
    table = _array(encoder.words.weight)
    scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127.0
    graph.constant("words", np.round(table / scale).astype(np.int8))
    graph.constant("words.scale", scale.astype(np.float32))
    word = graph.add("Cast", [graph.add("Gather", ["words", "ids"], "word.i")], "word.f", to=TensorProto.FLOAT)
    word = graph.add("Mul", [word, graph.add("Gather", ["words.scale", "ids"], "word.s")], "word")
    graph.constant("positions", _array(encoder.positions.weight) + _array(encoder.types))
    graph.constant("one", np.asarray([1], dtype=np.int64))
    graph.constant("zero", np.asarray([0], dtype=np.int64))
    shape = graph.add("Shape", ["ids"], "shape")
    length = graph.add("Gather", [shape, "one"], "length")
    place = graph.add("Slice", ["positions", "zero", length, "zero"], "place")
    graph.constant("cases.table", _array(encoder.cases.weight))
    graph.constant("quotes.table", _array(encoder.quotes.weight))
    x = graph.add("Add", [word, place], "sum.1")
    x = graph.add("Add", [x, graph.add("Gather", ["cases.table", "cases"], "case")], "sum.2")
    x = graph.add("Add", [x, graph.add("Gather", ["quotes.table", "quotes"], "quote")], "sum.3")
    x = _norm(graph, x, encoder.norm, "embedded")
    mask = graph.add("Cast", ["mask"], "mask.i", to=TensorProto.INT32)
    for number, layer in enumerate(encoder.layers):
        assert isinstance(layer, Layer)
        x = _layer(graph, x, mask, layer, f"layer{number}")
    graph.add("Identity", [x], "states")
    graph.constant("tags.w", _array(encoder.tags.weight)[:3].T)
    graph.constant("tags.b", _array(encoder.tags.bias)[:3])
    tags = graph.add("Add", [graph.add("MatMul", [x, "tags.w"], "tags.p"), "tags.b"], "tags")
    graph.add("Softmax", [tags], "cues", axis=-1)
    graph.save(
        path,
        [_input(name, TensorProto.INT64, ["n", "t"]) for name in ("ids", "cases", "quotes", "mask")],
        [_input("states", TensorProto.FLOAT, ["n", "t", HIDDEN]), _input("cues", TensorProto.FLOAT, ["n", "t", 3])],
    )


def linker_graph(linker: Linker, path: Path) -> None:
    """Inputs states (k, t, 384), distances and mask (k, t) int64; outputs roles (k, t, 2, 3) and validity logits (k,)."""
    graph = Graph()
    graph.constant("zero", np.asarray(0, dtype=np.int64))
    graph.constant("axis1", np.asarray([1], dtype=np.int64))
    graph.constant("tiny", np.asarray(1.0, dtype=np.float32))
    mask = graph.add("Cast", ["mask"], "mask.i", to=TensorProto.INT32)
    real = graph.add("Cast", ["mask"], "mask.f", to=TensorProto.FLOAT)
    inside = graph.add("Cast", [graph.add("Equal", ["distances", "zero"], "at")], "at.f", to=TensorProto.FLOAT)
    inside = graph.add("Mul", [inside, real], "inside")
    size = graph.add("ReduceSum", [inside, "axis1"], "size.r", keepdims=1)
    weights = graph.add("Div", [inside, graph.add("Max", [size, "tiny"], "size")], "weights")
    row = graph.add("Unsqueeze", [weights, "axis1"], "row")
    pooled = graph.add("MatMul", [row, "states"], "pooled")
    cue = _linear(graph, pooled, linker.cue, "cue")
    graph.constant("distances.table", _array(linker.distances.weight))
    x = graph.add("Add", ["states", graph.add("Gather", ["distances.table", "distances"], "distance")], "sum.1")
    x = graph.add("Add", [x, cue], "sum.2")
    for number, layer in enumerate(linker.layers):
        assert isinstance(layer, Layer)
        x = _layer(graph, x, mask, layer, f"layer{number}")
    roles = _linear(graph, x, linker.roles, "head")
    graph.constant("split", np.asarray([0, 0, 2, 3], dtype=np.int64))
    graph.add("Softmax", [graph.add("Reshape", [roles, "split"], "head.r")], "roles", axis=-1)
    first, last = linker.valid[0], linker.valid[2]
    assert isinstance(first, nn.Linear)
    assert isinstance(last, nn.Linear)
    hidden = _linear(graph, graph.add("MatMul", [row, x], "cue.state"), first, "valid.1")
    graph.constant("half", np.asarray(0.5, dtype=np.float32))
    graph.constant("root", np.asarray(2**-0.5, dtype=np.float32))
    bent = graph.add("Erf", [graph.add("Mul", [hidden, "root"], "valid.m")], "valid.e")
    bent = graph.add("Mul", [graph.add("Add", [bent, "tiny"], "valid.a"), "half"], "valid.h")
    logit = _linear(graph, graph.add("Mul", [hidden, bent], "valid.g"), last, "valid.2")
    graph.constant("axes12", np.asarray([1, 2], dtype=np.int64))
    graph.add("Squeeze", [logit, "axes12"], "valid")
    graph.save(
        path,
        [_input("states", TensorProto.FLOAT, ["k", "t", HIDDEN])]
        + [_input(name, TensorProto.INT64, ["k", "t"]) for name in ("distances", "mask")],
        [_input("roles", TensorProto.FLOAT, ["k", "t", 2, 3]), _input("valid", TensorProto.FLOAT, ["k"])],
    )


_WHOLE = ("tags", "head", "valid", "pooled", "cue", "row")


def export(reader: Reader, encoder_path: Path, linker_path: Path, quantised: bool = True) -> None:
    """Writes both graphs; with `quantised` their large matrix products are in eight bits."""
    encoder_graph(reader.encoder, encoder_path)
    linker_graph(reader.linker, linker_path)
    if quantised:
        _quantise(encoder_path)
        _quantise(linker_path)


def _quantise(path: Path) -> None:
    """Rewrites a graph with int8 weights, one scale a column; the small heads stay as they are."""
    nodes = onnx.load(str(path)).graph.node
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / path.name
        plain.write_bytes(path.read_bytes())
        quantize_dynamic(
            plain,
            path,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=[n.name for n in nodes if n.op_type == "MatMul" and n.name.startswith(_WHOLE)],
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
