"""The table of all suites: what is in our domain, what of it is read, what is left to a person."""

from __future__ import annotations

import runpy
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SUITES = {
    "sympy": "test_sympy.py",
    "latex2sympy2_extended": "test_latex2sympy.py",
    "Math-Verify": "test_math_verify.py",
    "compute-engine": "test_compute_engine.py",
}
HEADER = """\
# What is read of the public suites, and what is left to a person

Counts of our own rows, which stand beside the suites' cases; `test_*.py` hold them. A row in our domain is read where
its value is the one meant. A row out of it is left to a person, with a code, and never read as something else; where
that is not so yet, it counts as misread.

"""
COLUMNS = ("in domain", "read", "not yet", "out of domain", "left to a person", "misread")


def test_the_table_tells_what_is_so() -> None:
    """A row that is read no more, or that was taken away, shows here; the table is to be replaced by what is found."""
    found = "".join(_table())
    assert (HERE / "TABLE.md").read_text(encoding="utf-8") == found, f"TABLE.md has to be:\n{found}"


def test_each_suite_has_enough_rows() -> None:
    """At least sixty in our domain beside each suite, and at least four in five of them read."""
    for name in SUITES:
        count = _count(_rows(name))
        assert count["in domain"] >= 60
        assert count["read"] >= 0.8 * count["in domain"]


def _rows(suite: str) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = runpy.run_path(str(HERE / SUITES[suite]))["ROWS"]
    return rows


def _count(rows: list[tuple[Any, ...]]) -> Counter[str]:
    count: Counter[str] = Counter()
    for _, _, _, domain, *options in rows:
        fails = bool(options and "fails" in options[0])
        if domain == "in domain":
            count.update(["in domain", "not yet" if fails else "read"])
        else:
            count.update(["out of domain", "misread" if fails else "left to a person"])
    return count


def _table() -> Iterator[str]:
    tables = {name: _rows(name) for name in SUITES}
    yield HEADER
    yield _line("suite", *COLUMNS) + _line(*["---"] * (1 + len(COLUMNS)))
    for name, rows in tables.items():
        yield _line(name, *(_count(rows)[column] for column in COLUMNS))
    every = [row for rows in tables.values() for row in rows]
    yield _line("all", *(_count(every)[column] for column in COLUMNS))
    for name, rows in tables.items():
        yield f"\n## {name}\n\n" + _line("group", *COLUMNS) + _line(*["---"] * (1 + len(COLUMNS)))
        for group in dict.fromkeys(row[0] for row in rows):
            count = _count([row for row in rows if row[0] == group])
            yield _line(group, *(count[column] for column in COLUMNS))


def _line(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |\n"
