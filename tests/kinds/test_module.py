"""Networks given as code. The modules here speak PyTorch's words; the lab's notebooks have real ones."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
import pytest
from pydantic import ValidationError

from grader import kinds
from grader.kinds import Trial
from grader.kinds._code.local import LocalProgram
from grader.model import Verdict

NETWORK = {
    "input": [1, 8, 8],
    "layout": "CHW",
    "layers": [
        {"name": "conv", "conv": {"out_channels": 4, "kernel_size": 3, "padding": 1}},
        {"name": "norm", "batch_norm": {}},
        {"name": "pool", "pool": {"window": 2}},
        {"name": "flatten", "flatten": {}},
        {"name": "fc", "linear": {"out_features": 10}},
    ],
}
SHAPES = {
    "conv.weight": (4, 1, 3, 3),
    "conv.bias": (4,),
    "norm.weight": (4,),
    "norm.bias": (4,),
    "norm.running_mean": (4,),
    "fc.weight": (10, 64),
    "fc.bias": (10,),
}


class Net:
    """As far like a module of PyTorch as is asked."""

    shapes: ClassVar = SHAPES
    output = (10,)

    def state_dict(self) -> dict[str, Any]:
        """Parameters and buffers."""
        return {name: np.zeros(shape) for name, shape in self.shapes.items()}

    def __call__(self, images: Any) -> Any:
        """An output for each image."""
        return np.zeros((len(images), *self.output))


def made() -> Net:
    """A function that gives one."""
    return Net()


def run(answer: Any, name: str = "Net", **changed: Any) -> Trial:
    """The trial of a module."""
    kind = kinds.load("module")
    assert kind.run
    given = kind.given.model_validate({"name": "Net", "network": NETWORK, **changed})
    return kind.run(given, LocalProgram({name: answer}), None)


@pytest.mark.parametrize("answer", [Net, Net(), made], ids=["class", "instance", "function"])
def test_right(answer: Any) -> None:
    """A class, an instance, or a function that makes one; running means are no parameters."""
    assert run(answer).credit == 1


def test_a_dict_of_arrays() -> None:
    """What is not PyTorch may hold its parameters under any names and in any order of axes."""
    arrays = {"W1": np.zeros((3, 3, 1, 4)), "b1": np.zeros(4), "g": np.ones(4), "s": np.ones(4)}
    arrays |= {"W2": np.zeros((64, 10)), "b2": np.zeros((1, 10))}

    class Own:
        params = arrays

    assert run(lambda: arrays, points={"params": 1}).credit == 1
    assert run(Own, points={"params": 1}, params="params").credit == 1


def test_biases_left_out() -> None:
    """Half the points for the shape, and the mistake by name."""

    class WithoutBias(Net):
        shapes: ClassVar = {name: shape for name, shape in SHAPES.items() if not name.endswith(".bias")}

    trial = run(WithoutBias)
    assert (trial.verdict, trial.credit, trial.slip) == (Verdict.PARTIAL, 0.5, "bias-left-out")
    assert "it has 680 parameters, fewer than asked for: there are 3 arrays of them, expected 6" in trial.reason


def test_the_first_layer_that_differs_is_named() -> None:
    """With its shape."""

    class Wider(Net):
        shapes: ClassVar = {**SHAPES, "fc.weight": (10, 32)}
        output = (10, 1)

    trial = run(Wider)
    assert "fc.weight has shape (10, 32), expected (10, 64) (fc.weight)" in trial.reason
    assert "its output has shape (2, 10, 1), expected (2, 10)" in trial.reason


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (ModuleNotFoundError("No module named 'torch'"), Verdict.REVIEW),
        (NotImplementedError(), Verdict.MISSING),
        (TypeError("missing 1 argument"), Verdict.INCORRECT),
    ],
)
def test_a_module_that_cannot_be_made(error: Exception, verdict: Verdict) -> None:
    """Without PyTorch a person has to look."""

    def make() -> Any:
        raise error

    assert run(make).verdict is verdict


def test_another_name() -> None:
    """A near one is a person's to judge."""
    assert run(Net, name="Nets").verdict is Verdict.REVIEW
    assert run(Net, name="classifier").verdict is Verdict.MISSING


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"points": {"flops": 1}}, "found points for flops, expected them for params, shape or both"),
        ({"params": "params"}, "found points for the shape of a dict of arrays"),
        ({"network": {"input": [1]}}, "found a network that does not fit: layout"),
        ({"network": {**NETWORK, "input": [1, 1, 1]}}, "found a network that does not fit: network: layer 'pool'"),
    ],
)
def test_bad_givens(change: dict[str, Any], message: str) -> None:
    """One line each."""
    with pytest.raises(ValidationError) as refused:
        kinds.load("module").given.model_validate({"name": "Net", "network": NETWORK, **change})
    assert message in str(refused.value)
