"""The one place that knows which array library is at work: arrays in, their library out.

Everything else in the engine calls the library it is given (``xp``) by the names of the Python array API standard
(2023.12): a result lives where its arguments do, in their library and on their device.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any, TypeAlias

import numpy as np

from grader.errors import EngineError

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
"""An array of the library in use; written as NumPy's, whose interface the others follow."""

ArrayLike: TypeAlias = Any
"""An array, a number, or nested sequences of numbers: whatever the library's ``asarray`` takes."""

_NUMPYS = (np.ndarray, np.generic, list, tuple, int, float)


def namespace(*values: object) -> Any:
    """The library of `values`: NumPy for its own arrays, numbers and nested lists, else the one that they come from.

    Raises:
        EngineError: arrays of two libraries, or of one that does not follow the array API standard.
    """
    foreign = [value for value in values if not isinstance(value, _NUMPYS) and hasattr(value, "dtype")]
    if not foreign:
        return np
    compat = _compat(type(foreign[0]))
    try:
        return compat.array_namespace(*(value for value in values if hasattr(value, "dtype")))
    except TypeError:
        kinds = dict.fromkeys(f"{type(v).__module__}.{type(v).__name__}" for v in values if hasattr(v, "dtype"))
        raise EngineError(
            f"expected arrays of one library that follows the array API, got {' and '.join(kinds)}"
        ) from None


def _compat(kind: type) -> ModuleType:
    """`array_api_compat`, which gives PyTorch's and CuPy's functions the standard's names; NumPy 2 has them already."""
    try:
        import array_api_compat
    except ImportError:
        raise EngineError(
            f"arrays of type {kind.__module__}.{kind.__name__} need the package array-api-compat; "
            "install it with the extra `arrays`, or pass NumPy arrays"
        ) from None
    module: ModuleType = array_api_compat
    return module


def device(x: Array) -> Any:
    """Where `x` lives; what is made beside it has to live there too."""
    return getattr(x, "device", None)


def added(canvas: Array, region: Any, values: Array) -> Array:
    """`canvas` with `values` added at `region`, which holds no place twice; in place where the library can.

    Arrays that cannot be changed, as JAX's, say so by having ``at``.
    """
    if hasattr(canvas, "at"):
        result: Array = canvas.at[region].add(values)
        return result
    canvas[region] += values
    return canvas


def placed(canvas: Array, region: Any, values: Array) -> Array:
    """`canvas` with `values` at `region`; in place where the library can."""
    if hasattr(canvas, "at"):
        result: Array = canvas.at[region].set(values)
        return result
    canvas[region] = values
    return canvas
