"""Deformable convolution: by hand, against its layers of PyTorch, by central differences, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pytest

from grader.engine import conv, deform_conv, deform_conv_grad_bias, deform_conv_grad_input, deform_conv_grad_weight
from grader.engine.convolutions import sampling
from grader.errors import EngineError

ROW = [[[1.0, 2.0, 4.0, 8.0]]]
ONE = [[[1.0]]]


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        ([0, 0, 0, 0], [1, 2, 4, 8]),
        ([1, 1, 1, 1], [2, 4, 8, 0]),
        ([0.5, 0.5, 0.5, 0.5], [1.5, 3, 6, 4]),
        ([-0.25, 0, 0.75, 0.25], [0.75, 2, 7, 6]),
        ([-1, -2, 3, 1e30], [0, 0, 0, 0]),
    ],
)
def test_a_tap_between_the_pixels(engine: Any, offset: list[float], expected: list[float]) -> None:
    """A kernel of one tap reads where the offset sends it; the image fades out over one pixel."""
    found = engine.deform_conv(np.asarray(ROW), np.asarray([[offset]], dtype=float), np.asarray(ONE))
    assert found.tolist() == [[expected]]


def test_the_offset_of_every_tap_along_every_axis(engine: Any) -> None:
    """Down first, then right, tap by tap: the first tap goes down by one, the second right by one."""
    image = np.arange(9.0).reshape(1, 1, 3, 3)
    offset = np.asarray([1.0, 0, 0, 1]).reshape(1, 4, 1, 1) * np.ones((1, 4, 3, 2))
    found = engine.deform_conv(image, offset, np.asarray([[[[1.0, 100.0]]]]))
    assert found.tolist() == [[[[203, 4], [506, 7], [800, 0]]]]


def test_the_mask_weighs_every_sample(engine: Any) -> None:
    """A mask of a half halves, one of zero drops."""
    mask = np.asarray([[[1, 0.5, 0, 2]]])
    found = engine.deform_conv(np.asarray(ROW), np.zeros((1, 1, 4)), np.asarray(ONE), mask=mask)
    assert found.tolist() == [[[1, 1, 0, 16]]]


def test_integers_give_floats(engine: Any) -> None:
    """Whatever the offsets, the type is the same."""
    found = engine.deform_conv(np.asarray([[[1, 2]]]), np.asarray([[[1, 1]]]), np.asarray([[[3]]]))
    assert found.dtype == np.float64
    assert found.tolist() == [[[6, 0]]]


def test_a_position_that_is_no_number_gives_none() -> None:
    """And leaves the others alone."""
    found = deform_conv(ROW, [[[0, np.nan, 0, 0]]], ONE)
    np.testing.assert_array_equal(found, [[[1, np.nan, 4, 8]]])


@dataclass(frozen=True)
class Case:
    """Operands of a deformable convolution, and how its kernel moves."""

    x: np.ndarray
    offset: np.ndarray
    weight: np.ndarray
    bias: np.ndarray
    mask: np.ndarray
    grad: np.ndarray
    movement: dict[str, Any]
    offset_groups: int


def case(seed: int, *, axes: int | None = None) -> Case:
    """Random operands in one to three dimensions, with groups of weights and of offsets."""
    rng = np.random.default_rng(seed)
    axes = axes or 1 + seed % 3
    kernel, stride, dilation = (tuple(map(int, rng.integers(1, 3, axes))) for _ in range(3))
    padding = tuple((int(before), int(after)) for before, after in rng.integers(0, 3, (axes, 2)))
    size = tuple(d * (k - 1) + 1 + int(rng.integers(0, 3)) for d, k in zip(dilation, kernel, strict=True))
    groups, shares = 1 + seed % 2, 1 + seed // 2 % 2
    x, weight = rng.normal(size=(2, 4, *size)), rng.normal(size=(2 * groups, 4 // groups, *kernel))
    movement: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation}
    grad = rng.normal(size=conv(x, weight, groups=groups, **movement).shape)
    taps, output = int(np.prod(kernel)), grad.shape[2:]
    # Fractions away from 0 and 1 keep central differences clear of the kinks at the pixels.
    whole, part = rng.integers(-2, 3, (2, shares * taps * axes, *output)), rng.uniform(0.1, 0.9)
    bias, mask = rng.normal(size=2 * groups), rng.normal(size=(2, shares * taps, *output))
    return Case(x, whole + part, weight, bias, mask, grad, movement, shares)


@pytest.mark.parametrize("seed", range(6))
def test_without_offsets_it_is_a_convolution(engine: Any, seed: int) -> None:
    """With a mask of ones."""
    one = case(seed)
    groups = one.x.shape[1] // one.weight.shape[1]
    expected = conv(one.x, one.weight, one.bias, groups=groups, **one.movement)
    still = engine.deform_conv(one.x, 0 * one.offset, one.weight, one.bias, mask=np.ones_like(one.mask), **one.movement)
    np.testing.assert_allclose(still, expected, atol=1e-12)


def gradients(engine: Any, one: Case, **kept: Any) -> list[np.ndarray]:
    """To x, offset, weight, bias and mask."""
    moves, mask = {**one.movement, **kept}, {"mask": one.mask}
    return [
        engine.deform_conv_grad_input(one.x.shape, one.offset, one.weight, one.grad, **moves, **mask),
        engine.deform_conv_grad_offset(one.x, one.offset, one.weight, one.grad, **moves, **mask),
        engine.deform_conv_grad_weight(one.x, one.offset, one.weight.shape, one.grad, **moves, **mask),
        engine.deform_conv_grad_bias(one.grad, **kept),
        engine.deform_conv_grad_mask(one.x, one.offset, one.weight, one.grad, **moves),
    ]


STEP = 1e-6
AT_ONCE = 100
"""So many steps are taken together, each as a problem of its own."""


@cache
def slopes(seed: int) -> dict[str, np.ndarray]:
    """d/d(operand) of sum(output * grad) by central differences, for each of the five operands, entry by entry."""
    one, found = case(seed), {}
    operands = {"x": one.x, "offset": one.offset, "weight": one.weight, "bias": one.bias, "mask": one.mask}
    for name, at in operands.items():
        steps = STEP * np.eye(at.size).reshape(-1, *at.shape)
        ends = []
        for some in np.split(steps, range(AT_ONCE, at.size, AT_ONCE)):
            given = {key: np.broadcast_to(value, (len(some), *value.shape)) for key, value in operands.items()}
            up, down = (deform_conv(**given | {name: at + step}, many=True, **one.movement) for step in (some, -some))
            ends.append((up - down).reshape(len(some), -1) @ one.grad.reshape(-1))
        found[name] = np.concatenate(ends).reshape(at.shape) / (2 * STEP)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_gradients_against_central_differences(engine: Any, seed: int) -> None:
    """To all five, in one to three dimensions."""
    for (name, expected), found in zip(slopes(seed).items(), gradients(engine, case(seed)), strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-7, err_msg=name)


@pytest.mark.oracle
@pytest.mark.parametrize("seed", range(12))
def test_against_pytorch(engine: Any, seed: int) -> None:
    """Put together from ``grid_sample`` and a product, with the gradients that PyTorch finds through them."""
    torch: Any = pytest.importorskip("torch", reason="needs the `oracle` extra")
    one = case(seed, axes=2 + seed % 2)
    tensors = [torch.tensor(a, requires_grad=True) for a in (one.x, one.offset, one.weight, one.bias, one.mask)]
    theirs = composed(torch, one, *tensors)
    ours = engine.deform_conv(one.x, one.offset, one.weight, one.bias, mask=one.mask, **one.movement)
    np.testing.assert_allclose(ours, theirs.detach().numpy(), atol=1e-10)
    theirs.backward(torch.tensor(one.grad))
    for tensor, found in zip(tensors, gradients(engine, one), strict=True):
        np.testing.assert_allclose(found, tensor.grad.numpy(), atol=1e-10)


def composed(torch: Any, one: Case, x: Any, offset: Any, weight: Any, bias: Any, mask: Any) -> Any:
    """The deformable convolution out of PyTorch's own operations, tap by tap and group by group."""
    kernel, size, output, axes = weight.shape[2:], x.shape[2:], one.grad.shape[2:], weight.ndim - 2
    moves = [one.movement[name] for name in ("stride", "padding", "dilation")]
    taps, columns = list(np.ndindex(*kernel)), []
    for share, part in enumerate(torch.chunk(x, one.offset_groups, dim=1)):
        for number, tap in enumerate(taps):
            first = share * len(taps) + number
            at = []
            for axis, (s, (p, _), d) in enumerate(zip(*moves, strict=True)):
                extents = [-1 if other == axis else 1 for other in range(axes)]
                place = torch.arange(output[axis], dtype=x.dtype).reshape(extents) * s - p + tap[axis] * d
                # ``grid_sample`` counts from -1 to 1, here from the first pixel's outer edge to the last one's.
                at.append((2 * (place + offset[:, first * axes + axis]) + 1) / size[axis] - 1)
            grid = torch.stack(at[::-1], dim=-1)
            sampled = torch.nn.functional.grid_sample(part, grid, align_corners=False)
            columns.append(sampled * mask[:, first, None])
    each = (
        torch.stack(columns)
        .reshape(one.offset_groups, len(taps), 2, -1, *output)
        .permute(2, 0, 3, 1, *range(4, 4 + axes))
    )
    groups = x.shape[1] // weight.shape[1]
    matrices = weight.reshape(groups, -1, weight.shape[1] * len(taps))
    y = matrices @ each.reshape(2, groups, weight.shape[1] * len(taps), -1)
    return y.reshape(2, -1, *output) + bias.reshape(1, -1, *(1,) * axes)


