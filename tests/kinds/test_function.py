"""Functions: how they are asked, what they earn, what is told of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from grader import kinds
from grader.kinds import Trial
from grader.kinds._code.catalogue import names
from grader.kinds._code.local import LocalProgram
from grader.model import Verdict
from grader.sandbox import CellFault, Outcome, Raised, Returned, Stopped

CONV = {
    "name": "conv",
    "operation": "conv",
    "call": ["x", "w", "b", {"stride": "stride", "pad": "padding"}],
    "returns": ["out", "_"],
}
RELU = {"name": "relu", "operation": "relu", "call": ["x"]}


def run(given: dict[str, Any], program: Any, located: str | None = None) -> Trial:
    """The trial of a function part."""
    kind = kinds.load("function")
    assert kind.run
    return kind.run(kind.given.model_validate(given), program, located)


def relu(answer: Callable[..., Any], **changed: Any) -> Trial:
    """The trial of an answer to the part that asks for relu."""
    return run({**RELU, **changed}, LocalProgram({"relu": answer}))


def conv(x: Any, w: Any, b: Any, options: Any) -> Any:
    """A right answer."""
    stride, pad = options["stride"], options["pad"]
    padded = np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    return np.einsum("nchwij,fcij->nfhw", windows, w) + b[:, None, None], None


class Always(LocalProgram):
    """A program whose relu has one outcome, whatever it is called with."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__({"relu": lambda x: x})
        self._outcome = outcome

    def call(self, _name: str, *_arguments: Any, **_keywords: Any) -> Outcome:
        """That outcome."""
        return self._outcome


def test_right() -> None:
    """All groups pass."""
    trial = run(CONV, LocalProgram({"conv": conv}))
    assert (trial.verdict, trial.credit, trial.evidence) == (Verdict.CORRECT, 1.0, "")
    assert trial.answered == "conv"


def test_credit_is_the_points_of_the_groups_that_pass() -> None:
    """Points by group are the part's to say."""
    given = {**RELU, "groups": {"positive": 1, "negative": 3}}
    assert run(given, LocalProgram({"relu": lambda x: x})).credit == 0.25


def test_what_is_right_and_what_is_wrong_is_said() -> None:
    """In the words of the groups."""
    trial = relu(lambda x: x)
    assert trial.reason.startswith("right with positive entries; wrong with negative entries")
    assert (trial.slip, trial.diagnosis) == ("not-rectified", "equals its input: below 0 it is 0")


def test_the_counterexample_is_small_and_can_be_pasted() -> None:
    """Sizes are shrunk first, then values."""
    trial = run(CONV, LocalProgram({"conv": lambda x, w, b, options: conv(x, w[:, :, ::-1, ::-1], b, options)}))
    assert trial.evidence.splitlines() == [
        "x = np.array([[[[0., 1.]]]])",
        "w = np.array([[[[0., 1.]]]])",
        "b = np.array([0.])",
        "conv(x, w, b, {'stride': 1, 'pad': 0})",
        "# expected out: array([[[[1.]]]])",
        "# got out: array([[[[0.]]]])",
    ]


def test_an_exception_is_told_with_its_case() -> None:
    """The smallest case that raises, and what it raised."""

    def answer(x: Any) -> Any:
        if x.shape[0] > 1:
            raise IndexError("index 1 is out of bounds")
        return np.maximum(x, 0)

    trial = relu(answer)
    assert "wrong with several examples: it raises IndexError: index 1 is out of bounds" in trial.reason
    assert trial.evidence.endswith("relu(x)\n# raised: IndexError: index 1 is out of bounds")
    assert "[[0.], [0.]]" in trial.evidence


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda _x: None, "relu is still the template: it returns None"),
        (lambda x: x.missing, "wrong in every group of cases"),
    ],
)
def test_templates(answer: Callable[..., Any], reason: str) -> None:
    """Nothing there is missing, something that fails is wrong."""
    assert reason in relu(answer).reason


