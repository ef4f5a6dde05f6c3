"""What runs inside the walls stands on the standard library and NumPy, and is found under two names."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import grader.sandbox.inside

FILES = sorted(Path(grader.sandbox.inside.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_imports_its_siblings_and_nothing_of_the_grader(file: Path) -> None:
    """By relative imports of one level, as ``inside`` is all that is there; PyTorch only where a call needs it."""
    tree = ast.parse(file.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            assert node.level == 1
        elif isinstance(node, ast.ImportFrom | ast.Import):
            module = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
            root = str(module).partition(".")[0]
            assert root in sys.stdlib_module_names or root == "numpy" or (root == "torch" and node not in tree.body)
