"""Backward passes: against the engine, against the student's own forward, with the cache that they need."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from grader import engine, kinds
from grader.kinds import Trial
from grader.kinds._code.local import LocalProgram
from grader.model import Verdict

FORWARD = {"name": "affine", "call": [{"x": "input NI"}, {"w": "weight IO"}, "b"], "returns": ["out", "cache"]}
GIVEN = {
    "name": "affine_back",
    "operation": "linear",
    "call": ["dout", "cache"],
    "returns": ["dx", "dw", "db"],
    "forward": FORWARD,
}


def run(program: LocalProgram, **changed: Any) -> Trial:
    """The trial of a backward pass of the affine layer."""
    kind = kinds.load("gradient")
    assert kind.run
    return kind.run(kind.given.model_validate({**GIVEN, **changed}), program, None)


def affine(x: Any, w: Any, b: Any) -> Any:
    """A right forward."""
    return x @ w + b, (x, w)


def back(dout: Any, cache: Any) -> Any:
    """A right backward."""
    x, w = cache
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)


def program(forward: Any = affine, backward: Any = back) -> LocalProgram:
    """Both under the names that the part asks for."""
    return LocalProgram({"affine": forward, "affine_back": backward})


def test_right() -> None:
    """With the cache of the student's own making."""
    assert run(program()).credit == 1


def test_points_by_gradient() -> None:
    """A third for each, or as the part shares them out."""

    def answer(dout: Any, cache: Any) -> Any:
        dx, dw, db = back(dout, cache)
        return dx, -dw, db

    assert run(program(backward=answer)).credit == pytest.approx(2 / 3)
    assert run(program(backward=answer), shares={"dx": 1, "dw": 3, "db": 0}).credit == 0.25


def test_the_gradient_of_the_students_own_forward() -> None:
    """A forward that forgets the bias has none to it: a backward that says so is right, and it is said."""

    def forward(x: Any, w: Any, b: Any) -> Any:
        return 2 * (x @ w) + b, (x, w)

    def backward(dout: Any, cache: Any) -> Any:
        dx, dw, db = back(dout, cache)
        return 2 * dx, 2 * dw, db

    trial = run(program(forward, backward))
    assert trial.verdict is Verdict.REVIEW
    assert "gives the gradient of your own affine, which is not linear nor a known mistake in it" in trial.reason


def test_the_gradient_of_a_forward_with_a_known_slip() -> None:
    """Full credit: the forward's mistake is marked where it was made."""

    def forward(x: Any, w: Any, b: Any) -> Any:
        out = x @ w + (b if len(x) == 1 else 2 * b)
        return out, (x, w)

    def backward(dout: Any, cache: Any) -> Any:
        dx, dw, db = back(dout, cache)
        return dx, dw, db if len(dout) == 1 else 2 * db

    trial = run(program(forward, backward))
    assert (trial.verdict, trial.credit) == (Verdict.CORRECT, 1.0)
    assert "right for your own forward" in trial.reason
    assert run(program(affine, backward)).credit < 1


def test_a_forward_that_gives_nothing() -> None:
    """The backward cannot be asked, so a person looks; where the part says what the cache is, it can."""

    def forward(_x: Any, _w: Any, _b: Any) -> Any:
        raise ValueError("not yet")

    trial = run(program(forward))
    assert trial.verdict is Verdict.REVIEW
    assert "affine, whose cache it needs, raises ValueError: not yet" in trial.reason
    assert run(program(forward), cache=[{"x": "input NI"}, {"w": "weight IO"}]).credit == 1


def test_a_cache_that_the_part_states() -> None:
    """Then no forward is needed."""
    cache = [{"x": "input NI"}, {"w": "weight IO"}]
    only = LocalProgram({"affine_back": back})
    assert run(only, forward=None, cache=cache, returns=["dx", "dw", "db"]).credit == 1


