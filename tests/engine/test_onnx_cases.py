"""The conformance cases of the `onnx` package: all that have a convolution, a pooling or col2im in them.

Each case is a graph with inputs and the outputs expected of it. The nodes of the engine's field are worked out by the
engine, through an adapter that reads ONNX's attributes; what else stands in a graph, by the package's own reference.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

KINDS = ("node", "pytorch-converted", "pytorch-operator", "simple")

FIELD = ("Conv", "Pool", "Unpool", "Col2Im")
"""An operator with one of these in its name is the engine's."""

AT_LEAST = 141
"""So many cases of the field come with the package."""

BARE_STANDARD = {"strict"}
"""Libraries without float16, which the array API standard does not have: its cases are left out there alone."""


@dataclass(frozen=True)
class Case:
    """A graph, and what has to come out of it."""

    name: str
    model: Any
    data_sets: list[tuple[list[np.ndarray], list[np.ndarray]]]
    rtol: float
    atol: float

    @property
    def operator(self) -> str | None:
        """The operator of the engine's field in the graph; none has two."""
        return next((node.op_type for node in self.model.graph.node if any(w in node.op_type for w in FIELD)), None)

    @property
    def halves(self) -> bool:
        """Whether there are numbers of 16 bits in it."""
        return any(array.dtype == np.float16 for inputs, _ in self.data_sets for array in inputs)


@cache
def cases() -> dict[str, list[Case]]:
    """The cases of the installed package, by operator of the engine's field."""
    from onnx.backend.test.loader import load_model_tests

    with warnings.catch_warnings():
        # Casts and logarithms overflow on purpose while the package makes its cases.
        warnings.simplefilter("ignore", RuntimeWarning)
        loaded = [read(case) for kind in KINDS for case in load_model_tests(kind=kind)]
    found: dict[str, list[Case]] = {}
    for case in loaded:
        if case.operator is not None:
            found.setdefault(case.operator, []).append(case)
    return found


def read(case: Any) -> Case:
    """A case as the package gives it: in memory, or a folder of its own."""
    import onnx

    if case.model is not None:
        return Case(case.name, case.model, case.data_sets, case.rtol, case.atol)
    folder = Path(case.model_dir)
    model = onnx.load(os.fspath(folder / "model.onnx"))
    if not any(word in node.op_type for node in model.graph.node for word in FIELD):
        return Case(case.name, model, [], case.rtol, case.atol)
    data = [(tensors(part, "input"), tensors(part, "output")) for part in sorted(folder.glob("test_data_set_*"))]
    return Case(case.name, model, data, case.rtol, case.atol)


def tensors(folder: Path, name: str) -> list[np.ndarray]:
    """The arrays `name`_0, `name`_1 and so on."""
    import onnx

    files = (folder / f"{name}_{number}.pb" for number in range(len(list(folder.glob(f"{name}_*.pb")))))
    return [onnx.numpy_helper.to_array(onnx.load_tensor(os.fspath(file))) for file in files]


def test_every_case_passes(engine_by_turns: Any) -> None:
    """Under every library: passed and total are the same for every operator."""
    engine, library = engine_by_turns, engine_by_turns.arrays.name
    table, failed = {}, []
    for operator, given in cases().items():
        asked = [case for case in given if not (case.halves and library in BARE_STANDARD)]
        wrong = [f"{case.name}: {error}" for case in asked if (error := difference(engine, case))]
        table[operator] = (len(asked) - len(wrong), len(asked))
        failed += wrong
    rows = "\n".join(f"{operator:24}{passed:4} of {total}" for operator, (passed, total) in table.items())
    assert not failed, f"{rows}\n" + "\n".join(failed)
    assert all(passed == total > 0 for passed, total in table.values()), rows


def test_no_case_is_missing() -> None:
    """Every operator of the field has an adapter, and every adapter its cases."""
    assert set(cases()) == set(OPERATORS)
    assert sum(map(len, cases().values())) >= AT_LEAST


def test_what_is_left_out_under_the_bare_standard() -> None:
    """Numbers of 16 bits, in a few cases of one operator, and nothing else."""
    left_out = [case.name for given in cases().values() for case in given if case.halves]
    assert 0 < len(left_out) <= 4
    assert all("fp16" in name for name in left_out)


def difference(engine: Any, case: Case) -> str:
    """What is wrong with the outputs; nothing where all are the case's, within the case's tolerance."""
    for inputs, outputs in case.data_sets:
        for ours, expected in zip(run(engine, case.model, inputs), outputs, strict=True):
            if ours.shape != expected.shape:
                return f"shape {ours.shape} for {expected.shape}"
            if not np.allclose(ours, expected, rtol=case.rtol, atol=case.atol):
                return f"differs by {np.abs(ours - expected).max()}"
    return ""


def run(engine: Any, model: Any, inputs: list[np.ndarray]) -> list[np.ndarray]:
    """The outputs of a graph, node by node."""
    import onnx

    graph = model.graph
    values = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
    names = [value.name for value in graph.input if value.name not in values]
    values |= dict(zip(names, inputs, strict=True))
    for node in graph.node:
        values |= dict(zip(node.output, outputs_of(engine, model, node, values), strict=False))
    return [values[value.name] for value in graph.output]


