"""The namespace that cells run in: a module ``__main__`` with the names that a notebook finds in IPython."""

from __future__ import annotations

import builtins
import io
import os
import sys
import types
import warnings
from collections.abc import Callable
from typing import Any, NoReturn

from . import chance, numpy_one
from .inert import Inert
from .standins import Bars, StandIns

Note = Callable[[str], None]


def made(folder: str, note: Note) -> dict[str, Any]:
    """The namespace of a new ``__main__``, in a process whose imports, input and NumPy are made ready for a student."""
    main = types.ModuleType("__main__")
    main.__dict__.update(_notebook_names())
    sys.modules["__main__"] = main
    sys.argv = [""]
    os.chdir(folder)
    sys.path.append(folder)
    standins = StandIns(note)
    sys.meta_path[:] = [Bars(standins), *sys.meta_path, standins]
    _replace_builtins(note)
    numpy_one.answer(note)
    chance.settle()
    _keep_order()
    warnings.simplefilter("default")
    return main.__dict__


def _notebook_names() -> dict[str, Any]:
    names: dict[str, Any] = {"In": [""], "Out": {}, "_": "", "__": "", "___": ""}
    return names | {"display": lambda *_objects, **_options: None, "get_ipython": Inert, "__builtins__": builtins}


def _keep_order() -> None:
    """What is printed and what is warned of come out as they happened."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)


def _replace_builtins(note: Note) -> None:
    def no_input(*_prompt: object) -> str:
        note("input() is answered with an empty line")
        return ""

    def leave(_code: object = None) -> NoReturn:
        raise SystemExit

    replaced: Any = builtins
    replaced.input, replaced.exit, replaced.quit = no_input, leave, leave
