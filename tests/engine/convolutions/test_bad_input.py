"""What makes no convolution: one type of error, begun with the operation, in the words of PyTorch's users."""

from __future__ import annotations

import re
from math import inf, nan
from typing import Any

import numpy as np
import pytest

import grader.engine
from grader.errors import EngineError

X, WEIGHT, GRAD = np.ones((1, 4, 6, 6)), np.ones((4, 2, 3, 3)), np.ones((1, 4, 4, 4))
OFFSET = np.zeros((1, 18, 4, 4))

# Arguments that fit, for every operation; each row of the tables below spoils one of them.
CALLS: dict[str, dict[str, Any]] = {
    "conv": {"x": X, "weight": WEIGHT, "groups": 2},
    "conv_grad_input": {"input_shape": X.shape, "weight": WEIGHT, "grad_output": GRAD, "groups": 2},
    "conv_grad_weight": {"x": X, "weight_shape": WEIGHT.shape, "grad_output": GRAD, "groups": 2},
    "conv_transpose": {"x": GRAD, "weight": WEIGHT, "groups": 2},
    "conv_transpose_grad_input": {"input_shape": GRAD.shape, "weight": WEIGHT, "grad_output": X, "groups": 2},
    "conv_transpose_grad_weight": {"x": GRAD, "weight_shape": WEIGHT.shape, "grad_output": X, "groups": 2},
    "unfold": {"x": X, "kernel_size": 3},
    "fold": {"x": np.ones((1, 36, 16)), "output_size": (6, 6), "kernel_size": 3},
    "deform_conv": {"x": X, "offset": OFFSET, "weight": WEIGHT},
    "deform_conv_grad_input": {"input_shape": X.shape, "offset": OFFSET, "weight": WEIGHT, "grad_output": GRAD},
    "deform_conv_grad_offset": {"x": X, "offset": OFFSET, "weight": WEIGHT, "grad_output": GRAD},
    "deform_conv_grad_mask": {"x": X, "offset": OFFSET, "weight": WEIGHT, "grad_output": GRAD},
    "deform_conv_grad_weight": {"x": X, "offset": OFFSET, "weight_shape": WEIGHT.shape, "grad_output": GRAD},
}

PADDED = [op for op in CALLS if not op.startswith("conv_transpose")]
TRANSPOSED = [op for op in CALLS if op.startswith("conv_transpose")]
BORDERED = ["conv", "conv_grad_input", "conv_grad_weight"]
GROUPED = [*BORDERED, *TRANSPOSED]
WITH_X = [op for op in GROUPED if "x" in CALLS[op]]
WITH_WEIGHT = [op for op in CALLS if "weight" in CALLS[op]]
WITH_GRAD = [op for op in CALLS if "grad_output" in CALLS[op]]

