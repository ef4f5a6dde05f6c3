"""Shapes behind a convolution."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from grader import kinds
from grader.answers.values import Shape
from grader.errors import EngineError


@pytest.mark.parametrize(
    ("stated", "shape"),
    [
        (
            {"input": [10, 3, 32, 32], "layout": "NCHW", "out_channels": 64, "kernel_size": 4, "stride": 2},
            (10, 64, 15, 15),
        ),
        ({"input": [48, 64, 10], "layout": "HWC", "out_channels": 20, "kernel_size": 3}, (46, 62, 20)),
        ({"input": [21, 12], "layout": "HW", "kernel_size": [4, 5], "stride": 4}, (5, 2)),
        ({"input": [5, 7], "layout": "CL", "out_channels": 1, "kernel_size": 3, "stride": 2}, (1, 3)),
        ({"input": [8], "layout": "L", "kernel_size": 3, "dilation": 2, "padding": "same"}, (8,)),
        ({"input": [2, 2], "layout": "HW", "kernel_size": 2, "transposed": True}, (3, 3)),
        (
            {"input": [4], "layout": "L", "kernel_size": 3, "stride": 2, "transposed": True, "output_padding": 1},
            (10,),
        ),
    ],
)
def test_by_hand(stated: dict[str, Any], shape: tuple[int, ...], ask: Any) -> None:
    """The layout of the statement is kept, channels or not, batch or not."""
    assert ask("conv-shape", **stated).reference == Shape(shape)


def test_slips(ask: Any) -> None:
    """Each mistake leads to its own shape."""
    layer = {"input": [32, 32, 3], "layout": "HWC", "out_channels": 8, "kernel_size": 5, "stride": 3, "padding": 2}
    assert ask("conv-shape", **layer).slips == {
        "padding-once": Shape((10, 10, 8)),
        "stride-left-out": Shape((32, 32, 8)),
        "channels-kept": Shape((11, 11, 3)),
        "other-axis-order": Shape((8, 11, 11)),
    }


@pytest.mark.parametrize(
    ("layout", "extents", "other"),
    [("NCHW", [2, 3, 9, 7], (2, 9, 7, 3)), ("NHWC", [2, 9, 7, 3], (2, 3, 9, 7)), ("CHW", [3, 9, 7], (9, 7, 3))],
)
def test_the_other_order_of_the_axes(layout: str, extents: list[int], other: tuple[int, ...], ask: Any) -> None:
    """Channels first for channels last, behind the batch."""
    question = ask("conv-shape", input=extents, layout=layout, out_channels=3, kernel_size=1)
    assert question.slips["other-axis-order"] == Shape(other)


def test_the_ordinary_size_is_a_slip_of_the_transposed(ask: Any) -> None:
    """Taking a transposed convolution for an ordinary one is known."""
    layer = ask("conv-shape", input=[4, 4], layout="HW", kernel_size=2, transposed=True)
    assert layer.slips["ordinary-convolution"] == Shape((3, 3))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"layout": "HWX"}, "the layout 'HWX'"),
        ({"layout": "HH"}, "the layout 'HH'"),
        ({"layout": "HWC"}, "2 extents for the layout HWC, expected 3"),
        ({"out_channels": 4}, "expected both with channels"),
        ({"output_padding": 1}, "expected it with transposed"),
        ({"kernel_size": 0}, "greater than or equal to 1"),
        ({"kernel_size": True}, "valid integer"),
        ({"padding": -1}, "greater than or equal to 0"),
    ],
)
def test_bad_givens(change: dict[str, Any], message: str, ask: Any) -> None:
    """What an author gets wrong is said in words."""
    with pytest.raises(ValidationError, match=message):
        ask("conv-shape", **{"input": [5, 5], "layout": "HW", "kernel_size": 2, **change})


def test_a_kernel_that_does_not_fit(ask: Any) -> None:
    """An output that would be empty is an error in the given."""
    with pytest.raises(EngineError, match="the output would be empty"):
        _ = ask("conv-shape", input=[3, 3], layout="HW", kernel_size=4).reference


@settings(deadline=None, max_examples=40)
@given(
    size=st.lists(st.integers(3, 6), min_size=1, max_size=2),
    kernel=st.integers(1, 3),
    stride=st.integers(1, 3),
    padding=st.integers(0, 2),
    transposed=st.booleans(),
)
def test_agrees_with_the_output_itself(
    size: list[int], kernel: int, stride: int, padding: int, transposed: bool
) -> None:
    """The shape is that of the array which the same convolution gives."""
    moved = {"stride": stride, "padding": padding}
    layout = "HW"[: len(size)]
    stated = {"input": size, "layout": layout, "kernel_size": kernel, "transposed": transposed, **moved}
    arrays = {"input": _ones(size), "weight": _ones([kernel] * len(size)), **moved}
    shape, output = kinds.load("conv-shape"), kinds.load("transposed-conv" if transposed else "conv-output")
    try:
        expected = output.reference(output.given.model_validate(arrays))
    except EngineError:
        return
    assert shape.reference(shape.given.model_validate(stated)) == Shape(expected.array.shape)


def _ones(size: list[int]) -> Any:
    return [_ones(size[1:]) for _ in range(size[0])] if size else 1