def outputs_of(engine: Any, model: Any, node: Any, values: dict[str, np.ndarray]) -> list[np.ndarray]:
    """One node's outputs, by the engine or by the package's reference."""
    import onnx
    from onnx.reference import ReferenceEvaluator

    if node.op_type in OPERATORS:
        attributes = {attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute}
        return list(OPERATORS[node.op_type](engine, attributes, *map(values.get, node.input)))
    given = [name for name in node.input if name]
    alone = onnx.helper.make_function("", "Alone", given, list(node.output), [node], list(model.opset_import))
    found: list[np.ndarray] = ReferenceEvaluator(alone).run(None, {name: values[name] for name in given}, {})
    return found


AUTOMATIC = {b"SAME_UPPER": "same", b"SAME_LOWER": "same_lower", b"VALID": "valid"}
"""The values of `auto_pad`, in the engine's words."""


def padding(attributes: dict[str, Any], axes: int) -> Any:
    """ONNX's `auto_pad`, or its `pads` (all befores, then all afters) as (before, after) for each axis."""
    automatic = attributes.get("auto_pad", b"NOTSET")
    if automatic in AUTOMATIC:
        return AUTOMATIC[automatic]
    pads = attributes.get("pads", [0] * 2 * axes)
    return list(zip(pads[:axes], pads[axes:], strict=True))


def movement(attributes: dict[str, Any], axes: int) -> dict[str, Any]:
    """Stride and dilation."""
    return {
        "stride": tuple(attributes.get("strides", [1] * axes)),
        "dilation": tuple(attributes.get("dilations", [1] * axes)),
    }


def run_conv(engine: Any, attributes: dict[str, Any], x: Any, weight: Any, bias: Any = None) -> Iterator[Any]:
    """Conv."""
    axes = x.ndim - 2
    moves = {**movement(attributes, axes), "padding": padding(attributes, axes)}
    yield engine.conv(x, weight, bias, groups=attributes.get("group", 1), **moves)


def run_causal_conv(
    engine: Any, attributes: dict[str, Any], x: Any, weight: Any, bias: Any = None, past: Any = None
) -> Iterator[Any]:
    """CausalConvWithState: each channel by itself, over what came before (or zeros) and the input."""
    kept = weight.shape[2] - 1
    before = np.zeros((*x.shape[:2], kept), dtype=x.dtype) if past is None else past
    whole = np.concatenate([before, x], axis=2)
    y = engine.conv(whole, weight, bias, groups=x.shape[1])
    yield y / (1 + np.exp(-y)) if attributes.get("activation", b"none") in {b"silu", b"swish"} else y
    yield whole[:, :, whole.shape[2] - kept :]


def run_conv_integer(
    engine: Any, attributes: dict[str, Any], x: Any, weight: Any, x_zero: Any = 0, weight_zero: Any = 0
) -> Iterator[Any]:
    """ConvInteger: bytes less their zero points, one for all weights or one for each output channel."""
    zeros = np.asarray(weight_zero, dtype=np.int64).reshape(-1, *(1,) * (weight.ndim - 1))
    yield from run_conv(engine, attributes, x.astype(np.int64) - int(x_zero), weight.astype(np.int64) - zeros)


def run_quantised_conv(engine: Any, attributes: dict[str, Any], *given: Any) -> Iterator[Any]:
    """QLinearConv: the integers' convolution, scaled, rounded half to even, and held within the output's type."""
    x, x_scale, x_zero, weight, weight_scale, weight_zero, y_scale, y_zero, *bias = given
    (sums,) = run_conv_integer(engine, attributes, x, weight, x_zero, weight_zero)
    column = (-1, *(1,) * (x.ndim - 2))
    if bias:
        sums = sums + bias[0].astype(np.int64).reshape(column)
    scale = (x_scale * np.asarray(weight_scale) / y_scale).reshape(column)
    limits = np.iinfo(y_zero.dtype)
    yield np.clip(np.rint(sums * scale) + int(y_zero), limits.min, limits.max).astype(y_zero.dtype)


def run_conv_transpose(engine: Any, attributes: dict[str, Any], x: Any, weight: Any, bias: Any = None) -> Iterator[Any]:
    """ConvTranspose: a wanted output shape is reached by padding, or output padding where that is short."""
    size, axes = x.shape[2:], x.ndim - 2
    moves = movement(attributes, axes)
    extra = list(attributes.get("output_padding", [0] * axes))
    automatic = attributes.get("auto_pad", b"NOTSET")
    wanted = attributes.get("output_shape")
    if automatic in {b"SAME_UPPER", b"SAME_LOWER"}:
        wanted = [n * s for n, s in zip(size, moves["stride"], strict=True)]
    if wanted:
        bare = engine.conv_transpose_shape(x.shape, weight.shape, output_padding=extra, **moves)[2:]
        totals = [have - want for have, want in zip(bare, wanted, strict=True)]
        extra = [e + max(-total, 0) for e, total in zip(extra, totals, strict=True)]
        pads = [split(max(total, 0), extra_first=automatic != b"SAME_UPPER") for total in totals]
    else:
        pads = padding({**attributes, "auto_pad": b"NOTSET"}, axes)
    groups = attributes.get("group", 1)
    yield engine.conv_transpose(x, weight, bias, padding=pads, output_padding=extra, groups=groups, **moves)


