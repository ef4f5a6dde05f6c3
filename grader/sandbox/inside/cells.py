"""Cells run one by one in one namespace: a cell goes in; its faults, notes and definitions come out."""

from __future__ import annotations

import ast
import linecache
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import CodeType
from typing import Any

from . import namespace
from .advice import advice
from .alarm import LATE, Alarm, Interrupted
from .chance import seed
from .faults import line_in, message, told
from .names import Names, bound
from .source import Source, parsed
from .statements import defines, future, groups, is_import
from .values import type_name

_compile = compile
_MOST_FAULTS = 100


@dataclass(slots=True)
class Ran:
    """What became of a cell."""

    faults: list[tuple[int, str]] = field(default_factory=list)
    definitions: list[dict[str, Any]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


class Cells:
    """The notebook: a namespace, and the files that tracebacks name."""

    def __init__(self, folder: str, alarm: Alarm, note: Callable[[str], None]) -> None:
        self._folder = os.path.realpath(folder)
        self._alarm = alarm
        self._note = note
        self.namespace = namespace.made(folder, note)
        self.names: dict[str, str] = {}
        """Cells' names by the file that tracebacks give."""
        self._left = Names(self.namespace, self._folder)

    def run(self, source: str, name: str, *, statements: bool, seconds: float) -> Ran:
        """Run a cell, for no longer than `seconds`."""
        seed()
        read = parsed(source, statements=statements)
        ran = Ran(faults=read.faults)
        for line, note in read.prepared.notes:
            self._note(f"{name}, line {line}: {note}")
        file = self._register(read.text, name)
        self._write(read, name)
        if statements:
            self.namespace["__file__"] = os.path.join(self._folder, name)  # noqa: PTH118
        ended = self._timed(read.body, file, seconds, statements=statements, ran=ran)
        ran.definitions, ran.gone = self._left.after(bound(read.body), ended=ended)
        del ran.faults[_MOST_FAULTS:]
        return ran

    def _timed(self, body: list[ast.stmt], file: str, seconds: float, *, statements: bool, ran: Ran) -> bool:
        """Whether it ran to its end; of a file of functions, what is defined behind an endless loop is still run."""
        try:
            self._alarm.on(seconds)
            ended = self._statements(body, file, statements=statements, ran=ran)
            _flush()
        except Interrupted as error:
            self._alarm.off()
            line = line_in(error, file)
            ran.faults.append((line, LATE))
            later = [statement for statement in body if statement.lineno > line and defines(statement)]
            return statements and bool(later) and self._timed(later, file, seconds / 10, statements=True, ran=ran)
        finally:
            self._alarm.off()
        return ended

    def _statements(self, body: Sequence[ast.stmt], file: str, *, statements: bool, ran: Ran) -> bool:
        """Whether the cell ran to its end; a failing import does not keep the rest of it from running."""
        flags = future(body)
        for group in groups(body, each=statements):
            fault = self._fault(group, file, flags)
            if fault and is_import(group[0]):
                self._note(f"{self.names[file]}, line {fault[0]}: {fault[1]}")
            elif fault:
                ran.faults.append(fault)
                if not statements:
                    return False
        return True

    def _fault(self, group: Sequence[ast.stmt], file: str, flags: int) -> tuple[int, str] | None:
        """Run some statements; the line and the message of what they raise."""
        try:
            code: CodeType = _compile(ast.Module(list(group), []), file, "exec", flags, dont_inherit=True)
            exec(code, self.namespace)  # noqa: S102  this is what this process is for, within its walls
        except Interrupted:
            raise
        except SystemExit as error:
            return line_in(error, file), "SystemExit: the cell ended itself"
        except BaseException as error:  # noqa: BLE001  whatever a student's code raises ends its cell alone
            return _line(error, file) or group[0].lineno, _described(error)
        return None

    def _register(self, text: str, name: str) -> str:
        """A file name for tracebacks, under which `inspect.getsource` and tracebacks find the text."""
        file = f"<{name}>"
        while file in self.names:
            file = f"<{file[1:-1]}'>"
        self.names[file] = name
        linecache.cache[file] = (len(text), None, [line + "\n" for line in text.split("\n")], file)
        return file

    def _write(self, read: Source, name: str) -> None:
        """``%%writefile``, inside the folder only."""
        if read.prepared.writes is None:
            return
        target, text, added = read.prepared.writes
        path = os.path.realpath(os.path.join(self._folder, target))  # noqa: PTH118
        if os.path.dirname(path) != self._folder:  # noqa: PTH120
            self._note(f"{name}: %%writefile {target[:100]} is left out: it is outside of the folder")
            return
        try:
            with open(path, "a" if added else "w", encoding="utf-8") as file:  # noqa: PTH123
                file.write(text)
        except OSError as error:
            self._note(f"{name}: %%writefile {target[:100]} could not be written: {error.strerror}")


def _line(error: BaseException, file: str) -> int:
    if isinstance(error, SyntaxError) and error.filename == file:
        return error.lineno or 0
    return line_in(error, file)


def _described(error: BaseException) -> str:
    text = told(error)
    if isinstance(error, SyntaxError) and "'await'" in text:
        text += ": what is awaited at the top of a cell is not run"
    meant = advice(type_name(error), message(error))
    return f"{text} ({meant})" if meant else text


def _flush() -> None:
    """What was printed goes out with its cell."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Interrupted:
            raise
        except BaseException:  # noqa: BLE001, S112  a student may have put anything in its place
            continue
