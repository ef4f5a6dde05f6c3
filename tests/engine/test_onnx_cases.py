"""The conformance cases of the `onnx` package: every one of the operators that the engine has."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from functools import cache
from math import ceil, prod
from typing import Any

import numpy as np
import pytest

from grader.engine import avg_pool, conv, conv_transpose, lp_pool, max_pool

# Loading takes seconds: with ``--dist loadgroup`` one worker does it for all.
pytestmark = pytest.mark.xdist_group("onnx")

CASES = {
    "Conv": """
        basic_conv_with_padding basic_conv_without_padding conv_with_strides_padding
        conv_with_strides_no_padding conv_with_strides_and_asymmetric_padding conv_with_autopad_same""",
    "ConvInteger": "convinteger_without_padding convinteger_with_padding",
    "ConvTranspose": """
        convtranspose convtranspose_1d convtranspose_3d convtranspose_output_shape convtranspose_pad
        convtranspose_kernel_shape convtranspose_pads convtranspose_dilations convtranspose_autopad_same
        convtranspose_group_2 convtranspose_group_2_image_3""",
    "MaxPool": """
        maxpool_2d_uint8 maxpool_2d_precomputed_pads maxpool_with_argmax_2d_precomputed_pads
        maxpool_2d_precomputed_strides maxpool_with_argmax_2d_precomputed_strides
        maxpool_2d_precomputed_same_upper maxpool_1d_default maxpool_2d_default maxpool_3d_default
        maxpool_2d_same_upper maxpool_2d_same_lower maxpool_2d_pads maxpool_2d_strides maxpool_2d_ceil
        maxpool_2d_ceil_output_size_reduce_by_one maxpool_2d_dilations maxpool_3d_dilations
        maxpool_3d_dilations_use_ref_impl maxpool_3d_dilations_use_ref_impl_large""",
    "AveragePool": """
        averagepool_2d_precomputed_pads averagepool_2d_precomputed_pads_count_include_pad
        averagepool_2d_precomputed_strides averagepool_2d_precomputed_same_upper averagepool_1d_default
        averagepool_2d_default averagepool_3d_default averagepool_2d_same_upper averagepool_2d_same_lower
        averagepool_2d_pads averagepool_2d_pads_count_include_pad averagepool_2d_strides averagepool_2d_ceil
        averagepool_2d_ceil_last_window_starts_on_pad averagepool_2d_dilations averagepool_3d_dilations_small
        averagepool_3d_dilations_large_count_include_pad_is_0_ceil_mode_is_True
        averagepool_3d_dilations_large_count_include_pad_is_0_ceil_mode_is_False
        averagepool_3d_dilations_large_count_include_pad_is_1_ceil_mode_is_True
        averagepool_3d_dilations_large_count_include_pad_is_1_ceil_mode_is_False""",
    "LpPool": """
        lppool_1d_default lppool_2d_default lppool_3d_default lppool_2d_same_upper lppool_2d_same_lower
        lppool_2d_pads lppool_2d_strides lppool_2d_dilations""",
    "GlobalAveragePool": "globalaveragepool globalaveragepool_precomputed",
    "GlobalMaxPool": "globalmaxpool globalmaxpool_precomputed",
}

EXPECTED = {operator: len(names.split()) for operator, names in CASES.items()}

EXCLUDED = {
    "DeformConv": "the engine has no deformable convolution",
    "QLinearConv": "the engine has no quantised arithmetic",
    "MaxUnpool": "the engine has no unpooling",
    "Col2Im": "the engine has no col2im",
    "CausalConvWithState": "a convolution that carries state from call to call, which the engine has not; "
    "its expanded form is a graph of a dozen operators around one Conv",
}


@cache
def node_cases() -> dict[str, Any]:
    """All node cases of the installed package, by name."""
    from onnx.backend.test.loader import load_model_tests

    with warnings.catch_warnings():
        # Casts and logarithms overflow on purpose while the package makes its cases.
        warnings.simplefilter("ignore", RuntimeWarning)
        return {case.name: case for case in load_model_tests(kind="node")}


def operators(case: Any) -> set[str]:
    """The operators of a case's graph."""
    return {node.op_type for node in case.model.graph.node}


