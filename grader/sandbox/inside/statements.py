"""A cell's statements, in the groups that are run together."""

from __future__ import annotations
import __future__

import ast
from collections.abc import Iterator, Sequence


def groups(body: Sequence[ast.stmt], *, each: bool) -> Iterator[list[ast.stmt]]:
    """The statements that are run together: imports each alone and name by name, the rest as they stand."""
    group: list[ast.stmt] = []
    for statement in body:
        if group and (each or is_import(statement)):
            yield group
            group = []
        if is_import(statement):
            yield from ([part] for part in _single(statement))
        else:
            group.append(statement)
    if group:
        yield group


def is_import(statement: ast.stmt) -> bool:
    """Whether it does nothing but import."""
    return isinstance(statement, ast.Import | ast.ImportFrom)


def defines(statement: ast.stmt) -> bool:
    """Whether it imports or defines, and computes nothing."""
    return is_import(statement) or isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)


def _single(statement: ast.stmt) -> Iterator[ast.stmt]:
    """``import a, b`` as ``import a`` and ``import b``."""
    for alias in statement.names if isinstance(statement, ast.Import | ast.ImportFrom) else ():
        match statement:
            case ast.Import():
                yield ast.copy_location(ast.Import([alias]), statement)
            case ast.ImportFrom(module=module, level=level):
                yield ast.copy_location(ast.ImportFrom(module, [alias], level), statement)


def future(body: Sequence[ast.stmt]) -> int:
    """The compiler's flags for ``from __future__ import ...``."""
    flags = 0
    for statement in body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            for alias in statement.names:
                flags |= getattr(getattr(__future__, alias.name, None), "compiler_flag", 0)
    return flags
