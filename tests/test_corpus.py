"""Real submissions, labelled by hand, that are kept outside the repository."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("GRADER_SHARED") or ROOT.parent / "shared")
AGREEMENT = SHARED / "tools" / "agreement"

MOST_REVIEWS = 30


@pytest.mark.skipif(not AGREEMENT.is_file(), reason="the hand-labelled submissions are not beside this checkout")
def test_every_decision_agrees_with_the_hand_labels() -> None:
    """Nothing is falsely accepted or rejected, and few answers are left to a person."""
    run = subprocess.run(
        [sys.executable, str(AGREEMENT), "--grader", f"{sys.executable} -m grader"],
        capture_output=True,
        text=True,
        check=False,
    )
    last = run.stdout.strip().splitlines()[-1]
    counts = {name: int(number) for name, number in re.findall(r"(false accept|false reject|other wrong|review|absent) (\d+)", last)}
    assert run.returncode == 0, run.stdout + run.stderr
    assert counts.pop("review") <= MOST_REVIEWS, run.stdout
    assert set(counts.values()) == {0}, run.stdout
