"""Every layer and every gradient: against central differences, in every array library, against PyTorch.

One row of `LAYERS` says what a layer takes, what it is called with us and with PyTorch, and where its gradients are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest

from grader import engine

STEP = 1e-6
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


def upstream(y: np.ndarray) -> np.ndarray:
    """A gradient that flows back to an output like `y`."""
    return np.asarray(np.random.default_rng(1).normal(size=y.shape))


@dataclass(frozen=True)
class Layer:
    """A layer, called with its inputs by name."""

    name: str
    inputs: dict[str, np.ndarray]
    forward: Callable[..., Any]
    gradients: dict[str, Callable[..., Any]]
    """For an input's name the gradient to it, called with dL/dy and all inputs."""
    theirs: Callable[..., Any]
    """The same in ``torch.nn.functional``, which comes first, or in PyTorch's arithmetic."""
    constant: dict[str, Any] = field(default_factory=dict)
    """Inputs without a gradient: classes, masks."""
    tolerance: float = 1e-10
    """How far PyTorch may be away, relatively."""

    def __call__(self, **inputs: Any) -> Any:
        """The output."""
        return self.forward(**{**self.constant, **inputs})


def activation(name: str, **options: Any) -> Layer:
    """An activation whose names here and there are the same."""
    return Layer(
        f"{name} {options}" if options else name,
        {"x": apart(3, 4, 2)},
        lambda x: getattr(engine, name)(x, **options),
        {"x": lambda g, x: getattr(engine, f"{name}_grad")(x, g, **options)},
        lambda F, x: getattr(F, name)(x, **options),
    )


def hardsigmoid() -> Layer:
    """PyTorch multiplies its gradient by a sixth in single precision."""
    return replace(activation("hardsigmoid"), tolerance=1e-7)


def threshold() -> Layer:
    """The one whose gradient does not need all of its options."""
    return Layer(
        "threshold",
        {"x": apart(3, 4, 2)},
        lambda x: engine.threshold(x, 1.0, -7.0),
        {"x": lambda g, x: engine.threshold_grad(x, g, 1.0)},
        lambda F, x: F.threshold(x, 1.0, -7.0),
    )


def prelu(slopes: int) -> Layer:
    """A slope for each channel, or one."""
    return Layer(
        f"prelu with {slopes}",
        {"x": apart(3, 4, 2), "weight": normal(slopes)},
        engine.prelu,
        {
            "x": lambda g, x, weight: engine.prelu_grad_input(x, weight, g),
            "weight": lambda g, x, weight: engine.prelu_grad_weight(x, g, each_channel=weight.shape[0] > 1),
        },
        lambda F, x, weight: F.prelu(x, weight),
    )


