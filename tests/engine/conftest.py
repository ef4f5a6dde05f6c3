"""The array libraries that the engine is tested with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

LIBRARIES = ("numpy", "strict", "device1", "torch")


@dataclass(frozen=True)
class Library:
    """An array library, by the two ways between it and NumPy."""

    name: str
    asarray: Callable[[Any], Any]
    """An array, a number or nested lists as an array of this library, in the type that NumPy gives them."""
    numpy: Callable[[Any], np.ndarray]
    """An array of this library as NumPy's; it fails on an array of another library or device."""


def _numpy() -> Library:
    def back(x: Any) -> np.ndarray:
        assert isinstance(x, np.ndarray), f"a NumPy array was expected, got {type(x)}"
        return x

    return Library("numpy", np.array, back)


def _strict(name: str) -> Library:
    """The standard and nothing else; on a second device it finds what was made on the first by mistake."""
    strict: Any = pytest.importorskip("array_api_strict", reason="needs array-api-strict")
    home = strict.Device("CPU_DEVICE")
    device = home if name == "strict" else strict.Device(name)

    def back(x: Any) -> np.ndarray:
        assert isinstance(x, type(strict.asarray(0))), f"an array of array-api-strict was expected, got {type(x)}"
        assert x.device == device, f"an array on {device} was expected, got one on {x.device}"
        return np.asarray(x.to_device(home))

    return Library(name, lambda x: strict.asarray(np.array(x), device=device), back)


def _torch() -> Library:
    torch: Any = pytest.importorskip("torch", reason="needs the `oracle` extra")
    torch.set_num_threads(1)  # the tests already run in parallel

    def back(x: Any) -> np.ndarray:
        assert isinstance(x, torch.Tensor), f"a tensor was expected, got {type(x)}"
        result: np.ndarray = x.detach().numpy()
        return result

    return Library("torch", lambda x: torch.tensor(np.array(x)), back)


def _version(name: str) -> Any:
    """Holds array-api-strict to the version of the standard that the engine is written in."""
    if name not in {"strict", "device1"}:
        return nullcontext()
    import array_api_strict

    return array_api_strict.ArrayAPIStrictFlags(api_version="2023.12")


@pytest.fixture(params=LIBRARIES, scope="session")
def library(request: pytest.FixtureRequest) -> Iterator[Library]:
    """NumPy, the bare standard on two devices, PyTorch: an operation has to give the same under each."""
    name: str = request.param
    made = {"numpy": _numpy, "torch": _torch}.get(name, lambda: _strict(name))()
    with _version(name):
        yield made
