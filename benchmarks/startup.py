"""What a student waits for: `grader run` on one submission, against `python -c "import numpy"`.

    python benchmarks/startup.py SUBMISSION [--assignment ID] [--runs N]

The two take turns in one run, so that a busy machine slows both. Printed are the medians, the median ratio of
neighbouring runs, and the grader's peak memory. The aim: at most 3 times as long, at most 150 MB.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

NUMPY = [sys.executable, "-c", "import numpy"]


def timed(command: list[str]) -> tuple[float, float]:
    """Seconds by the wall and peak memory in MB of one run of `command`."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"{' '.join(command)} ended with status {os.waitstatus_to_exitcode(status)}")
    return seconds, usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Times the two commands in turn and prints what came out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("submission", type=Path)
    parser.add_argument("--assignment", help="where the submission does not name it")
    parser.add_argument("--runs", type=int, default=15)
    args = parser.parse_args()
    grader = [sys.executable, "-m", "grader", "run", str(args.submission), "--format", "json"]
    grader += ["--assignment", args.assignment] if args.assignment else []
    for command in (grader, NUMPY):  # the first run reads the files from disk
        timed(command)
    pairs = [(timed(grader), timed(NUMPY)) for _ in range(args.runs)]
    ours, theirs = ([pair[side][0] for pair in pairs] for side in (0, 1))
    ratio = statistics.median(mine / other for mine, other in zip(ours, theirs, strict=True))
    memory = max(pair[0][1] for pair in pairs)
    print(f"grader run      {statistics.median(ours) * 1000:6.0f} ms")
    print(f"import numpy    {statistics.median(theirs) * 1000:6.0f} ms")
    print(f"ratio           {ratio:6.2f}      (aim: at most 3)")
    print(f"peak memory     {memory:6.0f} MB   (aim: at most 150)")


if __name__ == "__main__":
    main()
