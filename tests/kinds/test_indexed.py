"""The kind for formulas of entries: what an author may leave out, and what is told about a wrong formula."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from grader.kinds.indexed import KIND, IndexedGiven
from grader.model import Verdict

FORMULA = "dW[h,l] = sum_{i=1..m} sum_{j=1..m} dY[i,j] * X[i+h-1, j+l-1]"


def given(**stated: Any) -> IndexedGiven:
    """A part's given."""
    return IndexedGiven.model_validate({"formula": FORMULA, **stated})


def test_the_formula_says_it_all() -> None:
    """Arrays, their ranks, the answer's indices and the sizes are read off it."""
    signature = given().signature
    assert dict(signature.ranks) == {"dY": 2, "X": 2}
    assert signature.free == ("h", "l")
    assert set(signature.symbols.domains) == {"m"}


def test_stated_extents_are_kept() -> None:
    """The answer's own extents say how far its indices run."""
    part = given(
        arrays={"X": ["n", "n"], "dY": ["m", "m"], "dW": ["k", "k"]},
        symbols={"n": [3, 8], "k": [1, 4], "m": [1, 8]},
        require=["m = n - k + 1"],
    )
    for setting in part.settings:
        n, k, m = (int(setting.scalars[name]) for name in "nkm")
        assert (setting.arrays["X"].shape, setting.arrays["dY"].shape) == ((n, n), (m, m))
        assert [len(each) for each in setting.ranges.values()] == [k, k]
        assert m == n - k + 1


def test_two_settings_differ_in_every_size() -> None:
    """A size that is 1, or the same twice, would hide a mistake."""
    first, second = given(symbols={"m": [1, 6]}).settings
    assert first.scalars["m"] != second.scalars["m"]


def test_arrays_made_of_others() -> None:
    """A definition is worked out on the same numbers."""
    part = IndexedGiven.model_validate({"formula": "y[i] = u[i]^2", "define": ["u[i] = max(0, z[i])"]})
    for setting in part.settings:
        np.testing.assert_allclose(setting.arrays["u"], np.maximum(0, setting.arrays["z"]))


def test_a_listed_slip_is_a_value_of_the_same_sort() -> None:
    """It is told from the reference."""
    part = given(
        slips=[{"name": "sign", "feedback": "look at the sign", "formula": FORMULA.replace("= sum", "= -sum")}]
    )
    (slip,) = KIND.slips(part)
    assert KIND.view(part).compare(slip.value, KIND.reference(part)).verdict is Verdict.INCORRECT


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({"formula": "dW[h] = sum_{i} dY[i"}, "expected a formula of entries"),
        ({"arrays": {"X": ["q", "n"]}, "symbols": {"n": [1, 2]}}, "the extent 'q'"),
        ({"symbols": {"m": [3, 2]}}, "found the domain [3, 2]"),
        ({"formula": "dW[h] = sum_{i=1..m} dY[i] * X[i, h] * dY[i, h]"}, "dY with 2 indices, where it has 1"),
        ({"origin": 2}, "Input should be 0 or 1"),
    ],
)
def test_what_an_author_got_wrong(stated: dict[str, Any], message: str) -> None:
    """One line says what and how to mend it."""
    with pytest.raises(ValidationError, match=re.escape(message)):
        given(**stated)
