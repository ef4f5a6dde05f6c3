"""How a course lays its arrays out: a letter for each axis."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from grader.kinds._code.catalogue import load
from grader.kinds._code.words import Word

IMAGES = Word("NCHW", {"N": "N", "C": "C", "H": "H", "W": "W", "I": "CHW"})
EXTENTS = {"N": 2, "C": 3, "H": 4, "W": 5}


def images() -> np.ndarray:
    """An array whose entries all differ."""
    return np.arange(120.0).reshape(2, 3, 4, 5)


@pytest.mark.parametrize("order", ["".join(letters) for letters in permutations("NCHW")])
def test_any_order_and_back(order: str) -> None:
    """What is written is read back."""
    layout = IMAGES.layout(order)
    written = layout.write(images())
    assert written.shape == tuple(EXTENTS[letter] for letter in order)
    assert np.array_equal(layout.read(written, EXTENTS), images())


def test_axes_that_are_merged() -> None:
    """Rows of features, channels first."""
    layout = IMAGES.layout("NI")
    assert np.array_equal(layout.write(images()), images().reshape(2, 60))
    assert np.array_equal(layout.read(layout.write(images()), EXTENTS), images())


def test_axes_of_extent_1() -> None:
    """A bias of a step-by-step notebook; the x between letters is for the eye."""
    layout = load("conv").words["bias"].layout("1x1x1xO")
    assert layout.write(np.arange(3.0)).shape == (1, 1, 1, 3)


def test_axes_that_are_left_out() -> None:
    """A plain image is one channel of one example."""
    layout = IMAGES.layout("HW")
    assert layout.missing == "NC"
    assert np.array_equal(layout.write(images()[:1, :1]), images()[0, 0])


def test_squares() -> None:
    """FF says that both extents are equal."""
    weight = load("conv").words["weight"].layout("FFIO")
    assert weight.equal == ("K", "L")
    assert weight.write(np.zeros((5, 3, 2, 2))).shape == (2, 2, 3, 5)


@pytest.mark.parametrize("text", ["NCHQ", "NN", "NIC"])
def test_bad_layouts(text: str) -> None:
    """A letter that is not there, or twice."""
    with pytest.raises(ValueError, match=f"found the layout '{text}', expected letters out of N, C, H, W, I or 1"):
        IMAGES.layout(text)