def test_not_implemented_is_missing() -> None:
    """So are a body that raises NotImplementedError and one that holds nothing."""

    def answer(_x: Any) -> Any:
        raise NotImplementedError

    assert relu(answer).verdict is Verdict.MISSING
    blank = LocalProgram({"relu": lambda x: x}, blank=["relu"])
    assert run(RELU, blank).verdict is Verdict.MISSING


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (lambda x: np.maximum(x, 0).sum(), "its shape is (), expected (1, 1)"),
        (lambda x: np.maximum(x, 0)[..., None], "has another shape"),
        (lambda x: np.maximum(x, 0).astype(int), "whole numbers where the right ones have fractions"),
        (lambda x: np.maximum(x, 0).astype(object), "is of type ndarray, expected an array of shape"),
        (lambda x: np.where(x > 0, x, np.nan), "holds NaN"),
        (lambda _x: "relu", "is of type str, expected an array"),
        (lambda x: {"a": x}, "is of type dict, expected an array"),
    ],
)
def test_results_of_another_sort(answer: Callable[..., Any], text: str) -> None:
    """Each is told for what it is."""
    trial = relu(answer)
    assert trial.verdict is not Verdict.CORRECT
    assert text in trial.reason


def test_a_result_that_would_only_broadcast_is_wrong() -> None:
    """One number for all is not the array."""
    assert relu(lambda x: np.float64(np.maximum(x, 0).max())).credit == 0


def test_single_precision_is_near_enough() -> None:
    """A float32 result is held to float32's digits, unless the dtype is asked for."""

    def answer(x: Any) -> Any:
        return np.maximum(x, 0).astype(np.float32)

    assert relu(answer).credit == 1


def test_properties() -> None:
    """Each has points like a group's; what does not hold is said."""

    def answer(x: Any) -> Any:
        x[x < 0] = 0
        return x.astype(np.float64)

    trial = relu(answer, properties={"input-unchanged": 2, "dtype": 2})
    assert (trial.verdict, trial.credit) == (Verdict.PARTIAL, 0.5)
    assert "writes into its argument x" in trial.reason
    assert "out" not in trial.answered
    assert "output is float64 where the arguments are float32" in trial.reason


class SlowProgram(LocalProgram):
    """A program that says how long its calls took."""

    def __init__(self, names: dict[str, Any], seconds: float) -> None:
        super().__init__(names)
        self.seconds = seconds

    def call(self, name: str, *arguments: Any, **keywords: Any) -> Outcome:
        """As it is, but for the time."""
        outcome = super().call(name, *arguments, **keywords)
        assert isinstance(outcome, Returned)
        return replace(outcome, seconds=self.seconds)


def test_a_loop_over_pixels_shows_in_the_time() -> None:
    """Against the engine, on a large case; what is quick by itself is never said to be slow."""
    given = {**CONV, "properties": ["no-pixel-loop"]}
    assert "as a Python loop over pixels does" in run(given, SlowProgram({"conv": conv}, 1000.0)).reason
    assert run(given, SlowProgram({"conv": conv}, 0.01)).credit == 1


class StoppedProgram(LocalProgram):
    """A program of which some calls are stopped."""

    def __init__(self, names: dict[str, Any], size: int) -> None:
        super().__init__(names)
        self.size = size
        self.stopped = 0

    def call(self, name: str, *arguments: Any, **keywords: Any) -> Outcome:
        """Stops where the first argument is larger than the size."""
        if arguments[0].size > self.size:
            self.stopped += 1
            return Stopped("ran longer than 10 s")
        return super().call(name, *arguments, **keywords)


def test_a_call_that_is_stopped_costs_its_group() -> None:
    """The rest is still tried."""
    trial = run(RELU, StoppedProgram({"relu": lambda x: np.maximum(x, 0)}, 4))
    assert (trial.verdict, trial.credit) == (Verdict.PARTIAL, 0.75)
    assert "was stopped: ran longer than 10 s" in trial.reason


