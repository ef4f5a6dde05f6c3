"""All kinds together: each loads, and reads its own reference back."""

from __future__ import annotations

from typing import Any

import pytest

from grader import kinds
from grader.kinds import Kind
from grader.model import Verdict

SAMPLES: dict[str, dict[str, Any]] = {
    "cases": {"formula": "d if z > 0 else 0", "symbols": {"d": "real", "z": "real"}},
    "choice": {"options": {"a": "the first", "b": "the second"}, "answer": "b"},
    "conv-grad-input": {"input_shape": [3, 3], "weight": [[1, 2], [3, 4]], "grad_output": "ones"},
    "conv-grad-weight": {"input": [[1, 2], [3, 4]], "kernel_size": 1, "grad_output": [[1, 0], [0, 2]]},
    "conv-output": {"input": [[1, 2, 3], [4, 5, 6]], "weight": [[1, -1]]},
    "conv-shape": {"input": [28, 28, 1], "layout": "HWC", "out_channels": 10, "kernel_size": 3},
    "entry-location": {"input": [1, 5, 2], "weight": [1], "value": "max"},
    "filter-design": {"goal": "sharpen"},
    "filter-recovery": {"input": [1, 4, 0, -2, 3], "output": [-2, 2, 11]},
    "formula": {"formula": "floor((W - K)/S) + 1", "symbols": {"W": [4, 64], "K": [1, 4], "S": [1, 4]}},
    "indexed": {"formula": "dW[h] = sum_{i=1..m} dY[i] * X[i+h-1]"},
    "growth": {"rate": "n*log(n)"},
    "index-limits": {"names": ["k_1", "k_2"], "sizes": [2, 3]},
    "kernel-size": {"input": 205, "output": 66, "stride": 3},
    "layer-params": {"input": [4, 4, 1], "layout": "HWC", "layers": [{"name": "p", "pool": {"window": 2}}]},
    "layer-shape": {"input": [4, 4, 1], "layout": "HWC", "layers": [{"name": "p", "pool": {"window": 2}}]},
    "members": {"members": ["W", "beta"], "others": ["X"]},
    "multiplications": {"in_channels": 3, "out_channels": 8, "kernel_size": 3, "input": [32, 32]},
    "number": {"value": "1/4 + 1/2"},
    "output-entry": {"input": [1, 5, 2], "weight": [1], "which": "max"},
    "param-count": {"in_channels": 3, "out_channels": 8, "kernel_size": 3},
    "pool-grad": {"input": [[1, 2], [3, 4]], "window": 2, "grad_output": "ones", "mode": "average"},
    "pool-output": {"input": [[1, 2], [3, 4]], "window": 2},
    "receptive-field": {"layers": [{"kernel_size": 3}, {"kernel_size": 3}]},
    "shape": {"shape": [5, "2*2"]},
    "shape-formula": {"extents": ["F", "H - 1"], "symbols": {"F": [1, 8], "H": [4, 9]}},
    "tensor": {"value": [[1, 0.5], [2, 3]]},
    "transposed-conv": {"input": [[-1, 2], [3, 1]], "weight": [[1, -1], [0, 1]]},
}


@pytest.mark.parametrize("name", kinds.names())
def test_loads(name: str) -> None:
    """Every kind that is listed is one."""
    assert isinstance(kinds.load(name), Kind)


def test_every_kind_has_a_sample() -> None:
    """The samples below leave out only what has no reference of its own, and code, which is asked and not read."""
    code = {name for name in kinds.names() if kinds.load(name).run}
    assert set(kinds.names()) - set(SAMPLES) - code == {"layer-table", "prose"}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_reference_earns_full_marks(name: str, ask: Any) -> None:
    """The reference, written as an answer, is read and found right."""
    question = ask(name, **SAMPLES[name])
    result = question.mark(question.rendered())
    assert (result.verdict, result.credit) == (Verdict.CORRECT, 1.0)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_slip_is_right(name: str, ask: Any) -> None:
    """A slip never explains a right answer, and its feedback never holds the reference."""
    question = ask(name, **SAMPLES[name])
    for slip in question.kind.slips(question.given):
        assert slip.value != question.reference
        assert question.rendered() not in slip.feedback


@pytest.mark.parametrize("name", kinds.names())
def test_a_strange_key_is_refused(name: str) -> None:
    """A misspelt key in `given` is an error in every kind."""
    with pytest.raises(ValueError, match=r"extra_forbidden|Extra inputs"):
        kinds.load(name).given.model_validate({"paddign": 1})
