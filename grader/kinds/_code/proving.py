"""Programs that the engine answers for: the right one, and one for each slip that a case tells apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter
from inspect import Signature as PythonSignature
from itertools import chain, count
from typing import Any

from grader.kinds import Proof
from grader.kinds._code.calls import Path, Result
from grader.kinds._code.diagnosing import same, slipped
from grader.kinds._code.local import LocalProgram
from grader.kinds._code.operation import CodeSlip
from grader.kinds._code.question import Question
from grader.kinds._code.reading import read
from grader.kinds._code.slots import Signature
from grader.kinds._code.words import Values
from grader.sandbox import Program

Compute = Callable[[Result, Values], Any]


def proof(question: Question) -> Proof:
    """What proves that the part can be answered, and that its cases catch the mistakes."""
    slips: dict[str, Program] = {}
    for slip, result in _pairs(question):
        if _shows(question, slip, result):
            slips[_unused(f"{slip.name} ({result.name}", slips)] = program(question, _instead(question, slip))
    return Proof(right=program(question, question.expected), slips=slips)


def _unused(name: str, slips: Mapping[str, Program]) -> str:
    """The name of another program with the same mistake is told apart by a number."""
    numbered = (f"{name}, {number})" for number in count(2))
    return next(one for one in chain([f"{name})"], numbered) if one not in slips)


def program(question: Question, compute: Compute) -> LocalProgram:
    """A program whose function gives what `compute` says for each result, through the signature alone."""
    names = {question.name: _function(question, question.signature, question.results, compute, {})}
    if question.forward is not None:
        forward = question.forward
        names[forward.signature.name] = _function(
            question, forward.signature, (forward.result,), question.expected, forward.kept
        )
    return LocalProgram(names)


def _pairs(question: Question) -> list[tuple[CodeSlip, Result]]:
    return [
        (slip, result) for result in question.results for slip in question.operation.slips if slip.of == result.word
    ]


def _shows(question: Question, slip: CodeSlip, result: Result) -> bool:
    for cases in question.cases.values():
        for case in cases:
            found = slipped(slip, result, case.values)
            if found is not None and not same(found, question.expected(result, case.values), question.tolerance):
                return True
    return False


def _instead(question: Question, slip: CodeSlip) -> Compute:
    def compute(result: Result, values: Values) -> Any:
        found = slipped(slip, result, values) if result.word == slip.of else None
        return question.expected(result, values) if found is None else found

    return compute


def _function(
    question: Question, signature: Signature, results: tuple[Result, ...], compute: Compute, kept: Mapping[str, Path]
) -> Callable[..., Any]:
    def function(*arguments: Any, **keywords: Any) -> Any:
        given = [*zip(signature.positional, arguments, strict=True)]
        given += [(signature.keywords[key], value) for key, value in keywords.items()]
        values = read(question, given)
        places = [(result.path, compute(result, values)) for result in results]
        return _returned([*places, *((path, values) for path in kept.values())])

    names = [*(slot.name for slot in signature.positional), *signature.keywords]
    parameters = [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in names]
    function.__signature__ = PythonSignature(parameters)  # type: ignore[attr-defined]
    return function


def _returned(places: Sequence[tuple[Path, Any]]) -> Any:
    """One value, or the tuple or dict that the paths lead into."""
    if not places[0][0]:
        return places[0][1]
    if isinstance(places[0][0][0], str):
        return {path[0]: value for path, value in places}
    size = 1 + max(int(path[0]) for path, _ in places)
    found = [None] * size
    for path, value in places:
        found[int(path[0])] = value
    return tuple(found)