ROWS: list[tuple[list[str], dict[str, Any], str]] = [
    *(
        (list(CALLS), {name: value}, rf"{name} must be an integer, got {re.escape(repr(value))}")
        for name in ("stride", "dilation", "padding")
        for value in (nan, inf, 1.0, True)
    ),
    (GROUPED, {"stride": None}, "stride must be an integer, got None"),
    (list(CALLS), {"stride": 0}, "stride must be at least 1, got 0"),
    (list(CALLS), {"stride": (1, -2)}, "stride must be at least 1, got -2"),
    (list(CALLS), {"stride": (1, nan)}, "stride must be an integer, got nan"),
    (list(CALLS), {"stride": (1, 1, 1)}, r"stride needs an integer for each of 2 spatial axes, got \(1, 1, 1\)"),
    (list(CALLS), {"stride": "2"}, "stride must be an integer, got '2'"),
    (list(CALLS), {"dilation": 0}, "dilation must be at least 1, got 0"),
    (list(CALLS), {"dilation": (2,)}, r"dilation needs an integer for each of 2 spatial axes, got \(2,\)"),
    (list(CALLS), {"padding": -1}, "padding must be at least 0, got -1"),
    (list(CALLS), {"padding": (1, (0, -1))}, "padding must be at least 0, got -1"),
    (list(CALLS), {"padding": ((0, 1, 2), 0)}, r"must be an integer or \(before, after\), got \(0, 1, 2\)"),
    (list(CALLS), {"padding": (1, 1, 1)}, "padding needs an integer or a .* for each of 2 spatial axes"),
    (list(CALLS), {"padding": ((0, inf), 0)}, "padding must be an integer, got inf"),
    (PADDED, {"padding": "reflect"}, "padding must be 'valid', 'same', 'same_lower' or numbers, got 'reflect'"),
    (PADDED, {"dilation": 9}, r"spans \(19, 19\), more than the padded input of size \(6, 6\); .* would be empty"),
    (TRANSPOSED, {"padding": "same"}, "padding must be numbers for a transposed convolution, got 'same'"),
    (TRANSPOSED, {"padding": 5}, r"input of size \(4, 4\) gives output of size \(-4, -4\); it would be empty"),
    (TRANSPOSED, {"output_padding": 1}, r"output_padding must be smaller than stride or dilation, got .*\(1, 1\)"),
    (TRANSPOSED, {"output_padding": nan}, "output_padding must be an integer, got nan"),
    (TRANSPOSED, {"output_size": 9}, r"requested an output size of \(9, 9\), but valid sizes range from \(6, 6\)"),
    (TRANSPOSED, {"output_size": inf}, "output_size must be an integer, got inf"),
    (BORDERED, {"padding_mode": "mirror"}, "padding_mode must be one of zeros, reflect, .*, got 'mirror'"),
    (BORDERED, {"padding_mode": None}, "padding_mode must be one of zeros, reflect, .*, got None"),
    (
        BORDERED,
        {"padding_mode": "reflect", "padding": 6},
        r"padding should be at most 5 for padding_mode='reflect' on input of size \(6, 6\), got padding \(6, 6\)",
    ),
    (BORDERED, {"padding_mode": "circular", "padding": 7}, "padding should be at most 6 for padding_mode='circular'"),
    (GROUPED, {"groups": 0}, "groups must be at least 1, got 0"),
    (GROUPED, {"groups": nan}, "groups must be an integer, got nan"),
    (
        BORDERED,
        {"groups": 3},
        r"weight of shape \(4, 2, 3, 3\) with groups=3 expects input with 6 channels, .* \(1, 4,",
    ),
    (TRANSPOSED, {"groups": 3}, r"in_channels must be divisible by groups, got weight of shape \(4, 2, 3, 3\)"),
    (WITH_X, {"x": X[0, 0]}, r"expects input of rank 4 \(batched\) or 3 \(unbatched\), got input of shape \(6, 6\)"),
    (WITH_X, {"x": X[:, :3]}, r"weight of shape .* expects input with 4 channels, got input of shape \(1, 3, 6, 6\)"),
    (WITH_X, {"x": X[:, :, :0]}, r"would be empty|every spatial size must be at least 1, got \(0, 6\)"),
    (WITH_WEIGHT, {"weight": WEIGHT[0, 0]}, r"weight must have shape \(.*_channels, .*\), got shape \(3, 3\)"),
    (WITH_WEIGHT, {"weight": WEIGHT[:, :0]}, r"every extent of the weight must be at least 1|expects input with 0"),
    (
        WITH_GRAD,
        {"grad_output": np.ones((1, 4, 2, 4))},
        r"grad_output must have shape \(1, .*\), got shape \(1, 4, 2, 4\)",
    ),
    (WITH_X, {"x": [[1, 2], [3]]}, "x is ragged"),
    (WITH_X, {"x": [["one"]]}, "x must hold integers or floats"),
    (WITH_X, {"x": X + 1j}, "x must hold integers or floats within int64's range, got dtype .*complex128"),
    (["conv_grad_input"], {"input_shape": (1, 4, -6, 6)}, "input_shape must be at least 0, got -6"),
    (["conv_grad_input"], {"input_shape": nan}, "input_shape must be a sequence of extents .*, got nan"),
    (["conv_grad_weight"], {"weight_shape": (4, 2, 3)}, "expects input of rank 3"),
    (["unfold", "fold"], {"kernel_size": 7}, r"kernel of size \(7, 7\) .* more than the padded input of size \(6, 6\)"),
    (["unfold", "fold"], {"kernel_size": 0}, "kernel_size must be at least 1, got 0"),
    (["unfold", "fold"], {"kernel_size": nan}, "kernel_size must be an integer, got nan"),
    (["fold"], {"output_size": (6, -6)}, "output_size must be at least 1, got -6"),
    (["conv"], {"many": True, "x": np.ones((2, 1, 4, 6, 6))}, r"same first extent, got shapes \(2, .*\) and \(4, "),
]


@pytest.mark.parametrize(("ops", "change", "message"), ROWS)
def test_what_does_not_fit_is_refused(engine: Any, ops: list[str], change: dict[str, Any], message: str) -> None:
    """The message begins with the operation and holds what was found, the same under every library."""
    for op in ops:
        with pytest.raises(EngineError, match=f"^{op}: .*({message})"):
            getattr(engine, op)(**{**CALLS[op], **change})


@pytest.mark.parametrize("op", CALLS)
def test_what_fits_is_not_refused(op: str) -> None:
    """The arguments that the tables spoil are right by themselves."""
    getattr(grader.engine, op)(**CALLS[op])


@pytest.mark.parametrize("op", [op for op in CALLS if op not in {"unfold", "fold"}])
@pytest.mark.parametrize("library", ["strict", "torch"], indirect=True)
def test_arrays_of_two_libraries_are_refused(library: Any, op: str) -> None:
    """The message names both; nothing is converted in silence."""
    given = dict(CALLS[op])
    first = next(name for name, value in given.items() if isinstance(value, np.ndarray))
    given[first] = library.asarray(given[first])
    with pytest.raises(EngineError, match=rf"^{op}: expected arrays of one library .*, got .* and .*"):
        getattr(grader.engine, op)(**given)


@pytest.mark.parametrize("op", ["conv", "conv_transpose", "deform_conv"])
def test_a_bias_has_an_entry_for_each_output_channel(engine: Any, op: str) -> None:
    """As PyTorch has it."""
    with pytest.raises(EngineError, match=rf"^{op}: bias must have shape \(4,\), got shape \(3,\)"):
        getattr(engine, op)(**CALLS[op], bias=np.ones(3))


@pytest.mark.parametrize("value", [nan, inf, -inf])
def test_numbers_that_are_none_pass_through_the_data(engine: Any, value: float) -> None:
    """They are data there, as in PyTorch: they spoil the places that meet them and no other."""
    x = np.asarray([[[1.0, 2.0, 3.0, 4.0, value]]])
    y = engine.conv(x, np.ones((1, 1, 2)))
    assert y[..., :3].tolist() == [[[3, 5, 7]]]
    np.testing.assert_array_equal(y[..., 3:], [[[value]]])
