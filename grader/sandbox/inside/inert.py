"""Objects that take whatever is done to them and do nothing: for what draws and displays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


class Inert:
    """Every attribute, item and call of it is another; it is true, and holds `pieces`, which mostly are none."""

    def __init__(self, pieces: tuple[Any, ...] = ()) -> None:
        self._pieces = pieces

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in ("flat", "ravel", "flatten", "reshape"):
            return _Flat(tuple(_flat(self)))
        return _SHAPED.get(name, Inert)()

    def __call__(self, *_arguments: Any, **_keywords: Any) -> Any:
        """Nothing is done."""
        return Inert()

    def __getitem__(self, key: Any) -> Any:
        return self._pieces[key] if type(key) is int and -len(self) <= key < len(self) else Inert()

    def __setitem__(self, key: Any, value: Any) -> None:
        """Nothing is kept."""

    def __iter__(self) -> Iterator[Any]:
        return iter(self._pieces)

    def __len__(self) -> int:
        return len(self._pieces)

    def __bool__(self) -> bool:
        return True

    def __mro_entries__(self, _bases: tuple[Any, ...]) -> tuple[type, ...]:
        """A class may be derived from what is not there."""
        return (Inert,)

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_error: object) -> None:
        """Errors go on."""


class _Flat(Inert):
    """The axes of a grid in one row, be they an attribute or called for."""

    def __call__(self, *_arguments: Any, **_keywords: Any) -> Any:
        return self


class _Subplots(Inert):
    """``plt.subplots``: a figure, and as many axes as rows and columns say."""

    def __call__(self, nrows: Any = 1, ncols: Any = 1, *_arguments: Any, squeeze: bool = True, **_keywords: Any) -> Any:
        rows, columns = (max(1, min(int(count), 1_000)) for count in (nrows, ncols))
        grid = [Inert(tuple(Inert() for _ in range(columns))) for _ in range(rows)]
        if squeeze and columns == 1:
            grid = [row[0] for row in grid]
        return Inert(), grid[0] if squeeze and rows == 1 else Inert(tuple(grid))


class _Three(Inert):
    """``plt.hist``: counts, edges and patches."""

    def __call__(self, *_arguments: Any, **_keywords: Any) -> Any:
        return Inert(), Inert(), Inert()


_SHAPED: dict[str, type[Inert]] = {"subplots": _Subplots, "hist": _Three}


def _flat(grid: Inert) -> Iterator[Any]:
    for piece in grid:
        if len(piece):
            yield from _flat(piece)
        else:
            yield piece