@pytest.mark.parametrize("name", " ".join(CASES.values()).split())
def test_case(name: str) -> None:
    """The engine's outputs are the case's, within the case's tolerance."""
    check(node_cases()[f"test_{name}"])


def test_no_case_of_these_operators_is_missing_or_fails() -> None:
    """By operator: at least the cases listed were found, newer ones included all pass."""
    passed = dict.fromkeys(CASES, 0)
    failed = []
    for case in node_cases().values():
        if len(case.model.graph.node) == 1 and (operator := case.model.graph.node[0].op_type) in passed:
            try:
                check(case)
                passed[operator] += 1
            except AssertionError:
                failed.append(case.name)
    assert failed == []
    assert {operator: min(passed[operator], EXPECTED[operator]) for operator in CASES} == EXPECTED, passed


def test_every_other_convolution_or_pooling_is_excluded_by_name() -> None:
    """Nothing of the engine's field is left out without a reason."""
    single = {operator for case in node_cases().values() for operator in operators(case) - set(CASES)}
    field = {operator for operator in single if any(word in operator for word in ("Conv", "Pool", "Unpool", "Col2Im"))}
    assert field <= set(EXCLUDED)
    graphs = [case for case in node_cases().values() if len(case.model.graph.node) > 1 and operators(case) & set(CASES)]
    assert {case.name for case in graphs if not case.name.startswith("test_causal_conv_with_state")} == set()


def check(case: Any) -> None:
    """Runs a case of one node, and compares every output."""
    from onnx.helper import get_attribute_value

    (node,) = case.model.graph.node
    attributes = {attribute.name: get_attribute_value(attribute) for attribute in node.attribute}
    for inputs, outputs in case.data_sets:
        given = dict(zip([name for name in node.input if name], inputs, strict=True))
        arrays = [given.get(name) for name in node.input]
        found = list(OPERATORS[node.op_type](attributes, *arrays))
        for ours, expected in zip(found[: len(outputs)], outputs, strict=True):
            assert ours.shape == expected.shape
            np.testing.assert_allclose(ours, expected, rtol=case.rtol, atol=case.atol)


def pairs(attributes: dict[str, Any], size: tuple[int, ...], kernel: tuple[int, ...]) -> list[tuple[int, int]]:
    """ONNX's `pads` (all befores, then all afters) or `auto_pad`, as (before, after) for each axis."""
    axes = len(size)
    automatic = attributes.get("auto_pad", b"NOTSET")
    if automatic in {b"NOTSET", b"VALID"}:
        pads = attributes.get("pads", [0] * 2 * axes)
        return list(zip(pads[:axes], pads[axes:], strict=True))
    strides = attributes.get("strides", [1] * axes)
    totals = ((ceil(n / s) - 1) * s + k - n for n, s, k in zip(size, strides, kernel, strict=True))
    return [split(max(total, 0), extra_first=automatic == b"SAME_LOWER") for total in totals]


def split(total: int, *, extra_first: bool) -> tuple[int, int]:
    """The padding on either side, the odd one first or last."""
    less, more = total // 2, total - total // 2
    return (more, less) if extra_first else (less, more)


def movement(attributes: dict[str, Any], axes: int) -> dict[str, Any]:
    """Stride and dilation."""
    return {
        "stride": tuple(attributes.get("strides", [1] * axes)),
        "dilation": tuple(attributes.get("dilations", [1] * axes)),
    }


def run_conv(attributes: dict[str, Any], x: Any, weight: Any, bias: Any = None) -> Iterator[Any]:
    """Conv."""
    padding = pairs(attributes, x.shape[2:], weight.shape[2:])
    moves = movement(attributes, x.ndim - 2)
    yield conv(x, weight, bias, padding=padding, groups=attributes.get("group", 1), **moves)


