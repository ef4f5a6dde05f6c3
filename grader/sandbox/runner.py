"""Where student code runs: the processes that children are forked from start with the first code that needs them."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self

from grader.sandbox.inside.plan import Layer
from grader.sandbox.limits import Limits
from grader.sandbox.program import Cell, Program
from grader.sandbox.session import Session
from grader.sandbox.walls import Walls
from grader.sandbox.zygote import Zygote

_WARMED = {"matplotlib": "matplotlib.pyplot", "scipy": "scipy.signal", "torch": "torch", "pandas": "pandas"}
"""What takes long to import, with the module that students need of it: imported once for all who ask for it."""
_IMPORT = re.compile(r"^[ \t]*(?:import|from)[ \t]+([A-Za-z_]\w*)", re.MULTILINE)


class Sandbox:
    """Runs submissions, each in a child of its own; several threads may ask at once."""

    def __init__(
        self,
        walls: Walls = Walls.STRICT,
        limits: Limits | None = None,
        hidden: Iterable[Path] = (),
        processes: int = 1,
    ) -> None:
        """Nothing is started yet.

        Args:
            walls: what is asked of the machine.
            limits: what each submission may use.
            hidden: files and folders that no student's code may read, wherever they lie.
            processes: how many take turns at forking children; one serves a few threads, and is waited for by many.
        """
        self._walls = walls
        self._limits = limits or Limits()
        self._hidden = tuple(hidden)
        self._processes = processes
        self._turn = 0
        self._zygotes: dict[tuple[frozenset[str], int], Zygote] = {}
        self._lock = threading.Lock()

    @contextmanager
    def run(self, cells: Sequence[Cell]) -> Iterator[Program]:
        """The program that `cells` make, until the block ends.

        Raises:
            SandboxError: this machine lacks a wall that is asked for, or the process does not start.
        """
        with Session(self._zygote(cells), cells, self._limits) as session:
            yield session

    def layers(self) -> tuple[Layer, ...]:
        """The walls, and of each whether it was seen to hold on this machine.

        Raises:
            SandboxError: as `run`.
        """
        return self._zygote(()).layers

    def close(self) -> None:
        """End all processes and remove their folders."""
        with self._lock:
            zygotes, self._zygotes = self._zygotes, {}
        for zygote in zygotes.values():
            zygote.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def _zygote(self, cells: Sequence[Cell]) -> Zygote:
        """A process that has imported what `cells` mention."""
        wanted = frozenset(libraries(cells))
        with self._lock:
            self._turn = (self._turn + 1) % self._processes
            key = wanted, self._turn
            if key not in self._zygotes:
                self._zygotes[key] = Zygote(self._walls, self._limits, sorted(wanted), hidden=self._hidden)
            return self._zygotes[key]


def libraries(cells: Iterable[Cell]) -> Iterator[str]:
    """The modules to import beforehand: of those that `cells` mention, the ones that are installed."""
    mentioned = {name for cell in cells for name in _IMPORT.findall(cell.source)}
    return (module for name, module in _WARMED.items() if name in mentioned and find_spec(name))
