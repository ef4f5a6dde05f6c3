"""One hidden case put to a program: what came of it, result by result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.kinds._code.agreement import Fault, fault
from grader.kinds._code.calls import Path, Result
from grader.kinds._code.case import Case
from grader.kinds._code.question import Forward, Question
from grader.kinds._code.slots import Signature
from grader.kinds._code.words import Numbers, Values
from grader.sandbox import Kept, Opaque, Outcome, Program, Raised, Returned, Stopped

_NOTHING = object()


@dataclass(frozen=True)
class Attempt:
    """A case, what the call gave, and what is wrong with it."""

    case: Case
    outcome: Outcome
    faults: Mapping[str, Fault]
    """By the result's name; what is not there is right."""
    got: Mapping[str, Any] = field(default_factory=dict)
    """By the result's name, where the call came back with something at its place."""
    lost: str = ""
    """Why nothing could be asked: the student's own forward, whose cache it needs, did not give one."""

    @property
    def sort(self) -> tuple[tuple[str, str], ...]:
        """Which results are wrong and in what manner: what stays while a counterexample is shrunk."""
        detail = f" {self.outcome.type}" if isinstance(self.outcome, Raised) else ""
        return tuple((name, found.sort + detail) for name, found in self.faults.items())


def attempt(question: Question, case: Case, program: Program) -> Attempt:
    """`case` put to `program`."""
    lent: dict[str, Any] = {}
    if question.forward is not None:
        outcome = ask(program, question.forward.signature, case.values, {})
        missing = _lend(outcome, question.forward, lent)
        if missing and not _makes_do(question.signature, lent):
            return Attempt(case, outcome, dict.fromkeys(_names(question), Fault("nothing", missing)), lost=missing)
    return judged(question, case, ask(program, question.signature, case.values, lent))


def ask(program: Program, signature: Signature, values: Values, lent: Mapping[str, Any]) -> Outcome:
    """The call of `signature` for one case."""
    positional, keywords = signature.arguments(values, lent)
    return program.call(signature.name, *positional, **keywords)


def judged(question: Question, case: Case, outcome: Outcome) -> Attempt:
    """What is wrong with what came of a call."""
    match outcome:
        case Raised(type=name, message=message, line=line, advice=advice):
            place = f" ({line})" if line else ""
            text = f"raises {name}: {message}".rstrip(" :") + place + (f"; {advice}" if advice else "")
            return Attempt(case, outcome, dict.fromkeys(_names(question), Fault("raised", text)))
        case Stopped(reason=reason):
            return Attempt(case, outcome, dict.fromkeys(_names(question), Fault("stopped", f"was stopped: {reason}")))
    faults: dict[str, Fault] = {}
    got: dict[str, Any] = {}
    for result in question.results:
        value = piece(outcome.value, result.path)
        if value is _NOTHING:
            faults[result.name] = Fault("kind", _misplaced(outcome.value, question.results))
            continue
        got[result.name] = value
        wrong = fault(value, question.right(result, case), result.layout, question.tolerance)
        if wrong:
            faults[result.name] = wrong
    return Attempt(case, outcome, faults, got)


def piece(value: Any, path: Path) -> Any:
    """What stands at `path` of what was returned; a marker that equals nothing where nothing does."""
    for step in path:
        match value, step:
            case None, _:
                return None
            case tuple() | list(), int() if step < len(value):
                value = value[step]
            case dict(), _ if step in value:
                value = value[step]
            case _:
                return _NOTHING
    return value


def output_of(outcome: Outcome, result: Result) -> Numbers | None:
    """The array that a forward gave, None where it gave none."""
    if not isinstance(outcome, Returned):
        return None
    found = piece(outcome.value, result.path)
    return found if hasattr(found, "dtype") else None


def kept_by(outcome: Returned, forward: Forward) -> dict[str, Kept]:
    """What a call of the forward keeps for the backward, by name."""
    return {name: Kept(outcome.kept.id, (*outcome.kept.path, *path)) for name, path in forward.kept.items()}


def _names(question: Question) -> list[str]:
    return [result.name for result in question.results]


def _lend(outcome: Outcome, forward: Forward, lent: dict[str, Any]) -> str:
    """Puts what the forward kept for the backward into `lent`; says why it could not."""
    if not isinstance(outcome, Returned):
        what = f"raises {outcome.type}: {outcome.message}" if isinstance(outcome, Raised) else outcome.reason
        return f"{forward.signature.name}, whose cache it needs, {what}"
    for name, path in forward.kept.items():
        if piece(outcome.value, path) is _NOTHING and not isinstance(outcome.value, Opaque):
            return f"{forward.signature.name} returns no {name}"
    lent |= kept_by(outcome, forward)
    return ""


def _makes_do(signature: Signature, lent: Mapping[str, Any]) -> bool:
    """Whether all arguments are there although the forward gave nothing, as where the part states the cache."""
    return all(slot.stands_alone or slot.name in lent for slot in signature.slots)


def _misplaced(value: Any, results: tuple[Result, ...]) -> str:
    wanted = ", ".join(result.name for result in results)
    size = f"{type(value).__name__} of {len(value)}" if isinstance(value, tuple | list | dict) else "single value"
    return f"was not found in the {size} that it returns, expected {wanted} in their places"