def run_conv_integer(
    attributes: dict[str, Any], x: Any, weight: Any, x_zero: Any = 0, weight_zero: Any = 0
) -> Iterator[Any]:
    """ConvInteger: bytes less their zero points, one for all weights or one for each output channel."""
    zeros = np.asarray(weight_zero, dtype=np.int64).reshape(-1, *(1,) * (weight.ndim - 1))
    yield from run_conv(attributes, x.astype(np.int64) - int(x_zero), weight.astype(np.int64) - zeros)


def run_conv_transpose(attributes: dict[str, Any], x: Any, weight: Any, bias: Any = None) -> Iterator[Any]:
    """ConvTranspose: a wanted output shape is reached by padding, or output padding where that is short."""
    axes = x.ndim - 2
    moves = movement(attributes, axes)
    extra = list(attributes.get("output_padding", [0] * axes))
    padding = pairs({**attributes, "auto_pad": b"NOTSET"}, x.shape[2:], weight.shape[2:])
    automatic = attributes.get("auto_pad", b"NOTSET")
    wanted = attributes.get("output_shape")
    if automatic != b"NOTSET":
        wanted = [n * s for n, s in zip(x.shape[2:], moves["stride"], strict=True)]
    if wanted:
        for axis, (n, s, k) in enumerate(zip(x.shape[2:], moves["stride"], weight.shape[2:], strict=True)):
            total = (n - 1) * s + k + extra[axis] - wanted[axis]
            extra[axis] += max(-total, 0)
            padding[axis] = split(max(total, 0), extra_first=automatic != b"SAME_UPPER")
    groups = attributes.get("group", 1)
    yield conv_transpose(x, weight, bias, padding=padding, output_padding=extra, groups=groups, **moves)


def window(attributes: dict[str, Any], x: Any) -> dict[str, Any]:
    """The arguments that the pools share."""
    axes, kernel = x.ndim - 2, tuple(attributes["kernel_shape"])
    return {
        "kernel_size": kernel,
        "padding": pairs(attributes, x.shape[2:], kernel),
        "ceil_mode": bool(attributes.get("ceil_mode", 0)),
        **movement(attributes, axes),
    }


def run_max_pool(attributes: dict[str, Any], x: Any) -> Iterator[Any]:
    """MaxPool: ONNX counts indices through the whole tensor, by columns where `storage_order` is 1."""
    values, indices = max_pool(x, **window(attributes, x), return_indices=True)
    yield values
    size = x.shape[2:]
    if attributes.get("storage_order", 0):
        indices = np.ravel_multi_index(np.unravel_index(indices, size), size, order="F")
    yield indices + np.arange(prod(x.shape[:2])).reshape(*x.shape[:2], *(1,) * len(size)) * prod(size)


def run_average_pool(attributes: dict[str, Any], x: Any) -> Iterator[Any]:
    """AveragePool, where padding is left out of the mean by default."""
    yield avg_pool(x, **window(attributes, x), count_include_pad=bool(attributes.get("count_include_pad", 0)))


def run_lp_pool(attributes: dict[str, Any], x: Any) -> Iterator[Any]:
    """LpPool, by default the Euclidean norm."""
    yield lp_pool(x, attributes.get("p", 2), **window(attributes, x))


OPERATORS: dict[str, Callable[..., Iterator[Any]]] = {
    "Conv": run_conv,
    "ConvInteger": run_conv_integer,
    "ConvTranspose": run_conv_transpose,
    "MaxPool": run_max_pool,
    "AveragePool": run_average_pool,
    "LpPool": run_lp_pool,
    "GlobalAveragePool": lambda _, x: iter([avg_pool(x, x.shape[2:])]),
    "GlobalMaxPool": lambda _, x: iter([max_pool(x, x.shape[2:])]),
}
