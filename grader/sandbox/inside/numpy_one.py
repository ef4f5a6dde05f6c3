"""Code for NumPy 1 works and is told apart: what NumPy 2 no longer has is answered, and each use of it noted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


class _Cast:
    """``np.cast["f"](x)``."""

    def __getitem__(self, dtype: Any) -> Callable[[Any], Any]:
        return lambda x: np.asarray(x).astype(dtype)


_MOVED: dict[str, Callable[[], Any]] = {
    "float": lambda: float,
    "int": lambda: int,
    "object": lambda: object,
    "str": lambda: str,
    "complex": lambda: complex,
    "bool": lambda: bool,
    "long": lambda: int,
    "unicode": lambda: str,
    "bool8": lambda: np.bool_,
    "float_": lambda: np.float64,
    "complex_": lambda: np.complex128,
    "cfloat": lambda: np.complex128,
    "singlecomplex": lambda: np.complex64,
    "longfloat": lambda: np.longdouble,
    "int0": lambda: np.intp,
    "uint0": lambda: np.uintp,
    "unicode_": lambda: np.str_,
    "str0": lambda: np.str_,
    "string_": lambda: np.bytes_,
    "bytes0": lambda: np.bytes_,
    "object0": lambda: np.object_,
    "NaN": lambda: np.nan,
    "NAN": lambda: np.nan,
    "Inf": lambda: np.inf,
    "Infinity": lambda: np.inf,
    "infty": lambda: np.inf,
    "PINF": lambda: np.inf,
    "NINF": lambda: -np.inf,
    "PZERO": lambda: 0.0,
    "NZERO": lambda: -0.0,
    "product": lambda: np.prod,
    "cumproduct": lambda: np.cumprod,
    "alltrue": lambda: np.all,
    "sometrue": lambda: np.any,
    "round_": lambda: np.round,
    "row_stack": lambda: np.vstack,
    "in1d": lambda: _in1d,
    "trapz": lambda: np.trapezoid,
    "asfarray": lambda: _asfarray,
    "asscalar": lambda: _asscalar,
    "msort": lambda: _msort,
    "mat": lambda: np.asmatrix,
    "cast": _Cast,
    "VisibleDeprecationWarning": lambda: np.exceptions.VisibleDeprecationWarning,
    "ComplexWarning": lambda: np.exceptions.ComplexWarning,
    "RankWarning": lambda: np.exceptions.RankWarning,
    "AxisError": lambda: np.exceptions.AxisError,
}


def answer(note: Callable[[str], None]) -> None:
    """Let the module `numpy` answer for what it once had, and tell `note` of each name that is used."""
    module: Any = np
    before: Callable[[str], Any] = module.__getattr__

    def __getattr__(name: str) -> Any:  # noqa: N807  a module's own hook (PEP 562)
        if name not in _MOVED:
            return before(name)
        note(f"np.{name} is NumPy 1, gone from NumPy {np.__version__}; taken as it was meant")
        return _MOVED[name]()

    module.__getattr__ = __getattr__


def _in1d(ar1: Any, ar2: Any, assume_unique: bool = False, invert: bool = False) -> Any:
    return np.isin(np.ravel(ar1), ar2, assume_unique=assume_unique, invert=invert)


def _asfarray(a: Any, dtype: Any = np.float64) -> Any:
    return np.asarray(a, dtype if np.issubdtype(dtype, np.inexact) else np.float64)


def _asscalar(a: Any) -> Any:
    return a.item()


def _msort(a: Any) -> Any:
    return np.sort(a, axis=0)