def test_where_every_call_is_stopped_it_is_wrong() -> None:
    """And it is not tried for ever: each call costs seconds."""
    program = StoppedProgram({"relu": lambda x: x}, 0)
    trial = run(RELU, program)
    assert (trial.verdict, trial.credit) == (Verdict.INCORRECT, 0.0)
    assert "it was stopped: ran longer than 10 s" in trial.reason
    assert program.stopped == 2


def test_where_the_time_of_the_whole_submission_is_used_up_a_person_looks() -> None:
    """Other cells may have used it, so it is no fault of this function."""
    outcome = Stopped("all its cells and calls together ran longer than 60 s", over=True)

    trial = run(RELU, Always(outcome))
    assert trial.verdict is Verdict.REVIEW
    assert "not every case of relu could be asked: all its cells and calls together" in trial.reason


@pytest.mark.parametrize("line", ["cell 1, line 3: (m, n) = None", "cell 1, line 4: for i in range(None): # loop"])
def test_a_template_that_was_left_as_it_is(line: str) -> None:
    """None stands where code belongs: nothing was answered."""
    outcome = Raised("TypeError", "'NoneType' object cannot be interpreted as an integer", line)

    trial = run(RELU, Always(outcome))
    assert trial.verdict is Verdict.MISSING
    assert trial.reason.startswith("relu is unfinished: None stands where code belongs (cell 1, line")


def test_numbers_that_are_a_little_off_are_for_a_person() -> None:
    """As where 1e-5 keeps a logarithm from 0: that is no rounding, and hardly a mistake."""
    trial = run(RELU, LocalProgram({"relu": lambda x: np.maximum(x, 0) + 1e-5}))
    assert trial.verdict is Verdict.REVIEW
    assert "output is right but for 1e-05, which is more than rounding" in trial.reason


def test_code_for_an_older_numpy_is_for_a_person() -> None:
    """It may have been right there."""
    outcome = Raised("TypeError", "only 0-dimensional arrays can be converted", advice="use x.item()")

    trial = run(RELU, Always(outcome))
    assert trial.verdict is Verdict.REVIEW
    assert trial.reason.endswith("use x.item()")


def test_a_name_that_is_nearly_right() -> None:
    """It may be the answer, so a person has to say."""
    trial = run(CONV, LocalProgram({"conv2": conv}))
    assert trial.verdict is Verdict.REVIEW
    assert "there is no conv; conv2 may be meant" in trial.reason


def test_a_definition_at_the_parts_place() -> None:
    """Where nothing has the name, what stands there counts, and it is said."""
    trial = run(RELU, LocalProgram({"my_rectifier": lambda x: np.maximum(x, 0)}), "my_rectifier")
    assert trial.verdict is Verdict.CORRECT
    assert "it is called my_rectifier, not relu" in trial.reason


def test_nothing_that_fits() -> None:
    """Missing, unless a cell that did not run may hold it."""
    assert run(RELU, LocalProgram({"x": 3})).verdict is Verdict.MISSING
    fault = CellFault(2, "cell 2", 1, "SyntaxError: invalid syntax")
    trial = run(RELU, LocalProgram({}, faults=[fault]))
    assert trial.verdict is Verdict.REVIEW
    assert "it may stand in cell 2, which did not run: SyntaxError: invalid syntax" in trial.reason


def test_another_signature_is_said_plainly() -> None:
    """What it takes and what was expected; another function that would fit is a person's to judge."""
    trial = run(CONV, LocalProgram({"conv": lambda x, w: x + w}))
    assert trial.verdict is Verdict.INCORRECT
    assert trial.reason == "conv takes (x, w), expected (x, w, b, options)"
    both = run(CONV, LocalProgram({"conv": lambda x, w: x + w, "conv_2": conv}))
    assert both.verdict is Verdict.REVIEW
    assert "conv_2 would fit" in both.reason


