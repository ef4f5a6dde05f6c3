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

MOST_REVIEWS = 5
WRONG = ("false accept", "false reject", "other wrong", "absent")
COUNT = re.compile(rf"({'|'.join((*WRONG, 'review'))}) (\d+)")


@pytest.mark.skipif(not AGREEMENT.is_file(), reason="the hand-labelled submissions are not beside this checkout")
def test_every_decision_agrees_with_the_hand_labels() -> None:
    """Nothing is falsely accepted or rejected, and few answers are left to a person."""
    command = [sys.executable, str(AGREEMENT), "--grader", f"{sys.executable} -m grader"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    counts = {name: int(number) for name, number in COUNT.findall(run.stdout.splitlines()[-1])}
    assert {name: counts[name] for name in WRONG} == dict.fromkeys(WRONG, 0), run.stdout
    assert counts["review"] <= MOST_REVIEWS, run.stdout
