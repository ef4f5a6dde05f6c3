"""What every layer has to stand: a test that asks for `layer` runs for each row of its module's ``LAYERS``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pytest

STEP = 1e-6


class Layer(NamedTuple):
    """A layer or a loss, called with its inputs by name, and what it is held against."""

    name: str
    inputs: dict[str, np.ndarray]
    forward: Callable[..., Any]
    gradients: dict[str, Callable[..., Any]]
    """For an input's name the gradient to it, called with dL/dy and all inputs."""
    theirs: Callable[..., Any]
    """The same in ``torch.nn.functional``, which comes first, or in PyTorch's arithmetic."""
    constant: dict[str, np.ndarray] = {}  # noqa: RUF012  # never changed
    """Inputs without a gradient: classes, masks."""
    tolerance: float = 1e-10
    """How far PyTorch may be away, relatively."""

    def run(self, **inputs: Any) -> Any:
        """The output."""
        return self.forward(**{**self.constant, **inputs})

    def back(self, grad_output: Any, **inputs: Any) -> Iterator[tuple[str, Any]]:
        """Each input's name with the gradient to it."""
        for name, gradient in self.gradients.items():
            yield name, gradient(grad_output, **{**self.constant, **inputs})

    def agrees_with_differences(self) -> None:
        """Every gradient is the slope between two points nearby, one entry at a time."""
        grad_output = upstream(self.run(**self.inputs))
        for name, found in self.back(grad_output, **self.inputs):
            at = self.inputs[name]
            assert found.shape == at.shape
            slopes = np.empty_like(at)
            for index in np.ndindex(at.shape):
                step = np.zeros_like(at)
                step[index] = STEP
                higher, lower = (self.run(**{**self.inputs, name: at + side * step}) for side in (1, -1))
                slopes[index] = ((higher - lower) * grad_output).sum() / (2 * STEP)
            np.testing.assert_allclose(found, slopes, atol=2e-7, err_msg=f"{self.name} to {name}")

    def agrees_with_numpy(self, library: Any) -> None:
        """The same in another array library, to rounding."""
        given = {name: library.asarray(value) for name, value in (self.constant | self.inputs).items()}
        expected = self.run(**self.inputs)
        np.testing.assert_allclose(library.numpy(self.run(**given)), expected, rtol=1e-12, atol=1e-14)
        grad_output = upstream(expected)
        ours, theirs = self.back(library.asarray(grad_output), **given), self.back(grad_output, **self.inputs)
        for (_, found), (_, wanted) in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(library.numpy(found), wanted, rtol=1e-11, atol=1e-13)

    def keeps(self, kind: type) -> None:
        """Floats of a type come out in that type."""
        given = {
            name: value.astype(kind) if value.dtype == np.float64 else value
            for name, value in (self.constant | self.inputs).items()
        }
        found = self.run(**given)
        assert found.dtype == kind
        assert {gradient.dtype for _, gradient in self.back(np.ones_like(found), **given)} == {np.dtype(kind)}

    def agrees_with_torch(self, torch: Any) -> None:
        """PyTorch gives the same output, and its autograd the same gradients."""
        tensors = {name: torch.tensor(value, requires_grad=True) for name, value in self.inputs.items()}
        constant = {name: torch.tensor(value) for name, value in self.constant.items()}
        theirs = self.theirs(torch.nn.functional, **constant, **tensors)
        found = self.run(**self.inputs)
        assert found.shape == tuple(theirs.shape)
        np.testing.assert_allclose(found, theirs.detach().numpy(), rtol=self.tolerance, atol=1e-12)
        grad_output = upstream(found)
        theirs.backward(torch.tensor(grad_output))
        for name, gradient in self.back(grad_output, **self.inputs):
            np.testing.assert_allclose(gradient, tensors[name].grad.numpy(), rtol=self.tolerance, atol=1e-12)


def upstream(y: np.ndarray) -> np.ndarray:
    """A gradient that flows back to an output like `y`."""
    return np.asarray(np.random.default_rng(1).normal(size=y.shape))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each row."""
    if "layer" in metafunc.fixturenames:
        rows = [Layer(*row) for row in metafunc.module.LAYERS]
        metafunc.parametrize("layer", rows, ids=[row.name for row in rows])