def test_many_problems_are_each_their_own(engine: Any) -> None:
    """With weights, offsets, masks and biases of their own; and without a batch as with one."""
    found = [case(seed, axes=2) for seed in (0, 4)]
    alike = Case(
        *(np.stack([a, a + 1]) for a in (found[0].x, found[0].offset, found[0].weight, found[0].bias, found[0].mask)),
        grad=np.stack([found[0].grad, -found[0].grad]),
        movement=found[0].movement,
        offset_groups=1,
    )
    together = engine.deform_conv(
        alike.x, alike.offset, alike.weight, alike.bias, mask=alike.mask, many=True, **alike.movement
    )
    for number in range(2):
        x, offset, weight, bias, mask = (
            value[number] for value in (alike.x, alike.offset, alike.weight, alike.bias, alike.mask)
        )
        apart = deform_conv(x, offset, weight, bias, mask=mask, **alike.movement)
        np.testing.assert_allclose(together[number], apart, atol=1e-12)
        single = deform_conv(x[1], offset[1], weight, bias, mask=mask[1], **alike.movement)
        np.testing.assert_allclose(single, apart[1], atol=1e-12)
        one = Case(x, offset, weight, bias, mask, alike.grad[number], alike.movement, 1)
        for all_of_them, its_own in zip(gradients(engine, alike, many=True), gradients(engine, one), strict=True):
            np.testing.assert_allclose(all_of_them[number], its_own, atol=1e-12)


