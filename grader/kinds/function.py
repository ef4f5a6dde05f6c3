"""A function that the student writes: hidden cases are drawn by size and by trap, and the engine says what is right.

Credit is the points of the groups of cases that it is right for, over all.
"""

from __future__ import annotations

from grader.answers.views.prose import ProseView
from grader.kinds import Kind, Proof, Trial
from grader.kinds._code import marking, proving
from grader.kinds._code.asked import Asked
from grader.sandbox import Program


class Function(Asked):
    """The function and the operation that it is to compute.

    A part of five minutes::

        kind: function
        given:
          name: conv_forward_naive
          operation: conv
          call: [x, w, b, {stride: stride, pad: padding}]
          returns: [out, cache]
    """


def _run(given: Function, program: Program, located: str | None) -> Trial:
    return marking.run(given.question, program, located)


def _proof(given: Function) -> Proof:
    return proving.proof(given.question)


KIND = Kind(Function, lambda _given: ProseView(), lambda _given: None, run=_run, proof=_proof)
