"""The array libraries that the engine is tested with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

import grader.engine

LIBRARIES = (
    "numpy",
    "strict",
    "torch",
    pytest.param("jax", marks=pytest.mark.jax),
    pytest.param("cupy", marks=pytest.mark.gpu),
)


@dataclass(frozen=True)
class Library:
    """An array library, by the two ways between it and NumPy."""

    name: str
    asarray: Callable[[Any], Any]
    """An array, a number or nested lists as an array of this library, in the type that NumPy gives them."""
    numpy: Callable[[Any], np.ndarray]
    """An array of this library as NumPy's; it fails on an array of another library or device."""


class Engine:
    """The functions of ``grader.engine`` at work with one library's arrays: NumPy's go in and come out."""

    def __init__(self, library: Library) -> None:
        self.arrays = library

    def __getattr__(self, name: str) -> Callable[..., Any]:
        function = getattr(grader.engine, name)

        def call(*values: Any, **named: Any) -> Any:
            result = function(*map(self._given, values), **{key: self._given(value) for key, value in named.items()})
            if isinstance(result, tuple) and any(hasattr(value, "dtype") for value in result):
                return tuple(map(self.arrays.numpy, result))
            return self.arrays.numpy(result) if hasattr(result, "dtype") else result

        return call

    def _given(self, value: Any) -> Any:
        return self.arrays.asarray(value) if isinstance(value, np.ndarray | np.generic) else value


def _numpy() -> Library:
    def back(x: Any) -> np.ndarray:
        assert isinstance(x, np.ndarray), f"a NumPy array was expected, got {type(x)}"
        return x

    return Library("numpy", np.array, back)


def _strict(where: str = "device1") -> Library:
    """The standard and nothing else; on a second device, so that it finds what was made on the first by mistake."""
    strict: Any = pytest.importorskip("array_api_strict", reason="needs array-api-strict")
    home, device = strict.Device("CPU_DEVICE"), strict.Device(where)

    def back(x: Any) -> np.ndarray:
        assert isinstance(x, type(strict.asarray(0))), f"an array of array-api-strict was expected, got {type(x)}"
        assert x.device == device, f"an array on {device} was expected, got one on {x.device}"
        return np.asarray(x.to_device(home))

    return Library("strict", lambda x: strict.asarray(np.array(x), device=device), back)


def _torch() -> Library:
    torch: Any = pytest.importorskip("torch", reason="needs the `oracle` extra")
    torch.set_num_threads(1)  # the tests already run in parallel

    def back(x: Any) -> np.ndarray:
        assert isinstance(x, torch.Tensor), f"a tensor was expected, got {type(x)}"
        result: np.ndarray = x.detach().numpy()
        return result

    return Library("torch", lambda x: torch.tensor(np.array(x)), back)


def _jax() -> Library:
    """Arrays that nothing can change; in 64 bits, which JAX has to be asked for."""
    jax: Any = pytest.importorskip("jax", reason="needs JAX")
    jax.config.update("jax_enable_x64", val=True)

    def back(x: Any) -> np.ndarray:
        assert isinstance(x, jax.Array), f"an array of JAX was expected, got {type(x)}"
        return np.asarray(x)

    return Library("jax", lambda x: jax.numpy.asarray(np.array(x)), back)


def _cupy() -> Library:
    cupy: Any = pytest.importorskip("cupy", reason="needs CuPy and a GPU")
    if not cupy.is_available():
        pytest.skip("needs a GPU")

    def back(x: Any) -> np.ndarray:
        assert isinstance(x, cupy.ndarray), f"an array on the GPU was expected, got {type(x)}"
        result: np.ndarray = cupy.asnumpy(x)
        return result

    return Library("cupy", lambda x: cupy.asarray(np.array(x)), back)


def _version(name: str) -> Any:
    """Holds array-api-strict to the version of the standard that the engine is written in."""
    if name != "strict":
        return nullcontext()
    import array_api_strict

    return array_api_strict.ArrayAPIStrictFlags(api_version="2023.12")


@contextmanager
def _opened(name: str) -> Iterator[Library]:
    if name == "strict at home":
        made = _strict("CPU_DEVICE")
    else:
        made = {"numpy": _numpy, "strict": _strict, "torch": _torch, "jax": _jax, "cupy": _cupy}[name]()
    with _version(made.name):
        yield made


@pytest.fixture(params=LIBRARIES, scope="session")
def library(request: pytest.FixtureRequest) -> Iterator[Library]:
    """NumPy, the bare standard, PyTorch, JAX, on a GPU CuPy: an operation has to give the same under each."""
    with _opened(request.param) as made:
        yield made


@pytest.fixture(scope="session")
def engine(library: Library) -> Engine:
    """``engine.conv(x, weight)`` is ``conv`` under every library, for tests that are written with NumPy."""
    return Engine(library)


@pytest.fixture(params=[*LIBRARIES, "strict at home"])
def engine_by_turns(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """``engine`` for tests that load much: they run one behind the other, not with all of a library.

    The bare standard has its turn on the first device too.
    """
    with _opened(request.param) as made:
        yield Engine(made)


STEP = 1e-6


@pytest.fixture(scope="session")
def differences() -> Callable[..., np.ndarray]:
    """``differences(operation, at, grad_output)``: d/dat of sum(operation(at) * grad_output), an entry at a time."""

    def slopes(operation: Callable[[np.ndarray], np.ndarray], at: np.ndarray, grad_output: np.ndarray) -> np.ndarray:
        found = np.empty_like(at)
        for index in np.ndindex(at.shape):
            step = np.zeros_like(at)
            step[index] = STEP
            found[index] = ((operation(at + step) - operation(at - step)) * grad_output).sum() / (2 * STEP)
        return found

    return slopes
