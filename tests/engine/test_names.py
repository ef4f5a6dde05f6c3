"""The engine's public names: looked up when they are first used, and the same for type checkers."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

from grader import engine


def test_type_checkers_see_the_same_names() -> None:
    """The stub imports every name from where it is found."""
    stub = Path(engine.__file__).with_suffix(".pyi").read_text(encoding="utf-8")
    imports = [node for node in ast.parse(stub).body if isinstance(node, ast.ImportFrom)]
    found = {alias.name: node.module for node in imports for alias in node.names}
    assert sorted(found) == engine.__all__
    for name, home in found.items():
        assert home is not None
        assert getattr(import_module(home), name) is getattr(engine, name)


def test_a_name_that_there_is_not() -> None:
    """It is told as any module tells it."""
    with pytest.raises(AttributeError, match="has no attribute 'convolve'"):
        _ = engine.convolve  # type: ignore[attr-defined]


def test_an_interpreter_lists_the_names() -> None:
    """Although none of them is imported before it is asked for."""
    assert dir(engine) == sorted(engine.__all__)
