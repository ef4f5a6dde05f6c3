"""Shapes whose extents are formulas."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from grader.model import Verdict

LAYER = {
    "extents": ["F", "H - K + 1", "W - K + 1"],
    "symbols": {"F": [1, 9], "H": [4, 64], "W": [4, 64], "K": [1, 4]},
}


def test_extent_by_extent(ask: Any) -> None:
    """Extents may be written in another form, but not in another order."""
    layer = ask("shape-formula", **LAYER)
    assert layer.mark(r"F \times (H - (K - 1)) \times (W - (K - 1))").verdict is Verdict.CORRECT
    assert layer.mark(r"(H - K + 1) \times (W - K + 1) \times F").verdict is Verdict.INCORRECT


def test_bad_extent(ask: Any) -> None:
    """A symbol that is not declared is named."""
    with pytest.raises(ValidationError, match="'Q', expected a formula in F, H, W, K"):
        ask("shape-formula", **{**LAYER, "extents": ["Q"]})


def test_a_hole_in_the_domain(ask: Any) -> None:
    """Every extent has to have a value wherever it is asked for."""
    with pytest.raises(ValueError, match="1/S has no value somewhere"):
        _ = ask("shape-formula", extents=["1/S"], symbols={"S": [0, 4]}).reference


def test_an_empty_domain(ask: Any) -> None:
    """Requirements have to leave points."""
    with pytest.raises(ValueError, match="the domain leaves only"):
        _ = ask("shape-formula", **LAYER, require=["K > H"]).reference
