"""Every loss and every gradient: against central differences, in every array library, against PyTorch.

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


def difference(name: str, reduction: str, **options: Any) -> Row:
    """A loss of the difference: to the target it is the gradient to x with its sign turned."""

    def back(g: Any, x: Any, target: Any) -> Any:
        return getattr(engine, f"{name}_grad")(x, target, g, reduction=reduction, **options)

    return (
        f"{name} {reduction} {options}",
        {"x": 2 * normal(3, 4), "target": normal(3, 4)},
        lambda x, target: getattr(engine, name)(x, target, reduction=reduction, **options),
        {"x": back, "target": lambda g, x, target: -back(g, x, target)},
        lambda F, x, target: getattr(F, name)(x, target, reduction=reduction, **options),
    )


def of_classes(name: str, *lead_and_size: int, indices: list[Any], weighted: bool, **options: Any) -> Row:
    """A loss of three classes with indices as targets."""
    lead, *size = lead_and_size
    given: dict[str, Any] = {"target": np.asarray(indices)} | ({"weight": positive(3)} if weighted else {})
    gradient = f"{name}_grad_input" if name == "cross_entropy" else f"{name}_grad"
    return (
        f"{name} {(lead, 3, *size)} {weighted=} {options}",
        {"x": 2 * normal(lead, 3, *size)},
        lambda x, target, weight=None: getattr(engine, name)(x, target, weight, **options),
        {
            "x": lambda g, x, target, weight=None: getattr(engine, gradient)(x, target, g, weight, **options),
        },
        lambda F, x, target, weight=None: getattr(F, name)(x, target, weight=weight, **options),
        given,
    )


def of_shares(weighted: bool, **options: Any) -> Row:
    """The cross-entropy of shares for each class."""
    return (
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
        {"weight": positive(3)} if weighted else {},
    )


def both_ways(name: str, x: np.ndarray, target: np.ndarray, constant: dict[str, np.ndarray], **options: Any) -> Row:
    """A loss with a gradient to x and another to the target."""

    def back(to: str) -> Callable[..., Any]:
        gradient = getattr(engine, f"{name}_grad_{to}")
        return lambda g, x, target, **given: gradient(x, target, g, **given, **options)

    return (
        f"{name} {sorted(constant)} {options}",
        {"x": x, "target": target},
        lambda **given: getattr(engine, name)(**given, **options),
        {"x": back("input"), "target": back("target")},
        lambda F, x, target, **given: getattr(F, name)(x, target, **given, **options),
        constant,
    )


def hinge(reduction: str) -> Row:
    """Which PyTorch has by another name and with another sign."""
    return (
        f"hinge_loss {reduction}",
        {"x": apart(3, 4)},
        lambda x, target: engine.hinge_loss(x, target, margin=0.9, reduction=reduction),
        {"x": lambda g, x, target: engine.hinge_loss_grad(x, target, g, margin=0.9, reduction=reduction)},
        lambda _, x, target: getattr((0.9 - target * x).clamp(min=0), {"none": "clone"}.get(reduction, reduction))(),
        {"target": RNG.choice([-1.0, 1.0], (3, 4))},
    )


def dropout(*mask: int) -> Row:
    """By single entries, or by whole channels."""
    return (
        f"dropout {mask}",
        {"x": normal(2, 3, 4)},
        lambda x, mask: engine.dropout(x, mask, 0.3),
        {"x": lambda g, x, mask: engine.dropout_grad(x, g, mask, 0.3)},
        lambda _, x, mask: x * mask / 0.7,
        {"mask": RNG.integers(0, 2, mask)},
    )


REDUCTIONS = ("none", "mean", "sum")
PLACES = [[0, 1], [2, 2], [-100, 0], [1, -100]]
SHARES = RNG.uniform(0.1, 0.9, (3, 4))

LAYERS = [
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
