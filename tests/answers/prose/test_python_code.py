"""What a program's text says of its names, without running it."""

from __future__ import annotations

import pytest

from grader.answers.prose.python_code import assigned, is_program, shown


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("k = 205 - 65*3", {"k": "205 - 65*3"}),
        ("y = np.array([[1, 2], [3, 4]])", {"y": "[[1, 2], [3, 4]]"}),
        ("a, b = 1, 2", {"a": "1", "b": "2"}),
        ("x: int = 3", {"x": "3"}),
        ("x = 1\nx = 2", {"x": "2"}),
        ("x = [1]\nx.append(2)", {}),
        ("x = [1]\nx[0] = 2", {}),
        ("x = 1\nx += 1", {}),
        ("for i in range(3):\n    x = i", {}),
        ("x = 1\ndel x", {}),
        ("x = 10 ^ 2", {}),
        ("x = (", {}),
        ("x = [\n  [1, 2],\n  [3, 4],\n]", {"x": "[\n  [1, 2],\n  [3, 4],\n]"}),
    ],
)
def test_names_hold_what_they_were_given_last(source: str, expected: dict[str, str]) -> None:
    """What is changed later, or means something else on paper, says nothing."""
    assert {one.name: one.value for one in assigned(source)} == expected


@pytest.mark.parametrize(("source", "expected"), [("3 * 4", ["3 * 4"]), ("f(3)", []), ("x = 3", []), ("'text'", [])])
def test_the_last_line_is_shown_as_a_notebook_shows_it(source: str, expected: list[str]) -> None:
    """What a call returns is not written there."""
    assert [one.value for one in shown(source)] == expected


def test_output_is_no_program() -> None:
    """It is read as text."""
    assert is_program("x = 3")
    assert is_program("def f(:\n  return")
    assert not is_program("[ -6 12\n  3 4 ]")
