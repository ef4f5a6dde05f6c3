"""A backward pass that the student writes: against the engine, and against differences of the student's own forward.

A backward that is right for the student's own, different forward earns full credit, and that is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from pydantic import model_validator

from grader.answers.views.prose import ProseView
from grader.kinds import Kind, Proof, Trial
from grader.kinds._code import calls, following, proving
from grader.kinds._code.asked import Asked, Called, Points
from grader.kinds._code.calls import Reader
from grader.kinds._code.catalogue import load
from grader.kinds._code.operation import Operation
from grader.kinds._code.question import Forward, Question, groups_of, room_of, takes_gradient
from grader.kinds._code.slots import Slot
from grader.sandbox import Program


class Gradient(Asked):
    """The backward and the operation that it belongs to.

    A part of five minutes::

        kind: gradient
        given:
          name: conv_backward_naive
          operation: conv
          call: [dout, cache]
          returns: [dx, dw, db]
          forward:
            name: conv_forward_naive
            call: [x, w, b, {stride: stride, pad: padding}]
            returns: [out, cache]
    """

    returns: Any
    """The gradients, each as ``d`` and the array's name: ``[dx, dw, db]``."""
    forward: Called | None = None
    """The student's forward: its ``cache`` can then be an argument, and differences of it can be taken."""
    cache: tuple[Any, ...] | None = None
    """What the cache is made of, written as a call is, where the statement says so: ``[x, w, b, {...}]``."""
    shares: Mapping[str, Points] | None = None
    """How the points of a group are shared out over the gradients: ``{dx: 2, dw: 1, db: 1}``; left out, evenly."""

    @model_validator(mode="after")
    def _shares_name_the_gradients(self) -> Gradient:
        names = [result.name for result in self.question.results]
        if self.shares is not None and (set(self.shares) != set(names) or not sum(self.shares.values())):
            raise ValueError(f"found shares for {', '.join(self.shares)}, expected them for {', '.join(names)}")
        return self

    @cached_property
    def question(self) -> Question:
        """What is asked, worked out once.

        Raises:
            ValueError: the part does not make sense.
        """
        operation = load(self.operation)
        forward = self._forward(operation)
        signature = Reader(operation, self.torch, self._lent(operation, forward)).signature(self.name, self.call)
        signatures = [signature, *([forward.signature] if forward else [])]
        results = Reader(operation).results(self.returns, calls.layouts(*signatures))
        if any(result.word == "output" for result in results):
            raise ValueError("found the output in returns, expected gradients such as [dx, dw, db]")
        room = room_of(operation, signatures, self.options, self.sizes)
        gradient = takes_gradient(signature)
        if not gradient and not operation.scalar:
            raise ValueError("found no gradient to the output in the call, expected one; add dout")
        cases = groups_of(operation, room, f"{self.name}/{self.operation}", self.groups, gradient=gradient)
        question = Question(operation, signature, results, cases, self.counted(cases), room, **self.manner)
        return replace(question, forward=forward, shares=self.shares)

    def _forward(self, operation: Operation) -> Forward | None:
        if self.forward is None:
            return None
        reader = Reader(operation, self.torch)
        signature = reader.signature(self.forward.name, self.forward.call)
        (result, *_) = reader.results(self.forward.returns, calls.layouts(signature))
        return Forward(signature, result, calls.kept(self.forward.returns))

    def _lent(self, operation: Operation, forward: Forward | None) -> dict[str, Slot]:
        found = calls.lent_slots(forward.kept) if forward else {}
        if self.cache is not None:
            found["cache"] = Reader(operation, self.torch).named("cache", self.cache)
        if "cache" in self.call and "cache" not in found:
            raise ValueError(
                "found cache in the call, expected a forward that returns it, or what it is made of; add 'forward' "
                "with returns: [out, cache], or 'cache' with its entries"
            )
        return found


def _run(given: Gradient, program: Program, located: str | None) -> Trial:
    return following.run(given.question, program, located)


def _proof(given: Gradient) -> Proof:
    return proving.proof(given.question)


KIND = Kind(Gradient, lambda _given: ProseView(), lambda _given: None, run=_run, proof=_proof)
