"""``grader``, and ``python -m grader``: the process, before the command line is loaded into it."""

from __future__ import annotations

import gc
import os


def main() -> None:
    """Runs the command line in a process that lives for one command.

    Collecting garbage while modules load, and threads for matrices of homework size, would only cost time.
    """
    gc.disable()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read once, when NumPy is loaded
    from grader.cli import main as command_line

    command_line()


if __name__ == "__main__":
    main()
