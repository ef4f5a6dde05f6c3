"""The array library is taken from the arrays given."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from grader.engine.arrays.backend import namespace


@pytest.mark.parametrize("value", [np.zeros(3), [1, 2], 3.5])
def test_arrays_lists_and_numbers_are_numpys(value: object) -> None:
    """Whatever is not on a GPU is computed by NumPy."""
    assert namespace(value) is np


def test_importing_the_engine_loads_nothing_heavy() -> None:
    """A run pays for NumPy and no other library."""
    heavy = ["pydantic", "rich", "nbformat", "typer", "scipy", "cupy", "torch", "jax", "onnx"]
    script = f"import sys, grader.engine; print(*sorted(set(sys.modules) & set({heavy!r})))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []


@pytest.mark.gpu
def test_cupy_arrays_stay_on_the_gpu() -> None:
    """A convolution of CuPy arrays gives a CuPy array with NumPy's values."""
    cupy = pytest.importorskip("cupy", reason="needs CuPy and a GPU")
    if not cupy.is_available():
        pytest.skip("needs a GPU")
    from grader.engine import conv

    x, weight = np.arange(25.0).reshape(1, 1, 5, 5), np.arange(9.0).reshape(1, 1, 3, 3)
    found = conv(cupy.asarray(x), cupy.asarray(weight), padding=1)
    assert isinstance(found, cupy.ndarray)
    np.testing.assert_allclose(cupy.asnumpy(found), conv(x, weight, padding=1))


@pytest.mark.jax
def test_integers_need_64_bits() -> None:
    """JAX gives them 32 where it is not asked for more, and would wrap around unseen; floats need none."""
    pytest.importorskip("jax", reason="needs JAX")
    script = """
import jax.numpy as jnp
from grader.engine import conv
from grader.errors import EngineError
x = jnp.ones((1, 1, 3, 3))
print(conv(x, [[[[1, 2]]]]).dtype)
try:
    conv(jnp.ones((1, 1, 3, 3), dtype=jnp.int32), [[[[1, 2]]]])
except EngineError as error:
    print(error)
"""
    command = [sys.executable, "-W", "ignore", "-c", script]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told[0] == "float32"
    assert told[1].startswith("conv: integers need 64 bits to stay exact, and the array library gives int32; for JAX")