def test_the_counterexample_runs_the_forward_first() -> None:
    """Its lines can be pasted below the student's own two functions."""

    def answer(dout: Any, cache: Any) -> Any:
        dx, dw, _ = back(dout, cache)
        return dx, dw, dout.mean(axis=0)

    trial = run(program(backward=answer))
    assert trial.slip == "mean-over-batch"
    lines = trial.evidence.splitlines()
    assert lines[-4:-2] == ["out, cache = affine(x, w, b)", "affine_back(dout, cache)"]
    assert lines[-2].startswith("# expected db: array([")


def test_the_gradient_of_a_loss_needs_no_gradient_to_it() -> None:
    """That is 1."""

    def slope(x: Any, y: Any) -> Any:
        shares = np.exp(x - x.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        return (shares - np.eye(x.shape[1])[y]) / len(x)

    given = {"name": "slope", "operation": "cross-entropy", "call": ["x", "y"], "returns": "dx", "forward": None}
    assert run(LocalProgram({"slope": slope}), **given).credit == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"forward": None}, "found cache in the call, expected a forward that returns it"),
        ({"returns": ["out"]}, "found the output in returns, expected gradients"),
        ({"call": ["cache"]}, "found no gradient to the output in the call, expected one; add dout"),
        ({"shares": {"dx": 1}}, "found shares for dx, expected them for dx, dw, db"),
        ({"returns": ["dx", "dq"]}, "found 'dq' in returns"),
    ],
)
def test_bad_givens(change: dict[str, Any], message: str) -> None:
    """One line each."""
    with pytest.raises(ValidationError) as refused:
        kinds.load("gradient").given.model_validate({**GIVEN, **change})
    assert message in str(refused.value)


CONV = {
    "name": "conv_back",
    "operation": "conv",
    "call": ["dout", "cache"],
    "returns": ["dx", "dw", "db"],
    "forward": {
        "name": "conv",
        "call": ["x", "w", "b", {"stride": "stride", "pad": "padding"}],
        "returns": ["out", "cache"],
    },
}


def conv(x: Any, w: Any, b: Any, options: Any) -> Any:
    """A right convolution."""
    return engine.conv(x, w, b, stride=options["stride"], padding=options["pad"]), (x, w, options)


def conv_back(dout: Any, cache: Any) -> Any:
    """Its gradients."""
    x, w, options = cache
    how = {"stride": options["stride"], "padding": options["pad"]}
    dw = engine.conv_grad_weight(x, w.shape, dout, **how)
    return engine.conv_grad_input(x.shape, w, dout, **how), dw, engine.conv_grad_bias(dout)


def test_a_fault_without_padding_costs_that_group_alone() -> None:
    """Most cases are without padding: where that is the trap, the others are asked again with some."""

    def cut(dout: Any, cache: Any) -> Any:
        pad = cache[2]["pad"]
        dx, dw, db = conv_back(dout, cache)
        padded = np.pad(dx, [(0, 0), (0, 0), (pad, pad), (pad, pad)])
        return padded[:, :, pad:-pad, pad:-pad], dw, db

    trial = run(LocalProgram({"conv": conv, "conv_back": cut}), **CONV)
    assert trial.slip == "cut-by-minus-zero"
    assert trial.reason.startswith("right in 12 of 13 groups of cases, wrong without padding: dx is empty")
    assert trial.credit == pytest.approx(1 - 1 / 39)


def test_where_the_forward_fails_the_backward_is_not_asked() -> None:
    """The forward's faults are marked where it is asked for; what can be asked of the backward counts."""

    def square(x: Any, w: Any, b: Any, options: Any) -> Any:
        if w.shape[2] != w.shape[3]:
            raise ValueError("a square kernel, please")
        return conv(x, w, b, options)

    trial = run(LocalProgram({"conv": square, "conv_back": conv_back}), **CONV)
    assert (trial.verdict, trial.credit) == (Verdict.CORRECT, 1.0)
    assert "not asked with a kernel that is not square: conv, whose cache it needs, raises ValueError" in trial.reason
