"""Receptive fields of chains known from the literature, and against which inputs really matter."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engine import KernelLayer, ReceptiveField, TransposedLayer, conv, receptive_field, receptive_fields
from grader.errors import EngineError


def test_two_small_kernels_see_as_much_as_a_large_one() -> None:
    """Two 3x3 layers see 5x5, and three see 7x7."""
    assert [field.size for field in receptive_fields([KernelLayer(3)] * 3)] == [3, 5, 7]


def test_dilation_widens() -> None:
    """Dilations 1 then 2: 3, then 7."""
    assert receptive_field([KernelLayer(3), KernelLayer(3, dilation=2)]).size == 7


def test_pooling_doubles_the_jump() -> None:
    """After a pooling of stride 2 every further layer adds twice as much."""
    layers = [KernelLayer(3, padding=1), KernelLayer(2, stride=2), KernelLayer(3, padding=1)]
    assert receptive_fields(layers) == (
        ReceptiveField(size=3, jump=1, start=-1),
        ReceptiveField(size=4, jump=2, start=-1),
        ReceptiveField(size=8, jump=2, start=-3),
    )


def test_alexnet() -> None:
    """195 with an effective stride of 32 and padding of 64 after the last pooling, in the article's table."""
    layers = [
        KernelLayer(11, stride=4),
        KernelLayer(3, stride=2),
        KernelLayer(5, padding=2),
        KernelLayer(3, stride=2),
        *[KernelLayer(3, padding=1)] * 3,
        KernelLayer(3, stride=2),
    ]
    assert receptive_field(layers) == ReceptiveField(size=195, jump=32, start=-64)


def test_the_input_sees_itself() -> None:
    """No layers, one position."""
    assert receptive_field([]) == ReceptiveField(size=1, jump=1, start=0)
    assert receptive_fields([]) == ()


def test_region_and_center() -> None:
    """Where the third output entry looks, and the middle of what the first one sees."""
    field = receptive_field([KernelLayer(4, stride=2, padding=(1, 0))])
    assert field.region(2) == (3, 6)
    assert field.center == 0.5


layer = st.builds(
    KernelLayer,
    kernel_size=st.integers(1, 3),
    stride=st.integers(1, 2),
    padding=st.integers(0, 2),
    dilation=st.integers(1, 2),
)


@given(st.lists(layer, min_size=1, max_size=3))
@settings(deadline=None, max_examples=40)
def test_the_ends_of_the_region_are_the_first_and_last_inputs_that_matter(layers: list[KernelLayer]) -> None:
    """An output entry whose region lies inside the input changes with both ends of it and nothing beyond."""
    field = receptive_field(layers)
    index = -(field.start // field.jump) + 1
    first, last = field.region(index)
    changes = []
    for position in range(first - 1, last + 2):
        x = np.zeros((1, last + 40), dtype=int)
        x[0, position] = 1
        for one in layers:
            ones = np.ones((1, 1, one.kernel_size), dtype=int)
            x = conv(x, ones, stride=one.stride, padding=one.padding, dilation=one.dilation)
        changes.append(bool(x[0, index]))
    assert changes[:2] == [False, True]
    assert changes[-2:] == [True, False]


@pytest.mark.parametrize(
    "wrong", [{"kernel_size": 0}, {"kernel_size": 3, "stride": 0}, {"kernel_size": 3, "padding": -1}]
)
def test_a_layer_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    """At once, not when the chain is followed."""
    with pytest.raises(EngineError, match="receptive_fields: "):
        KernelLayer(**wrong)


def test_a_transposed_convolution_is_no_link_of_a_chain() -> None:
    """It has no one size; networks know how to say that."""
    with pytest.raises(EngineError, match=r"receptive_fields: behind TransposedLayer.*use graph_receptive_fields"):
        receptive_field([TransposedLayer(2, 2)])  # type: ignore[list-item]
