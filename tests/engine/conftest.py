"""Array libraries that the engine computes with, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest


@dataclass(frozen=True)
class Library:
    """How NumPy's arrays become a library's, and back."""

    name: str
    asarray: Callable[[Any], Any]
    numpy: Callable[[Any], np.ndarray]


def _numpy() -> Library:
    return Library("numpy", np.asarray, lambda x: x)


def _strict() -> Library:
    """Nothing but the standard, on a device where nothing lands by accident."""
    strict = pytest.importorskip("array_api_strict")
    device = strict.Device("device1")
    return Library(
        "strict",
        lambda x: strict.asarray(x, device=device),
        lambda x: np.from_dlpack(strict.asarray(x, device=strict.Device("CPU_DEVICE"))),
    )


def _torch() -> Library:
    torch = pytest.importorskip("torch", reason="needs the `oracle` extra")
    return Library("torch", torch.asarray, lambda x: x.numpy())


@pytest.fixture(params=[_numpy, _strict, _torch], ids=["numpy", "strict", "torch"])
def library(request: pytest.FixtureRequest) -> Library:
    """NumPy, array-api-strict and PyTorch in turn; PyTorch is skipped by name where it is not installed."""
    made: Library = request.param()
    return made
