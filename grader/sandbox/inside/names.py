"""What names a cell leaves behind: its tree and the namespace before and after go in, definitions as JSON come out."""

from __future__ import annotations

import ast
import functools
import inspect
import os
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .alarm import Interrupted
from .values import type_name

_signature, _Parameter = inspect.signature, inspect.Parameter
_STARS: dict[Any, str] = {_Parameter.VAR_POSITIONAL: "*", _Parameter.VAR_KEYWORD: "**"}
_MOST_NAMES = 2_000
_MOST_PARAMETERS = 50
_FUNCTIONS = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    functools.partial,
    staticmethod,
    np.ufunc,
    np.vectorize,
)
_INNER: tuple[type[ast.AST], ...] = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_INNER += (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(slots=True)
class Bound:
    """The names that a cell binds at its top level: the node that does, and those that it imports."""

    nodes: dict[str, ast.AST] = field(default_factory=dict)
    imported: set[str] = field(default_factory=set)
    star: bool = False
    """Whether it imports whatever there is."""


def bound(body: Sequence[ast.stmt]) -> Bound:
    """The names that the statements `body` bind, those inside ``if``, ``for``, ``with`` and ``try`` included."""
    found = Bound()
    for node in _outer(body):
        match node:
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                found.star |= any(alias.name == "*" for alias in names)
                found.imported.update((alias.asname or alias.name.partition(".")[0]) for alias in names)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.nodes[name] = node
                found.imported.discard(name)
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                found.nodes[name] = node
                found.imported.discard(name)
    return found


def _outer(body: Sequence[ast.stmt]) -> Iterator[ast.AST]:
    """All nodes but those inside functions, classes, lambdas and comprehensions; without recursion."""
    waiting: list[ast.AST] = list(reversed(body))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, _INNER):
            waiting.extend(reversed(list(ast.iter_child_nodes(node))))


class Names:
    """Follows a namespace from cell to cell."""

    def __init__(self, namespace: dict[str, Any], folder: str) -> None:
        self._namespace = namespace
        self._folder = folder
        self._known = {name: id(value) for name, value in namespace.items()}
        """By identity and not by value, so that nothing is held that the student lets go of."""

    def after(self, cell: Bound, *, ended: bool) -> tuple[list[dict[str, Any]], list[str]]:
        """The definitions that a cell made, and the names that are gone; `ended` says that it ran to its end."""
        fresh = [name for name in self._candidates(cell) if self._is_made(name, cell, ended=ended)]
        gone = [name for name in cell.nodes if name in self._known and name not in self._namespace]
        for name in gone:
            del self._known[name]
        self._known.update((name, id(self._namespace[name])) for name in fresh)
        own = {name: self._is_own(name, cell) for name in fresh}
        made = [_definition(name, self._namespace[name], cell) for name in fresh if own[name]]
        return made[:_MOST_NAMES], gone + [name for name in fresh if not own[name]]

    def _candidates(self, cell: Bound) -> list[str]:
        """Those the cell binds, and those at the end of the namespace that were not there before."""
        new = []
        for name in reversed(self._namespace):
            if type(name) is not str or (name in self._known and name not in cell.nodes):
                break
            new.append(name)
        names = [*cell.nodes, *cell.imported, *reversed(new)]
        return [name for name in dict.fromkeys(names) if name in self._namespace and not name.startswith("__")]

    def _is_made(self, name: str, cell: Bound, *, ended: bool) -> bool:
        changed = name not in self._known or self._known[name] != id(self._namespace[name])
        return changed or (ended and name in cell.nodes)

    def _is_own(self, name: str, cell: Bound) -> bool:
        """Not imported, but from a file that the student's own cells wrote."""
        value = self._namespace[name]
        if name in cell.imported or (cell.star and name not in cell.nodes):
            return _home(value).startswith(self._folder + os.sep)
        return not _is(value, types.ModuleType)


def _home(value: Any) -> str:
    """The file of the module that a function or class was made in."""
    if not _is(value, (types.FunctionType, type)):
        return ""
    read: Callable[[Any, str], Any] = type.__getattribute__ if _is(value, type) else object.__getattribute__
    module = sys.modules.get(str(read(value, "__module__")))
    return str(getattr(module, "__file__", None) or "")


def _is(value: Any, kinds: Any) -> bool:
    """By the real type; what ``__class__`` says is not asked."""
    return issubclass(type(value), kinds)


def _definition(name: str, value: Any, cell: Bound) -> dict[str, Any]:
    node = cell.nodes.get(name)
    sort = "class" if _is(value, type) else "function" if _is(value, _FUNCTIONS) else "value"
    parameters, required = ([], 0) if sort == "value" else _parameters(value)
    return {
        "name": name[:200],
        "sort": sort,
        "line": getattr(node, "lineno", 0),
        "parameters": parameters,
        "required": required,
        "blank": isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and _is_blank(node),
        "type": type_name(value),
    }


def _parameters(value: Any) -> tuple[list[str], int]:
    try:
        value = value.pyfunc if _is(value, np.vectorize) else value
        found = list(_signature(value).parameters.values())[:_MOST_PARAMETERS]
    except Interrupted:
        raise
    except BaseException:  # noqa: BLE001  a class may say anything of its signature, or have none
        return [], 0
    names = [_STARS.get(parameter.kind, "") + parameter.name for parameter in found]
    required = [p for p in found if p.default is _Parameter.empty and p.kind not in _STARS]
    return names, len(required)


def _is_blank(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Nothing but a docstring, ``pass``, ``...``, a bare return or NotImplementedError; a class: in all its methods."""
    return all(_says_nothing(statement) for statement in node.body)


def _says_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()) | ast.Return(value=None | ast.Constant(value=None)):
            return True
        case ast.Raise(exc=ast.Name(id=name) | ast.Call(func=ast.Name(id=name))):
            return name == "NotImplementedError"
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return all(_says_nothing(inner) for inner in statement.body if not _is_def(inner))
    return False


def _is_def(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