def linear(*lead: int) -> Layer:
    """With any axes before the features."""
    return Layer(
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


def norm(name: str, shape: tuple[int, ...], weight: tuple[int, ...], *options: Any, **more: Any) -> Layer:
    """A normalisation that measures its input; `options` come before the weight."""

    def call(suffix: str) -> Callable[..., Any]:
        return getattr(engine, name + suffix)  # type: ignore[no-any-return]

    return Layer(
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


def batch_norm_with_given_statistics() -> Layer:
    """As it is after training."""
    return Layer(
        "batch_norm in inference",
        {"x": normal(3, 4, 2), "weight": normal(4), "bias": normal(4)},
        engine.batch_norm,
        {
            "x": lambda g, bias, **given: engine.batch_norm_grad_input(grad_output=g, **given),  # noqa: ARG005
            "weight": lambda g, weight, bias, **given: engine.batch_norm_grad_weight(grad_output=g, **given),  # noqa: ARG005
            "bias": lambda g, **_: engine.batch_norm_grad_bias(g),
        },
        lambda F, x, **given: F.batch_norm(x, **given),
        constant={"running_mean": normal(4), "running_var": positive(4)},
    )


def difference(name: str, reduction: str, **options: Any) -> Layer:
    """A loss of the difference: to the target it is the gradient to x with its sign turned."""

    def back(g: Any, x: Any, target: Any) -> Any:
        return getattr(engine, f"{name}_grad")(x, target, g, reduction=reduction, **options)

    return Layer(
        f"{name} {reduction} {options}",
        {"x": 2 * normal(3, 4), "target": normal(3, 4)},
        lambda x, target: getattr(engine, name)(x, target, reduction=reduction, **options),
        {"x": back, "target": lambda g, x, target: -back(g, x, target)},
        lambda F, x, target: getattr(F, name)(x, target, reduction=reduction, **options),
    )


def of_classes(name: str, *lead_and_size: int, indices: list[Any], weighted: bool, **options: Any) -> Layer:
    """A loss of three classes with indices as targets."""
    lead, *size = lead_and_size
    given: dict[str, Any] = {"target": np.asarray(indices)} | ({"weight": positive(3)} if weighted else {})
    gradient = f"{name}_grad_input" if name == "cross_entropy" else f"{name}_grad"
    return Layer(
        f"{name} {(lead, 3, *size)} {weighted=} {options}",
        {"x": 2 * normal(lead, 3, *size)},
        lambda x, target, weight=None: getattr(engine, name)(x, target, weight, **options),
        {
            "x": lambda g, x, target, weight=None: getattr(engine, gradient)(x, target, g, weight, **options),
        },
        lambda F, x, target, weight=None: getattr(F, name)(x, target, weight=weight, **options),
        constant=given,
    )


def of_shares(weighted: bool, **options: Any) -> Layer:
    """The cross-entropy of shares for each class."""
    return Layer(
        f"cross_entropy of shares {weighted=} {options}",
        {"x": normal(2, 3, 4), "target": positive(2, 3, 4)},
        lambda x, target, weight=None: engine.cross_entropy(x, target, weight, **options),
        {
            "x": lambda g, x, target, weight=None: engine.cross_entropy_grad_input(x, target, g, weight, **options),
            "target": lambda g, x, target, weight=None: engine.cross_entropy_grad_target(
                x, target, g, weight, **options
            ),
        },
        lambda F, x, target, weight=None: F.cross_entropy(x, target, weight, **options),
        constant={"weight": positive(3)} if weighted else {},
    )


def both_ways(name: str, x: np.ndarray, target: np.ndarray, constant: dict[str, np.ndarray], **options: Any) -> Layer:
    """A loss with a gradient to x and another to the target."""

    def back(to: str) -> Callable[..., Any]:
        gradient = getattr(engine, f"{name}_grad_{to}")
        return lambda g, x, target, **given: gradient(x, target, g, **given, **options)

    return Layer(
        f"{name} {sorted(constant)} {options}",
        {"x": x, "target": target},
        lambda **given: getattr(engine, name)(**given, **options),
        {"x": back("input"), "target": back("target")},
        lambda F, x, target, **given: getattr(F, name)(x, target, **given, **options),
        constant,
    )


def hinge(reduction: str) -> Layer:
    """Which PyTorch has by another name and with another sign."""
    return Layer(
        f"hinge_loss {reduction}",
        {"x": apart(3, 4)},
        lambda x, target: engine.hinge_loss(x, target, margin=0.9, reduction=reduction),
        {"x": lambda g, x, target: engine.hinge_loss_grad(x, target, g, margin=0.9, reduction=reduction)},
        lambda _, x, target: getattr((0.9 - target * x).clamp(min=0), {"none": "clone"}.get(reduction, reduction))(),
        constant={"target": RNG.choice([-1.0, 1.0], (3, 4))},
    )


def dropout(*mask: int) -> Layer:
    """By single entries, or by whole channels."""
    return Layer(
        f"dropout {mask}",
        {"x": normal(2, 3, 4)},
        lambda x, mask: engine.dropout(x, mask, 0.3),
        {"x": lambda g, x, mask: engine.dropout_grad(x, g, mask, 0.3)},
        lambda _, x, mask: x * mask / 0.7,
        constant={"mask": RNG.integers(0, 2, mask)},
    )


REDUCTIONS = ("none", "mean", "sum")
PLACES = [[0, 1], [2, 2], [-100, 0], [1, -100]]
SHARES = RNG.uniform(0.1, 0.9, (3, 4))

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
    *(difference(name, reduction) for name in ("mse_loss", "l1_loss") for reduction in REDUCTIONS),
    *(difference("smooth_l1_loss", reduction, beta=0.7) for reduction in REDUCTIONS),
    difference("smooth_l1_loss", "mean", beta=0),
    *(difference("huber_loss", reduction, delta=0.7) for reduction in REDUCTIONS),
    *(
        of_classes("cross_entropy", 4, 2, indices=PLACES, weighted=weighted, reduction=how, label_smoothing=smooth)
        for weighted in (False, True)
        for how in REDUCTIONS
        for smooth in (0.0, 0.2)
    ),
    of_classes("cross_entropy", 2, indices=[2, 0], weighted=True, ignore_index=0),
    *(
        of_classes("nll_loss", 4, 2, indices=PLACES, weighted=weighted, reduction=how)
        for weighted in (False, True)
        for how in REDUCTIONS
    ),
    of_classes("nll_loss", 2, 1, 2, indices=[[[2, 0]], [[1, 1]]], weighted=True, ignore_index=1),
    *(
        of_shares(weighted, reduction=how, label_smoothing=smooth)
        for weighted in (False, True)
        for how, smooth in zip(REDUCTIONS, (0.0, 0.2, 1.0), strict=True)
    ),
    *(
        of_classes("multi_margin_loss", 3, indices=[0, 2, 1], weighted=weighted, reduction=how, p=p, margin=0.8)
        for weighted in (False, True)
        for how, p in zip(REDUCTIONS, (1, 2, 1), strict=True)
    ),
    *(both_ways("binary_cross_entropy", SHARES, 1 - SHARES**2, {}, reduction=how) for how in REDUCTIONS),
    both_ways("binary_cross_entropy", SHARES, SHARES**2, {"weight": positive(4)}),
    *(both_ways("binary_cross_entropy_with_logits", apart(3, 4), SHARES, {}, reduction=how) for how in REDUCTIONS),
    both_ways(
        "binary_cross_entropy_with_logits",
        apart(3, 4),
        SHARES,
        {"weight": positive(3, 1), "pos_weight": positive(4)},
    ),
    *(
        both_ways("kl_div", np.log(SHARES), SHARES[::-1] ** 2, {}, reduction=how)
        for how in ("none", "batchmean", "sum")
    ),
    both_ways("kl_div", np.log(SHARES), normal(3, 4), {}, log_target=True, reduction="batchmean"),
    *(hinge(reduction) for reduction in REDUCTIONS),
    dropout(2, 3, 4),
    dropout(2, 3, 1),
]

each = pytest.mark.parametrize("layer", [pytest.param(layer, id=layer.name) for layer in LAYERS])


@each
def test_gradients_against_central_differences(layer: Layer) -> None:
    """One entry of one input at a time."""
    grad_output = upstream(layer(**layer.inputs))
    for name, gradient in layer.gradients.items():
        found, at = gradient(grad_output, **layer.constant, **layer.inputs), layer.inputs[name]
        assert found.shape == at.shape
        slopes = np.empty_like(at)
        for index in np.ndindex(at.shape):
            step = np.zeros_like(at)
            step[index] = STEP
            higher, lower = (layer(**{**layer.inputs, name: at + side * step}) for side in (1, -1))
            slopes[index] = ((higher - lower) * grad_output).sum() / (2 * STEP)
        np.testing.assert_allclose(found, slopes, atol=2e-7, err_msg=f"{layer.name} to {name}")


@each
def test_every_library_gives_the_same(layer: Layer, library: Any) -> None:
    """The output and all gradients; a result stays in its library."""
    inputs = {name: library.asarray(value) for name, value in layer.inputs.items()}
    constant = {name: library.asarray(value) for name, value in layer.constant.items()}
    expected = layer(**layer.inputs)
    found = layer(**{**constant, **inputs})
    np.testing.assert_allclose(library.numpy(found), expected, rtol=1e-12, atol=1e-14)
    grad_output = upstream(expected)
    for gradient in layer.gradients.values():
        ours = gradient(library.asarray(grad_output), **constant, **inputs)
        theirs = gradient(grad_output, **layer.constant, **layer.inputs)
        np.testing.assert_allclose(library.numpy(ours), theirs, rtol=1e-11, atol=1e-13)


@each
@pytest.mark.parametrize("kind", [np.float32, np.float16])
def test_floats_keep_their_type(layer: Layer, kind: type) -> None:
    """Nothing is widened or narrowed, neither forward nor back."""
    given = {name: value.astype(kind) for name, value in layer.inputs.items()}
    for name, value in layer.constant.items():
        given[name] = value.astype(kind) if value.dtype == np.float64 else value
    found = layer(**given)
    assert found.dtype == kind
    for gradient in layer.gradients.values():
        assert gradient(np.ones_like(found), **given).dtype == kind


@pytest.mark.oracle
@each
def test_values_and_gradients_are_pytorchs(layer: Layer) -> None:
    """In double precision."""
    torch: Any = pytest.importorskip("torch", reason="needs the `oracle` extra")
    tensors = {name: torch.tensor(value, requires_grad=True) for name, value in layer.inputs.items()}
    constant = {name: torch.tensor(value) for name, value in layer.constant.items()}
    expected = layer.theirs(torch.nn.functional, **constant, **tensors)
    found = layer(**layer.inputs)
    assert found.shape == tuple(expected.shape)
    np.testing.assert_allclose(found, expected.detach().numpy(), rtol=layer.tolerance, atol=1e-12)
    grad_output = upstream(found)
    expected.backward(torch.tensor(grad_output))
    for name, gradient in layer.gradients.items():
        theirs = tensors[name].grad.numpy()
        np.testing.assert_allclose(
            gradient(grad_output, **layer.constant, **layer.inputs), theirs, rtol=layer.tolerance, atol=1e-12
        )
