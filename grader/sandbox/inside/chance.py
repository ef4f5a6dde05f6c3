"""Chance that is the same from run to run: in every cell and every call it begins anew."""

from __future__ import annotations

import random
import sys
from typing import Any

import numpy as np

_seed, _seed_numpy, _generator = random.seed, np.random.seed, np.random.default_rng
_made = 0


def settle() -> None:
    """From now on a generator that is made without a seed has one all the same."""
    replaced: Any = np.random
    replaced.default_rng = _default_rng


def seed() -> None:
    """Begin anew."""
    global _made  # noqa: PLW0603  as chance itself, it is one for the process
    _made = 0
    _seed(0)
    _seed_numpy(0)
    torch: Any = sys.modules.get("torch")
    if hasattr(torch, "manual_seed"):
        torch.manual_seed(0)


def _default_rng(seed: Any = None) -> np.random.Generator:
    """As NumPy's; of those without a seed each is another, as two layers' weights should be."""
    global _made  # noqa: PLW0603
    if seed is None:
        _made += 1
        return _generator([0, _made])
    return _generator(seed)