def split(total: int, *, extra_first: bool) -> tuple[int, int]:
    """The padding on either side, the odd one first or last."""
    less, more = total // 2, total - total // 2
    return (more, less) if extra_first else (less, more)


def run_deform_conv(
    engine: Any, attributes: dict[str, Any], x: Any, weight: Any, offset: Any, bias: Any = None, mask: Any = None
) -> Iterator[Any]:
    """DeformConv; the engine reads both numbers of groups off the shapes, which have to say the same."""
    axes = x.ndim - 2
    assert x.shape[1] == weight.shape[1] * attributes.get("group", 1)
    assert offset.shape[1] == attributes.get("offset_group", 1) * prod(weight.shape[2:]) * axes
    moves = {**movement(attributes, axes), "padding": padding(attributes, axes)}
    yield engine.deform_conv(x, offset, weight, bias, mask=mask, **moves)


def run_col2im(engine: Any, attributes: dict[str, Any], x: Any, size: Any, kernel: Any) -> Iterator[Any]:
    """Col2Im."""
    pads, moves = padding(attributes, len(size)), movement(attributes, len(size))
    yield engine.fold(x, size.tolist(), kernel.tolist(), padding=pads, **moves)


def window(attributes: dict[str, Any], x: Any) -> dict[str, Any]:
    """The arguments that the pools share."""
    axes = x.ndim - 2
    return {
        "kernel_size": tuple(attributes["kernel_shape"]),
        "padding": padding(attributes, axes),
        "ceil_mode": bool(attributes.get("ceil_mode", 0)),
        **movement(attributes, axes),
    }


def run_max_pool(engine: Any, attributes: dict[str, Any], x: Any) -> Iterator[Any]:
    """MaxPool: ONNX counts indices through the whole tensor, by columns where `storage_order` is 1."""
    values, indices = engine.max_pool(x, **window(attributes, x), return_indices=True)
    yield values
    size = x.shape[2:]
    if attributes.get("storage_order", 0):
        indices = np.ravel_multi_index(np.unravel_index(indices, size), size, order="F")
    yield indices + np.arange(prod(x.shape[:2])).reshape(*x.shape[:2], *(1,) * len(size)) * prod(size)


def run_average_pool(engine: Any, attributes: dict[str, Any], x: Any) -> Iterator[Any]:
    """AveragePool, where padding is left out of the mean by default."""
    counted = bool(attributes.get("count_include_pad", 0))
    yield engine.avg_pool(x, **window(attributes, x), count_include_pad=counted)


def run_lp_pool(engine: Any, attributes: dict[str, Any], x: Any) -> Iterator[Any]:
    """LpPool, by default the Euclidean norm."""
    yield engine.lp_pool(x, attributes.get("p", 2), **window(attributes, x))


def run_max_unpool(engine: Any, attributes: dict[str, Any], x: Any, indices: Any, shape: Any = None) -> Iterator[Any]:
    """MaxUnpool: indices count through the whole pooled tensor; a larger output is filled up with zeros behind."""
    axes = x.ndim - 2
    kernel, strides = attributes["kernel_shape"], attributes.get("strides", [1] * axes)
    pads = attributes.get("pads", [0] * 2 * axes)
    assert pads[:axes] == pads[axes:]
    size = engine.conv_transpose_shape(x.shape, (x.shape[1], 1, *kernel), strides, pads[:axes])[2:]
    small = engine.max_unpool(x, indices % prod(size), tuple(kernel), tuple(strides), tuple(pads[:axes]))
    assert small.shape[2:] == size
    more = [0] * x.ndim if shape is None else [wanted - had for wanted, had in zip(shape, small.shape, strict=True)]
    yield np.pad(small, [(0, extra) for extra in more])


OPERATORS: dict[str, Callable[..., Iterator[Any]]] = {
    "Conv": run_conv,
    "CausalConvWithState": run_causal_conv,
    "ConvInteger": run_conv_integer,
    "QLinearConv": run_quantised_conv,
    "ConvTranspose": run_conv_transpose,
    "DeformConv": run_deform_conv,
    "Col2Im": run_col2im,
    "MaxPool": run_max_pool,
    "AveragePool": run_average_pool,
    "LpPool": run_lp_pool,
    "GlobalAveragePool": lambda engine, _, x: iter([engine.global_avg_pool(x)]),
    "GlobalMaxPool": lambda engine, _, x: iter([engine.global_max_pool(x)]),
    "MaxUnpool": run_max_unpool,
}
