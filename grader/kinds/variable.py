"""A value that the student's code leaves in a name, marked as another kind marks the same value written down."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from grader import kinds
from grader.answers.values import Number, Shape, Tensor, Value, plain
from grader.answers.view import Comparison
from grader.answers.views.prose import ProseView
from grader.errors import EngineError
from grader.kinds import Given, Kind, Proof, Slip, Trial
from grader.kinds._code.left import understood
from grader.kinds._code.local import LocalProgram
from grader.kinds._code.locating import absent
from grader.kinds._code.pasted import told as written
from grader.model import Verdict
from grader.sandbox import Program, Raised, Sort, Stopped


class Of(BaseModel):
    """The kind of part that the value answers."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    kind: str
    """``conv-output``, ``conv-shape``, ``param-count``..."""
    given: Mapping[str, Any] = {}


class Variable(Given):
    """The name, and what is to be in it.

    A part of five minutes::

        kind: variable
        given:
          name: out
          of: {kind: conv-output, given: {input: [[1, 2], [3, 4]], weight: [[1, 0]]}}
    """

    name: str
    """With dots for attributes: ``model.bias``."""
    of: Of

    @model_validator(mode="after")
    def _has_a_reference(self) -> Variable:
        if not isinstance(self.reference, Number | Shape | Tensor):
            raise ValueError(  # noqa: TRY004 - it is the file that is wrong
                f"found the kind {self.of.kind!r} of a variable, expected one of a number, shape or array"
            )
        return self

    @cached_property
    def kind(self) -> Kind[Any]:
        """The kind that reads and compares.

        Raises:
            ValueError: there is no such kind.
        """
        try:
            return kinds.load(self.of.kind)
        except KeyError:
            raise ValueError(f"found the kind {self.of.kind!r}, expected one of {', '.join(kinds.names())}") from None

    @cached_property
    def inner(self) -> Given:
        """What that kind is given.

        Raises:
            ValueError: it does not fit.
        """
        try:
            given: Given = self.kind.given.model_validate(dict(self.of.given))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise ValueError(f"found a given of {self.of.kind} that does not fit: {where}: {first['msg']}") from None
        return given

    @cached_property
    def reference(self) -> Value | None:
        """The right value.

        Raises:
            ValueError: shapes in the given do not fit.
        """
        try:
            return self.kind.reference(self.inner)
        except EngineError as error:
            raise ValueError(f"found a given of {self.of.kind} that does not fit: {error}") from None

    def compare(self, value: Value) -> Comparison:
        """How a value stands to the reference."""
        if self.kind.check:
            return self.kind.check(value, self.inner)
        return self.kind.view(self.inner).compare(value, self.reference)


def _run(given: Variable, program: Program, located: str | None) -> Trial:
    head = given.name.partition(".")[0]
    name = given.name if head in program.definitions or located is None else located
    definition = program.definitions.get(name.partition(".")[0])
    if definition is None:
        values = tuple(one.name for one in program.definitions.values() if one.sort is Sort.VALUE)
        return absent(program, name, values)
    answered = definition.name
    outcome = program.value(name)
    match outcome:
        case Stopped(reason=reason):
            return Trial(Verdict.REVIEW, 0.0, f"{name} could not be read: {reason}", answered=answered)
        case Raised(type=sort, message=message):
            return Trial(Verdict.INCORRECT, 0.0, f"{name} raises {sort}: {message}", answered=answered)
    if outcome.value is None and definition.sort is Sort.VALUE:
        return Trial(Verdict.MISSING, 0.0, f"{name} is still the template: it is None", answered=answered)
    return _marked(given, name, outcome.value, answered)


def _marked(given: Variable, name: str, value: Any, answered: str) -> Trial:
    assert given.reference is not None  # noqa: S101 - the part was validated
    found = understood(value, given.reference, given.kind.view(given.inner))
    if isinstance(found, str):
        return Trial(Verdict.INCORRECT, 0.0, f"{name} {found}", answered=answered)
    result = given.compare(found)
    evidence = "" if result.verdict is Verdict.CORRECT else f"{name}\n# got: {written(value)}"
    trial = Trial(result.verdict, result.credit, result.reason or "right", evidence=evidence, answered=answered)
    slip = None if result.verdict is Verdict.CORRECT else _slip(given, found)
    if slip is None:
        return trial
    credit = trial.credit if slip.credit is None else slip.credit
    verdict = Verdict.CORRECT if credit == 1 else Verdict.PARTIAL if credit else trial.verdict
    return Trial(verdict, credit, trial.reason, slip.feedback, slip.name, evidence, answered)


def _slip(given: Variable, found: Value) -> Slip | None:
    view = given.kind.view(given.inner)
    fitting = (
        one for one in given.kind.slips(given.inner) if view.compare(found, one.value).verdict is Verdict.CORRECT
    )
    return next(fitting, None)


def _proof(given: Variable) -> Proof:
    assert given.reference is not None  # noqa: S101 - the part was validated
    slips = given.kind.slips(given.inner)
    return Proof(_holding(given, given.reference), {slip.name: _holding(given, slip.value) for slip in slips})


def _holding(given: Variable, value: Value) -> LocalProgram:
    return LocalProgram({given.name: value.array if isinstance(value, Tensor) else plain(value)})


KIND = Kind(Variable, lambda _given: ProseView(), lambda _given: None, run=_run, proof=_proof)
