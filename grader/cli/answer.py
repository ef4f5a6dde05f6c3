"""``grader answer``: tries single answers, for authors of problems; no assignment is needed."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.cli.output import emit
from grader.cli.run import WIDEST
from grader.errors import ProblemError, UsageError

if TYPE_CHECKING:
    from grader.experiment import Result

_BESIDE = 10
"""Columns for the names of the rows."""
_KEYS = frozenset({"domain", "arrays", "layout"})


def answer(
    text: Annotated[str | None, typer.Argument(help="A student's answer; - reads standard input.")] = None,
    *,
    as_: Annotated[str | None, typer.Option("--as", help="What sort of answer it is.")] = None,
    expect: Annotated[str | None, typer.Option(help="The right answer.")] = None,
    given: Annotated[list[str] | None, typer.Option(help="NAME=VALUE, as often as needed.")] = None,
    format_: Annotated[str, typer.Option("--format", help="terminal or json.")] = "terminal",
    file: Annotated[Path | None, typer.Option(help="A file of rows; - reads them from standard input.")] = None,
) -> None:
    """Read one answer and mark it, without an assignment.

    --as is one of number, shape, tensor, formula, indexed, cases, set, growth, choice. --given says what the
    question states: layout=HWC, arrays='{"X": ["n", "n"]}', K=1..7, sigma=positive, require='n >= k', or
    domain='["yes", "no"]' for the options of a choice.

    --file reads many: one JSON object a line, {"id", "as", "expect", "text"} and perhaps "domain", "arrays",
    "layout"; one line of JSON comes out for each, {"id", "verdict", "credit", "read", "repairs", "reason"}. A
    row that is wrong itself gets the verdict error, and the exit code is 3 once all are answered.
    """
    if file is not None:
        if text is not None or as_ is not None or expect is not None or given:
            raise UsageError("--file: found an answer or its options as well, expected either; leave one out")
        _many(file)
        return
    if format_ not in {"terminal", "json"}:
        raise UsageError(f"--format: found {format_!r}, expected terminal or json; choose one")
    if text is None or as_ is None or expect is None:
        raise UsageError("found no answer to try, expected TEXT --as KIND --expect EXPECTED or --file ROWS; give one")
    from grader.experiment import KINDS, row_of, tried

    if as_ not in KINDS:
        raise UsageError(f"--as: found {as_!r}, expected one of {', '.join(KINDS)}; choose one")
    said = sys.stdin.read() if text == "-" else text
    data = {"as": as_, "expect": _plain(expect), "text": said, **_given(given or [])}
    result = tried(row_of(json.dumps(data), "answer", 1), "answer", 1)
    emit(_line(result) if format_ == "json" else _shown(result))


def _many(file: Path) -> None:
    from grader.experiment import failed, row_of, tried

    wrong = 0
    name = "standard input" if str(file) == "-" else str(file)
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        row_id: str | int = ""
        try:
            row = row_of(line, name, number)
            row_id = row.id
            result = tried(row, name, number)
        except ProblemError as error:
            wrong += 1
            result = failed(row_id or _id_of(line), str(error))
        except Exception as fault:  # noqa: BLE001  # told in its row, so that the others are answered
            wrong += 1
            result = failed(row_id, f"the grader failed here ({type(fault).__name__}: {fault}); please report it")
        emit(_line(result))
    if wrong:
        raise ProblemError(f"{name}: found {wrong} row{'s' * (wrong > 1)} that cannot be used; see the verdict error")


def _lines(file: Path) -> Iterator[str]:
    if str(file) == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a text stream has it
        yield from sys.stdin
        return
    try:
        with file.open(encoding="utf-8-sig", errors="replace", newline="\n") as rows:
            yield from rows
    except OSError as error:
        raise UsageError(f"--file {file}: {error.strerror}; name a file of rows") from None


def _id_of(line: str) -> str | int:
    """The id of a row that is wrong otherwise, so that it can be found again."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    found = data.get("id", "") if isinstance(data, dict) else ""
    return found if isinstance(found, str | int) else ""


def _given(pairs: list[str]) -> dict[str, Any]:
    """`NAME=VALUE` one by one: what a row has keys for, else a symbol and what it may be."""
    found: dict[str, Any] = {}
    symbols: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"--given: found {pair!r}, expected NAME=VALUE; write one")
        if name.strip() in _KEYS:
            found[name.strip()] = _plain(value)
        elif name.strip() == "require":
            symbols.setdefault("require", []).append(value)
        else:
            symbols[name.strip()] = _plain(value)
    if symbols and "domain" in found:
        raise UsageError("--given: found domain and single symbols, expected either; leave one out")
    return {**found, "domain": symbols} if symbols else found


def _plain(text: str) -> Any:
    """JSON where it is JSON, else the text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _line(result: Result) -> str:
    return json.dumps(result.data(), ensure_ascii=False) + "\n"


def _shown(result: Result) -> str:
    """A result in words, a line for each thing there is to say."""
    from grader.readers import shown

    rows = [("verdict", f"{result.verdict}, credit {result.credit:g}"), ("read", result.read or "nothing")]
    rows += [("repaired", repair) for repair in result.repairs]
    rows.append(("why", result.reason))
    width = min(shutil.get_terminal_size((80, 24)).columns, WIDEST)
    return "".join(_wrapped(name, shown(said), width) for name, said in rows)


def _wrapped(name: str, said: str, width: int) -> str:
    """One row, its text beside its name; a formula is not cut within a command."""
    lines = textwrap.wrap(said, max(width - _BESIDE, 20), break_on_hyphens=False) or [""]
    return f"{name:<{_BESIDE}}" + f"\n{'':<{_BESIDE}}".join(lines) + "\n"
