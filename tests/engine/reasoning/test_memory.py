"""Memory of activations and parameters."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.engine import ActivationMemory, activation_memory, parameter_memory
from grader.errors import EngineError


def test_the_activations_of_a_chain() -> None:
    """An RGB image, ten channels, pooled to a quarter."""
    found = activation_memory([(3, 32, 32), (10, 32, 32), (10, 16, 16)])
    assert found == ActivationMemory(entries=3_072 + 10_240 + 2_560, peak=13_312, itemsize=4)
    assert found.forward_bytes == 4 * 15_872
    assert found.inference_bytes == 4 * 13_312
    assert found.training_bytes == 8 * 15_872


def test_an_input_alone() -> None:
    """Half precision takes half."""
    assert activation_memory([(8, 3, 4)], "float16").inference_bytes == 192


def test_parameters_with_what_an_optimizer_keeps() -> None:
    """Adam: the weight, its gradient, two moments."""
    assert parameter_memory(1_000) == 4_000
    assert parameter_memory(1_000, gradients=True, states=2) == 16_000
    assert parameter_memory(1_000, "int8") == 1_000


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: activation_memory([]), "activation_memory: shapes must hold at least the input's, got none"),
        (lambda: activation_memory([(3, -1)]), "activation_memory: shapes must be at least 0, got -1"),
        (lambda: activation_memory([(3,)], "float"), "dtype must be one of float64, .*, got 'float'"),
        (lambda: parameter_memory(-1), "parameter_memory: parameters must be at least 0, got -1"),
    ],
)
def test_what_takes_no_memory_is_refused(call: Callable[[], object], message: str) -> None:
    """Each message says what was found."""
    with pytest.raises(EngineError, match=message):
        call()