@pytest.mark.parametrize("buffer", [1, 100, 1000])
def test_the_gradient_in_parts_is_the_same(engine: Any, monkeypatch: pytest.MonkeyPatch, buffer: int) -> None:
    """However few samples are spread at a time."""
    one = case(1)
    whole = deform_conv_grad_input(one.x.shape, one.offset, one.weight, one.grad, **one.movement)
    monkeypatch.setattr(sampling, "BUFFER", buffer)
    parts = engine.deform_conv_grad_input(one.x.shape, one.offset, one.weight, one.grad, **one.movement)
    np.testing.assert_allclose(parts, whole, atol=1e-12)


def test_an_empty_batch_gives_an_empty_batch(engine: Any) -> None:
    """No images in, no images out; the weight's gradient is zero."""
    x, offset, weight = np.zeros((0, 2, 3)), np.zeros((0, 2, 2)), np.ones((1, 2, 2))
    assert engine.deform_conv(x, offset, weight).shape == (0, 1, 2)
    assert engine.deform_conv_grad_input(x.shape, offset, weight, np.zeros((0, 1, 2))).shape == x.shape
    assert (engine.deform_conv_grad_weight(x, offset, weight.shape, np.zeros((0, 1, 2))) == 0).all()


X, OFFSET, WEIGHT = np.ones((1, 2, 4, 4)), np.zeros((1, 8, 3, 3)), np.ones((1, 2, 2, 2))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: deform_conv(X, OFFSET[:, :7], WEIGHT),
            r"deform_conv: offset must have shape \(1, 8, 3, 3\), got shape \(1, 7, 3, 3\)",
        ),
        (lambda: deform_conv(X, OFFSET[0], WEIGHT), r"offset must have shape \(1, 8, 3, 3\), got shape \(8, 3, 3\)"),
        (lambda: deform_conv(X, 0, WEIGHT), r"offset must have shape \(1, 8, 3, 3\), got shape \(\)"),
        (
            lambda: deform_conv(X, np.zeros((1, 24, 3, 3)), WEIGHT),
            r"divisible by the offset's groups, .* 3 groups of 8",
        ),
        (
            lambda: deform_conv(X, OFFSET, WEIGHT, mask=np.ones((1, 8, 3, 3))),
            r"deform_conv: mask must have shape \(1, 4, 3, 3\), got shape \(1, 8, 3, 3\)",
        ),
        (
            lambda: deform_conv(X, OFFSET, np.ones((1, 3, 2, 2))),
            r"expects input with 3 channels, got .* \(1, 2, 4, 4\)",
        ),
        (lambda: deform_conv(X, OFFSET, np.ones((2, 2))), r"deform_conv: weight must have shape .* got shape \(2, 2\)"),
        (lambda: deform_conv(X[0, 0], OFFSET, WEIGHT), r"expects input of rank 4 .* got input of shape \(4, 4\)"),
        (lambda: deform_conv(X, OFFSET, np.ones((1, 2, 5, 2))), "the output would be empty"),
        (lambda: deform_conv(X, OFFSET, WEIGHT, [1, 2]), r"bias must have shape \(1,\), got shape \(2,\)"),
        (
            lambda: deform_conv(X, OFFSET, np.ones((3, 2, 2, 2)), many=True),
            "many problems need input and weight with the same",
        ),
        (
            lambda: deform_conv_grad_weight(X, OFFSET, WEIGHT.shape, X),
            r"deform_conv_grad_weight: grad_output must have shape \(1, 1, 3, 3\), got shape \(1, 2, 4, 4\)",
        ),
        (lambda: deform_conv_grad_bias([1]), "deform_conv_grad_bias: grad_output must have shape"),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    """Each message holds the shapes, in PyTorch's words."""
    with pytest.raises(EngineError, match=message):
        call()
