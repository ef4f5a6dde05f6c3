"""Every layer and every gradient: against central differences, in every array library, against PyTorch.

Each row of `LAYERS` is a `Layer` of this folder's conftest.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import pytest

from grader import engine

Row: TypeAlias = tuple[Any, ...]
RNG = np.random.default_rng(0)


def normal(*shape: int) -> np.ndarray:
    """Normally distributed entries."""
    return RNG.normal(size=shape)


def apart(*shape: int) -> np.ndarray:
    """Entries around 0 and beyond 6, none of them near a whole number, where activations bend."""
    return RNG.integers(-8, 9, shape) + RNG.uniform(0.2, 0.8, shape)


def positive(*shape: int) -> np.ndarray:
    """Entries away from 0, as variances are."""
    return RNG.uniform(0.5, 2, shape)


def activation(name: str, **options: Any) -> Row:
    """An activation whose names here and there are the same."""
    return (
        f"{name} {options}" if options else name,
        {"x": apart(3, 4, 2)},
        lambda x: getattr(engine, name)(x, **options),
        {"x": lambda g, x: getattr(engine, f"{name}_grad")(x, g, **options)},
        lambda F, x: getattr(F, name)(x, **options),
    )


def hardsigmoid() -> Row:
    """PyTorch multiplies its gradient by a sixth in single precision."""
    return (*activation("hardsigmoid"), {}, 1e-7)


def threshold() -> Row:
    """The one whose gradient does not need all of its options."""
    return (
        "threshold",
        {"x": apart(3, 4, 2)},
        lambda x: engine.threshold(x, 1.0, -7.0),
        {"x": lambda g, x: engine.threshold_grad(x, g, 1.0)},
        lambda F, x: F.threshold(x, 1.0, -7.0),
    )


def prelu(slopes: int) -> Row:
    """A slope for each channel, or one."""
    return (
        f"prelu with {slopes}",
        {"x": apart(3, 4, 2), "weight": normal(slopes)},
        engine.prelu,
        {
            "x": lambda g, x, weight: engine.prelu_grad_input(x, weight, g),
            "weight": lambda g, x, weight: engine.prelu_grad_weight(x, g, each_channel=weight.shape[0] > 1),
        },
        lambda F, x, weight: F.prelu(x, weight),
    )


def linear(*lead: int) -> Row:
    """With any axes before the features."""
    return (
        f"linear {lead}",
        {"x": normal(*lead, 3), "weight": normal(2, 3), "bias": normal(2)},
        engine.linear,
        {
            "x": lambda g, x, weight, **_: engine.linear_grad_input(x.shape, weight, g),
            "weight": lambda g, x, **_: engine.linear_grad_weight(x, g),
            "bias": lambda g, **_: engine.linear_grad_bias(g),
        },
        lambda F, x, weight, bias: F.linear(x, weight, bias),
    )


def norm(name: str, shape: tuple[int, ...], weight: tuple[int, ...], *options: Any, **more: Any) -> Row:
    """A normalisation that measures its input; `options` come before the weight."""

    def call(suffix: str) -> Callable[..., Any]:
        return getattr(engine, name + suffix)  # type: ignore[no-any-return]

    return (
        f"{name} {options} {more} of {shape}",
        {"x": normal(*shape), "weight": normal(*weight), "bias": normal(*weight)},
        lambda x, weight, bias: call("")(x, *options, weight=weight, bias=bias, **more),
        {
            "x": lambda g, x, weight, **_: call("_grad_input")(x, g, *options, weight=weight, **more),
            "weight": lambda g, x, **_: call("_grad_weight")(x, g, *options, **more),
            "bias": lambda g, **_: call("_grad_bias")(g, *(options if name == "layer_norm" else ())),
        },
        lambda F, x, weight, bias: getattr(F, name)(
            x, *options, *((None, None) if name == "batch_norm" else ()), weight=weight, bias=bias, **more
        ),
    )


def batch_norm_with_given_statistics() -> Row:
    """As it is after training."""
    return (
        "batch_norm in inference",
        {"x": normal(3, 4, 2), "weight": normal(4), "bias": normal(4)},
        engine.batch_norm,
        {
            "x": lambda g, bias, **given: engine.batch_norm_grad_input(grad_output=g, **given),  # noqa: ARG005
            "weight": lambda g, weight, bias, **given: engine.batch_norm_grad_weight(grad_output=g, **given),  # noqa: ARG005
            "bias": lambda g, **_: engine.batch_norm_grad_bias(g),
        },
        lambda F, x, **given: F.batch_norm(x, **given),
        {"running_mean": normal(4), "running_var": positive(4)},
    )


LAYERS = [
    linear(),
    linear(5),
    linear(2, 1, 3),
    norm("batch_norm", (3, 4), (4,), training=True),
    norm("batch_norm", (2, 3, 2, 4), (3,), training=True, eps=0.1),
    batch_norm_with_given_statistics(),
    norm("group_norm", (2, 4, 3), (4,), 2),
    norm("group_norm", (2, 3, 2, 2), (3,), 1),
    norm("instance_norm", (2, 3, 5), (3,), eps=0.1),
    norm("instance_norm", (2, 3, 2, 1, 2), (3,)),
    norm("layer_norm", (3, 4), (4,), (4,)),
    norm("layer_norm", (2, 1, 2, 3), (2, 3), (2, 3)),
    *(activation("local_response_norm", size=size, alpha=0.3, beta=0.6, k=2.0) for size in (1, 2, 3, 7)),
    activation("relu"),
    activation("relu6"),
    activation("leaky_relu"),
    activation("leaky_relu", negative_slope=-0.5),
    prelu(1),
    prelu(4),
    threshold(),
    activation("hardtanh"),
    activation("hardtanh", min_val=-2.5, max_val=4.0),
    hardsigmoid(),
    activation("hardswish"),
    activation("sigmoid"),
    activation("logsigmoid"),
    activation("tanh"),
    activation("softsign"),
    activation("elu"),
    activation("elu", alpha=0.3),
    activation("selu"),
    activation("celu"),
    activation("celu", alpha=2.5),
    activation("softplus", beta=0.7),
    activation("silu"),
    activation("mish"),
    activation("gelu"),
    activation("gelu", approximate="tanh"),
    *(activation("softmax", dim=dim) for dim in (0, 1, -1)),
    *(activation("log_softmax", dim=dim) for dim in (0, 1, -1)),
]


def test_gradients_against_central_differences(layer: Any) -> None:
    """One entry of one input at a time."""
    layer.agrees_with_differences()


def test_every_library_gives_the_same(layer: Any, library: Any) -> None:
    """The output and all gradients; a result stays in its library."""
    layer.agrees_with_numpy(library)


@pytest.mark.parametrize("kind", [np.float32, np.float16])
def test_floats_keep_their_type(layer: Any, kind: type) -> None:
    """Nothing is widened or narrowed, neither forward nor back."""
    layer.keeps(kind)


@pytest.mark.oracle
def test_values_and_gradients_are_pytorchs(layer: Any) -> None:
    """In double precision."""
    layer.agrees_with_torch(pytest.importorskip("torch", reason="needs the `oracle` extra"))
