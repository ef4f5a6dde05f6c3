"""Stand-ins for libraries that draw, display or bridge to Python 2, where they are missing: a cell goes on without."""

from __future__ import annotations

import builtins
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from typing import Any

from .inert import Inert

_ROOTS = frozenset(
    "matplotlib mpl_toolkits seaborn plotly IPython ipywidgets tqdm past future google wandb tensorboard".split()
)
_PARTS = frozenset(["google.colab"])
"""What may be missing from a package that is there."""
_PYTHON_2 = {"xrange": range, "unicode": str, "basestring": str, "long": int, "unichr": chr, "raw_input": input}


class Progress(Inert):
    """``tqdm``: goes through what it is given, and shows nothing."""

    def __init__(self, iterable: Iterable[Any] = (), *_arguments: Any, **_keywords: Any) -> None:
        super().__init__()
        self._iterable = iterable

    def __iter__(self) -> Iterator[Any]:
        return iter(self._iterable)

    def __len__(self) -> int:
        return len(self._iterable)  # type: ignore[arg-type]  # as with a list's len, it is the caller's to know


_TQDM: dict[str, Any] = {"tqdm": Progress, "trange": lambda *a, **_k: range(*a), "tqdm_notebook": Progress}


class StandIn(types.ModuleType):
    """A module of which every name is there and does nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        root = self.__name__.partition(".")[0]
        if root == "tqdm" and name in _TQDM:
            return _TQDM[name]
        if root in ("past", "future"):
            return _PYTHON_2.get(name) or getattr(builtins, name, Inert())
        return getattr(Inert(), name)


class StandIns(MetaPathFinder, Loader):
    """A finder and loader that stands last in ``sys.meta_path``: whatever is installed comes before it."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None = None, _target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        """Whether there is a stand-in; inside a package that is really there, there is none."""
        root, parent = fullname.partition(".")[0], fullname.rpartition(".")[0]
        inner = fullname in _PARTS or isinstance(sys.modules.get(parent), StandIn)
        if root not in _ROOTS or (parent and not inner):
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        """The stand-in, which is noted once for a library."""
        if "." not in spec.name:
            self._note(f"{spec.name} is not installed here; what it draws or shows is left out")
        return StandIn(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing has to be run."""


class Bars(MetaPathFinder):
    """Stands first in ``sys.meta_path``: tqdm's bar made of widgets is left out where there are no widgets."""

    def __init__(self, standins: StandIns) -> None:
        self._standins = standins

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None = None, _target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        """A stand-in for that one module."""
        if fullname != "tqdm.notebook" or PathFinder.find_spec("ipywidgets") is not None:
            return None
        return ModuleSpec(fullname, self._standins, is_package=True)
