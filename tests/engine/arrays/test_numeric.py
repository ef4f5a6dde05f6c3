"""What goes into the engine, and what stays exact."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.engine import (
    avg_pool,
    conv,
    conv_grad_bias,
    conv_grad_input,
    conv_transpose,
    conv_transpose_grad_bias,
    conv_transpose_grad_input,
    conv_transpose_grad_weight,
    fold,
    lp_pool,
    max_pool,
    max_pool_grad,
)
from grader.errors import EngineError

ONES = np.ones((1, 1, 2, 2), dtype=np.int64)


@pytest.mark.parametrize("kind", [bool, np.uint8, np.int8, np.int32, np.uint64, np.int64])
def test_integers_of_any_width_come_out_as_int64(kind: type) -> None:
    """A byte image does not wrap at 256, and True counts as 1."""
    x = np.ones((1, 1, 3, 3), dtype=kind)
    found = conv(x, 200 * ONES)
    assert found.dtype == np.int64
    assert found.tolist() == [[[[800, 800], [800, 800]]]]


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
def test_floats_keep_their_type(kind: type) -> None:
    """No operation widens a float."""
    x, weight = np.ones((1, 1, 4, 4), dtype=kind), np.ones((1, 1, 2, 2), dtype=kind)
    for found in (conv(x, weight), max_pool(x, 2), avg_pool(x, 2), lp_pool(x, 2, 2)):
        assert found.dtype == kind


def test_means_and_norms_of_integers_are_float64() -> None:
    """Divisible or not, so that the type never depends on the values."""
    x = np.full((1, 1, 2, 2), 4)
    assert avg_pool(x, 2).dtype == lp_pool(x, 2, 2).dtype == np.float64
    assert avg_pool(x, 2).tolist() == [[[[4.0]]]]


def test_sums_beyond_double_precision_stay_exact() -> None:
    """2**53 + 1 is not a double, but it is an int64."""
    assert conv([[[2**53, 1]]], [[[1, 1]]]).tolist() == [[[2**53 + 1]]]


@pytest.mark.parametrize(
    "overflow",
    [
        lambda: conv([[[2**62, 2**62]]], [[[1, 1]]]),
        lambda: conv([[[2**62]]], [[[1]]], [2**62]),
        lambda: conv_grad_bias([[[2**62, 2**62]]]),
        lambda: conv_grad_input((1, 1, 1), [[[2**61]]], [[[1] * 5]], padding=2, padding_mode="replicate"),
        lambda: conv_transpose([[[1]]], [[[2**62]]], [2**62]),
        lambda: conv_transpose_grad_input((1, 1, 1), [[[2**62, 2**62]]], [[[1, 1]]]),
        lambda: conv_transpose_grad_weight([[[2**62, 2**62]]], (1, 1, 1), [[[1, 1]]]),
        lambda: conv_transpose_grad_bias([[[2**62, 2**62]]]),
        lambda: fold([[2**62], [2**62]], (2,), 2),
        lambda: max_pool_grad([[[0, 1, 0]]], [[[2**62, 2**62]]], 2, 1),
    ],
)
def test_a_possible_overflow_is_refused(overflow: object) -> None:
    """Integer arithmetic never wraps around in silence."""
    with pytest.raises(EngineError, match=r"may overflow int64 \(bound \d+\)"):
        overflow()  # type: ignore[operator]


@pytest.mark.parametrize(
    ("x", "message"),
    [
        ([[1, 2], [3]], "conv: x is ragged"),
        ([["one", "two"]], "conv: x must hold integers or floats"),
        ([[1j]], "conv: x must hold integers or floats"),
        ([[None]], "conv: x must hold integers or floats"),
        ([[2**70]], "conv: x must hold integers or floats within int64's range"),
        (np.asarray([[2**63]], dtype=np.uint64), "conv: x holds integers beyond int64"),
    ],
)
def test_what_is_not_numeric_is_refused(x: object, message: str) -> None:
    """The message names the argument."""
    with pytest.raises(EngineError, match=message):
        conv(x, ONES)


def test_an_empty_batch_gives_an_empty_batch() -> None:
    """No images in, no images out: the shapes still fit."""
    assert conv(np.zeros((0, 1, 3, 3)), ONES).shape == (0, 1, 2, 2)
    assert conv(np.zeros((0, 1, 3, 3), dtype=int), ONES).shape == (0, 1, 2, 2)


@pytest.mark.parametrize("entry", ["one", None, 2**70, 1j])
def test_lists_beside_arrays_of_any_library_have_to_be_numeric(library: Any, entry: object) -> None:
    """Whatever the library's own error is."""
    with pytest.raises(EngineError, match="conv: x must hold integers or floats within int64's range, got dtype"):
        conv([[entry]], library.asarray(ONES))
    with pytest.raises(EngineError, match="conv: x is ragged; every row must be as long as the first"):
        conv([[1, 2], [3]], library.asarray(ONES))


def test_arrays_of_two_devices_are_refused() -> None:
    """Nothing is carried from one to the other in silence."""
    strict: Any = pytest.importorskip("array_api_strict", reason="needs array-api-strict")
    x, weight = strict.asarray(ONES, device=strict.Device("device1")), strict.asarray(ONES)
    with pytest.raises(EngineError, match=r"conv: expected arrays on one device, got arrays on .*device1.* and .*CPU"):
        conv(x, weight)


def test_a_list_beside_an_array_goes_where_the_array_is(library: Any) -> None:
    """To its library and its device."""
    assert library.numpy(conv([[[1, 2, 3]]], library.asarray([[[1, 1]]]))).tolist() == [[[3, 5]]]


WIDTHS = {"int64": 0, "float16": 1, "float32": 2, "float64": 3}


@pytest.mark.parametrize("one", ["uint8", "int64", "float32", "float64"])
@pytest.mark.parametrize("other", ["bool", "int64", "float32", "float64"])
def test_of_several_types_the_result_has_the_widest(library: Any, one: str, other: str) -> None:
    """Whichever comes first, and in the bias as well; nothing is lost on the way."""
    x, weight = np.full((1, 1, 2), 3).astype(one), np.ones((1, 1, 2)).astype(other)
    expected = max(("int64", one, other), key=lambda kind: WIDTHS.get(kind, 0))
    for first, second in ((x, weight), (weight, x)):
        found = library.numpy(conv(library.asarray(first), library.asarray(second)))
        assert (found.dtype.name, found.tolist()) == (expected, [[[6]]])
    found = library.numpy(conv(*map(library.asarray, (x, x, np.ones(1).astype(other)))))
    assert (found.dtype.name, found.tolist()) == (expected, [[[19]]])


def test_halves_beside_wider_floats() -> None:
    """Under NumPy; the standard has no halves. 1 + 1e-4 is 1 in halves."""
    found = conv(np.ones((1, 1, 2), dtype=np.float16), [[[1e-4, 1.0]]])
    assert (found.dtype.name, found.tolist()) == ("float64", [[[1.0001]]])
