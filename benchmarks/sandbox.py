"""Student code in the sandbox beside nbclient, which runs the same notebook in a fresh kernel.

    pip install -e '.[benchmark]' && python benchmarks/sandbox.py [--workers 1 4] [--rounds 3] [--keep FILE]

Both take turns in one run; figures are medians over the rounds. What is timed of ours is all that a submission with
code costs: a child between its walls, its cells, one question, its end. The start of the sandbox is paid once a run.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from grader.sandbox import Cell, Returned
from grader.sandbox.runner import Sandbox

SOURCES = (
    "import numpy as np",
    """\
def conv(x, w):
    rows, columns = x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            out[i, j] = np.sum(x[i : i + w.shape[0], j : j + w.shape[1]] * w)
    return out""",
    "image = np.arange(25.0).reshape(5, 5)\nkernel = np.array([[1.0, 0.0], [0.0, -1.0]])",
    "result = conv(image, kernel)\nprint(result)",
    "total = result.sum()\nassert np.isfinite(total)",
)
CELLS = tuple(Cell(source, number, f"cell {number}") for number, source in enumerate(SOURCES))
A_BATCH = 40
"""Notebooks of ours to one of nbclient's, so that both are timed over some seconds."""


def main() -> None:
    """Measure, print the table, keep it where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    lines = [*_head(), *_start(options.rounds)]
    for workers in options.workers:
        with Sandbox(processes=workers) as sandbox:
            lines += _beside(sandbox, workers, options.rounds)
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if options.keep:
        options.keep.write_text(text, encoding="utf-8")


def _head() -> list[str]:
    made = f"Made by `python benchmarks/sandbox.py`, {platform.machine()}, Python {platform.python_version()}"
    return [
        "# Student code beside nbclient",
        "",
        f"{made}, NumPy {np.__version__}. A notebook of {len(SOURCES)} small cells.",
        "",
        "| work | measured | aim |",
        "|---|---|---|",
    ]


def _start(rounds: int) -> list[str]:
    return [f"| start of the sandbox, once a run | {statistics.median(_starts(rounds)):.2f} s | 0.5 s |"]


def _starts(rounds: int) -> list[float]:
    found = []
    for _ in range(max(rounds, 3)):
        with Sandbox() as sandbox:
            found.append(_timed(lambda sandbox=sandbox: sandbox.layers()))
    return found


def _beside(sandbox: Sandbox, workers: int, rounds: int) -> list[str]:
    """Ours and theirs in turns."""
    count = A_BATCH * workers
    ours, theirs = [], []
    with (
        ThreadPoolExecutor(workers) as threads,
        ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as processes,
    ):
        list(processes.map(_by_nbclient, range(workers)))  # imports are paid beforehand, on both sides
        list(threads.map(lambda _: _by_us(sandbox), range(2 * workers)))
        for _ in range(rounds):
            ours.append(_timed(lambda: list(threads.map(lambda _: _by_us(sandbox), range(count)))) / count)
            theirs.append(_timed(lambda: list(processes.map(_by_nbclient, range(workers)))) / workers)
    mine, other = statistics.median(ours), statistics.median(theirs)
    named = f"{workers} worker{'s' if workers > 1 else ''}"
    return [
        f"| a notebook, {named} | {1000 * mine * workers:.1f} ms | 30 ms |",
        f"| notebooks a second, {named} | {1 / mine:.0f}, nbclient {1 / other:.2f} | |",
        f"| throughput over nbclient's, {named} | {other / mine:.0f} | 50 |",
    ]


def _by_us(sandbox: Sandbox) -> None:
    with sandbox.run(CELLS) as program:
        found = program.value("total")
    if not isinstance(found, Returned) or found.value != -96.0:
        raise RuntimeError(f"the notebook did not run: {found}")


def _by_nbclient(_number: int) -> None:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in SOURCES])
    NotebookClient(notebook, kernel_name="python3").execute()


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