def test_a_value_of_that_name() -> None:
    """It is no function."""
    assert run(RELU, LocalProgram({"relu": 3})).reason == "relu is a value of type int, expected a function (x)"


def test_optional_parameters_do_not_matter() -> None:
    """Nor do stars."""
    assert relu(lambda x, slope=0: np.maximum(x, slope)).credit == 1
    assert relu(lambda *x: np.maximum(x[0], 0)).credit == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"operation": "convolve"}, "found the operation 'convolve', expected one of average-pool, batch-norm"),
        ({"name": "1conv"}, "found the name '1conv', expected one such as conv_forward"),
        ({"call": ["x", "w", "q"]}, "found 'q' for the argument 'q', expected one of x, w, b, input"),
        ({"call": ["x", "w", 3]}, "found 3 in a call, expected a name such as x"),
        ({"call": ["x", "b"]}, "found no weight in the call, expected conv to take one"),
        ({"call": [{"A": "input NHWQ"}, "w"]}, "found the layout 'NHWQ', expected letters out of N, C, H, W or 1"),
        ({"call": ["stride=stride", "x", "w"]}, "found 'x' behind stride=..., expected it before; move it"),
        ({"returns": ["_"]}, "found no result in returns"),
        ({"returns": ["res", "cache"]}, "found 'res' in returns, expected output, dx, dw, db, or _"),
        ({"returns": ["dx"]}, "found a gradient in returns, expected the gradient to the output"),
        ({"groups": {"strides": 1}}, "found the group 'strides' of conv, expected one of basic, bias, stride"),
        ({"groups": {"basic": 0}}, "found groups without points"),
        ({"sizes": {"Q": 3}}, "found the size Q: 3, expected such as N: 1..3 for N, C, H, W"),
        ({"options": {"paddding": 1}}, "found the option 'paddding' of conv, expected one of stride, padding"),
        ({"call": ["x", "w"], "groups": {"stride": 1}}, "found the group 'stride' of conv"),
    ],
)
def test_bad_givens(change: dict[str, Any], message: str) -> None:
    """One line that says what was found and what was expected."""
    with pytest.raises(ValidationError) as refused:
        kinds.load("function").given.model_validate({**CONV, **change})
    assert message in str(refused.value)


@pytest.mark.parametrize("operation", names())
def test_every_operation_can_be_asked_for(operation: str) -> None:
    """Its usual words in order; the engine's answer is right, and every slip that shows is caught and named."""
    from grader.kinds._code.catalogue import load

    found = load(operation)
    call = [*found.words, *found.options]
    kind = kinds.load("function")
    given = kind.given.model_validate({"name": "f", "operation": operation, "call": call})
    assert kind.run
    assert kind.proof
    proof = kind.proof(given)
    assert kind.run(given, proof.right, None).credit == 1
    assert proof.slips
    for name, program in list(proof.slips.items())[::3]:
        trial = kind.run(given, program, None)
        assert trial.credit < 1, name
        assert trial.diagnosis, name


def test_ranges_of_sizes_hold() -> None:
    """A statement that promises three channels gets no others, not even in a counterexample."""
    seen = set()

    def answer(x: Any, w: Any, b: Any, options: Any) -> Any:
        seen.add((x.shape[1], options["stride"]))
        return conv(x, w, b, options)[0] + 1, None

    run({**CONV, "sizes": {"C": 3, "stride": "1..2"}}, LocalProgram({"conv": answer}))
    assert {channels for channels, _ in seen} == {3}
    assert {stride for _, stride in seen} == {1, 2}


def test_options_that_are_built_in() -> None:
    """A function without a parameter for it may still pad."""

    def same(x: Any, w: Any) -> Any:
        return conv(x, w, np.zeros(len(w)), {"stride": 1, "pad": 1})[0]

    given = {"name": "same", "operation": "conv", "call": ["x", "w"], "options": {"padding": 1}}
    assert run(given, LocalProgram({"same": same})).credit == 1
