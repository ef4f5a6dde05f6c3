"""The one place that knows which array library is at work: arrays in, their library out.

Everything else in the engine calls the library it is given (``xp``): a result lives where its arguments do.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
"""An array of the library in use; written as NumPy's, whose interface the others follow."""

ArrayLike: TypeAlias = Any
"""An array, a number, or nested sequences of numbers: whatever the library's ``asarray`` takes."""


def namespace(*values: object) -> Any:
    """CuPy where one of `values` is a CuPy array, else NumPy (numbers and nested lists are NumPy's too).

    The type's home is looked at by name, so that CuPy is imported only by those who already use it.
    """
    if any(type(value).__module__.partition(".")[0] == "cupy" for value in values):
        import cupy

        return cupy
    return np
