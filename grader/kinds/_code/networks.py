"""A module asked for its parameters and for the shape of its output, and held against a network of the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, TypeAlias

import numpy as np

from grader.kinds import Proof, Trial
from grader.kinds._code.local import LocalProgram
from grader.kinds._code.locating import absent
from grader.kinds._network import Network
from grader.kinds._operations import Conv
from grader.model import Verdict
from grader.sandbox import AsTensor, Kept, Opaque, Outcome, Program, Raised, Returned, Sort, Stopped

Weights: TypeAlias = Mapping[str, tuple[int, ...]]
"""Shapes by name, in order."""

_BUFFERS = ("running_mean", "running_var", "num_batches_tracked")
"""What PyTorch keeps beside the parameters; nothing of it is learned."""
_FUNCTIONS = {"function", "builtin_function_or_method", "method", "partial", "type"}
"""What has to be called before there is a module; an instance can be called as well, and is one."""
_IMAGES = 2
_BIAS_LEFT_OUT = "bias-left-out"


@dataclass(frozen=True)
class Ask:
    """What is asked of a module."""

    name: str
    arguments: tuple[Any, ...]
    network: Network
    params: str | None
    points: Mapping[str, float]

    @property
    def weights(self) -> Weights:
        """The arrays that are right, by layer and name."""
        steps = self.network.chain.steps()
        return {f"{step.layer.name}.{name}": shape for step in steps for name, shape in step.weights.items()}

    @property
    def output(self) -> tuple[int, ...]:
        """The shape that is right for a batch of images, channels first."""
        return (_IMAGES, *self.network.shapes()[-1])

    @property
    def input(self) -> AsTensor:
        """A batch of images."""
        return AsTensor(np.zeros((_IMAGES, *self.network.start), dtype=np.float32))


@dataclass(frozen=True)
class _Seen:
    """What one question came to: nothing to say where it is right."""

    fault: str = ""
    slip: tuple[str, str] | None = None
    doubt: str = ""
    evidence: str = ""


def run(ask: Ask, program: Program, located: str | None) -> Trial:
    """The trial of a module."""
    head, _, rest = ask.name.partition(".")
    if head not in program.definitions and located in program.definitions:
        head = str(located)
    definition = program.definitions.get(head)
    if definition is None:
        return absent(program, head, tuple(program.definitions))
    name = f"{head}.{rest}" if rest else head
    answered = definition.name
    if definition.blank:
        return Trial(Verdict.MISSING, 0.0, f"{name} is still the template: it has no body", answered=answered)
    made = program.value(name)
    if definition.sort is Sort.CLASS or (isinstance(made, Returned) and _is_function(made.value)):
        made = program.call(name, *ask.arguments)
    if not isinstance(made, Returned):
        return _not_made(name, made, answered)
    if made.value is None:
        return Trial(Verdict.MISSING, 0.0, f"{name} is still the template: it gives None", answered=answered)
    return _marked(ask, {what: _look(ask, what, program, made) for what in ask.points}, answered)


def _is_function(value: Any) -> bool:
    return isinstance(value, Opaque) and value.type.rpartition(".")[2] in _FUNCTIONS


def _not_made(name: str, outcome: Outcome, answered: str) -> Trial:
    match outcome:
        case Stopped(reason=reason):
            return Trial(Verdict.REVIEW, 0.0, f"{name} could not be asked: {reason}", answered=answered)
        case Raised(type="ModuleNotFoundError" | "ImportError", message=message):
            reason = f"{name} needs a library that is not installed here: {message}"
            return Trial(Verdict.REVIEW, 0.0, reason, answered=answered)
        case Raised(type="NotImplementedError"):
            return Trial(Verdict.MISSING, 0.0, f"{name} is still the template", answered=answered)
        case Raised(type=sort, message=message, line=line):
            place = f" ({line})" if line else ""
            return Trial(Verdict.INCORRECT, 0.0, f"{name} raises {sort}: {message}{place}", answered=answered)
    raise TypeError(outcome)


def _marked(ask: Ask, seen: Mapping[str, _Seen], answered: str) -> Trial:
    doubts = [one.doubt for one in seen.values() if one.doubt]
    if doubts:
        return Trial(Verdict.REVIEW, 0.0, doubts[0], answered=answered)
    earned = sum(points for what, points in ask.points.items() if not seen[what].fault)
    credit = round(earned / sum(ask.points.values()), 9)
    verdict = Verdict.CORRECT if credit == 1 else Verdict.PARTIAL if credit else Verdict.INCORRECT
    faults = [one.fault for one in seen.values() if one.fault]
    slip = next((one.slip for one in seen.values() if one.slip), None)
    right = " and ".join({"params": "parameters", "shape": "output shape"}[what] for what in ask.points)
    reason = "; ".join(faults) or f"right: {right}"
    name, feedback = slip or (None, None)
    evidence = "\n".join(filter(None, [one.evidence for one in seen.values()]))
    return Trial(verdict, credit, reason, feedback, name, evidence, answered)


def _look(ask: Ask, what: str, program: Program, made: Returned) -> _Seen:
    if what == "params":
        return _parameters(ask, program, made)
    if isinstance(made.value, dict):
        return _Seen("it gives a dict, which no image can go through")
    return _shape(ask, program, made.kept)


def _shape(ask: Ask, program: Program, module: Kept) -> _Seen:
    outcome = program.call_method(module, "__call__", ask.input)
    given = ask.input.array.shape
    match outcome:
        case Stopped(reason=reason):
            return _Seen(doubt=f"its output could not be had: {reason}")
        case Raised(type=sort, message=message):
            return _Seen(f"for an input of shape {given} it raises {sort}: {message}")
    if not isinstance(outcome.value, np.ndarray):
        return _Seen(f"for an input of shape {given} it gives no array")
    if outcome.value.shape != ask.output:
        return _Seen(f"for an input of shape {given} its output has shape {outcome.value.shape}, expected {ask.output}")
    return _Seen()


def _parameters(ask: Ask, program: Program, made: Returned) -> _Seen:
    found = _held(ask, program, made)
    if isinstance(found, _Seen):
        return found
    total, want = _count(found), _count(ask.weights)
    if total == want:
        return _Seen()
    side = "more" if total > want else "fewer"
    fault = f"it has {total} parameters, {side} than asked for{_first_difference(found, ask.weights)}"
    return _Seen(fault, _slip(ask, total), evidence=f"# expected parameters: {want}\n# got: {total}")


def _held(ask: Ask, program: Program, made: Returned) -> Weights | _Seen:
    """The arrays that a module holds as its parameters."""
    if isinstance(made.value, dict):
        return dict(_arrays(made.value))
    if ask.params is not None:
        outcome = program.call_method(made.kept, "__getattribute__", ask.params)
    else:
        outcome = program.call_method(made.kept, "state_dict")
    if isinstance(outcome, Stopped):
        return _Seen(doubt=f"its parameters could not be had: {outcome.reason}")
    if isinstance(outcome, Raised) or not isinstance(outcome.value, dict):
        sort = made.value.type if isinstance(made.value, Opaque) else type(made.value).__name__
        wanted = f"{ask.params}, a dict of arrays" if ask.params else "a module of PyTorch or a dict of arrays"
        return _Seen(f"it is of type {sort}, expected {wanted}")
    return dict(_arrays(outcome.value))


def _arrays(held: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, tuple[int, ...]]]:
    for name, value in held.items():
        if isinstance(value, dict):
            yield from _arrays(value, f"{within}{name}.")
        elif isinstance(value, np.ndarray | np.generic | float | int) and not str(name).endswith(_BUFFERS):
            yield f"{within}{name}", np.shape(value)


def _count(weights: Weights) -> int:
    return sum(prod(shape) for shape in weights.values())


def _first_difference(found: Weights, want: Weights) -> str:
    """The first array that has other extents, whatever their order, or how many there are."""
    if len(found) != len(want):
        return f": there are {len(found)} arrays of them, expected {len(want)} ({', '.join(want)})"
    pairs = zip(found.items(), want.items(), strict=True)
    for (name, shape), (layer, right) in pairs:
        if sorted(shape) != sorted(right):
            return f": {name} has shape {shape}, expected {right} ({layer})"
    return ""


def _slip(ask: Ask, total: int) -> tuple[str, str] | None:
    """Biases that are left out, in all layers or in one, or that are there where none are to be."""
    if total == _count(_without_biases(ask.weights)):
        return _BIAS_LEFT_OUT, "the layers have no bias"
    want = _count(ask.weights)
    for name, shape in ask.weights.items():
        if name.endswith(".bias") and total == want - prod(shape):
            return _BIAS_LEFT_OUT, f"a layer such as {name.removesuffix('.bias')} has no bias"
    layers = [layer.conv or layer.linear for layer in ask.network.layers]
    outputs = [
        one.out_channels if isinstance(one, Conv) else one.out_features for one in layers if one and not one.bias
    ]
    if outputs and total == want + sum(outputs):
        return "bias-added", "layers have a bias that are to have none"
    return None


def _without_biases(weights: Weights) -> Weights:
    return {name: shape for name, shape in weights.items() if not name.endswith(".bias")}


def proof(ask: Ask) -> Proof:
    """What proves a part: a module with the engine's own arrays and output."""
    slips: dict[str, Program] = {}
    if "params" in ask.points and len(_without_biases(ask.weights)) < len(ask.weights):
        slips[_BIAS_LEFT_OUT] = _holding(ask, _without_biases(ask.weights), ask.output)
    if "shape" in ask.points:
        slips["other-shape"] = _holding(ask, ask.weights, (*ask.output, 1))
    return Proof(_holding(ask, ask.weights, ask.output), slips)


def _holding(ask: Ask, weights: Weights, output: Sequence[int]) -> LocalProgram:
    class Holder:
        def __init__(self, *_arguments: Any) -> None:
            if ask.params is not None:
                setattr(self, ask.params, self.state_dict())

        def state_dict(self) -> dict[str, Any]:
            return {name: np.zeros(shape) for name, shape in weights.items()}

        def __call__(self, _images: Any) -> Any:
            return np.zeros(output)

    return LocalProgram({ask.name: Holder})
