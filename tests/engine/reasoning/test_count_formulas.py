"""Counts as formulas against counts as numbers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine import (
    as_text,
    conv_multiplications,
    conv_multiplications_formula,
    conv_parameters,
    conv_parameters_formula,
    conv_size,
    conv_size_formula,
    linear_parameters_formula,
    symbol,
)
from grader.errors import EngineError

C, F, K, W, S, G = (symbol(name) for name in "CFKWSG")


def test_what_the_homework_asks_for() -> None:
    """F filters of size K x K on C channels, with biases."""
    assert as_text(conv_parameters_formula(C, F, (K, K))) == "C*F*K^2 + F"
    assert as_text(conv_parameters_formula(C, C, (K, K), groups=C)) == "C*K^2 + C"
    assert as_text(linear_parameters_formula(symbol("n"), 10)) == "10*n + 10"
    assert as_text(linear_parameters_formula(C, F, bias=False)) == "C*F"


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 3), st.integers(3, 9), st.integers(1, 3), st.integers(1, 3))
@settings(deadline=None, max_examples=50)
def test_numbers_put_in(channels: int, filters: int, kernel: int, size: int, stride: int, groups: int) -> None:
    """A convolution along one axis, all of it named."""
    channels, filters = channels * groups, filters * groups
    names = {"C": channels, "F": filters, "K": kernel, "W": size, "S": stride, "G": groups}
    places = conv_size_formula(W, K, S)
    assert places.value(names) == conv_size(size, kernel, stride)
    found = conv_multiplications_formula(C, F, (K,), (places,), G).value(names)
    assert found == conv_multiplications((channels, size), (filters, channels // groups, kernel), stride, groups=groups)
    assert conv_parameters_formula(C, F, (K,), G).value(names) == conv_parameters(channels, filters, (kernel,), groups)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: conv_parameters_formula(0, F, (K,)), "conv_parameters_formula: in_channels must be at least 1, got 0"),
        (lambda: conv_parameters_formula(C, F, ()), "conv_parameters_formula: kernel_size needs one size for each"),
        (lambda: conv_multiplications_formula(C, F, (K, K), (W,)), "needs an extent for each of 2 axes, got 1"),
    ],
)
def test_what_cannot_be_counted_is_refused(call: Callable[[], object], message: str) -> None:
    """As the numbers refuse it."""
    with pytest.raises(EngineError, match=message):
        call()
