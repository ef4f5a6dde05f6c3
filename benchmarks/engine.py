"""The engine beside PyTorch on the CPU: what a call takes, as a ratio, by size of problem and by layer.

    pip install torch threadpoolctl
    python benchmarks/engine.py [--threads 1 4] [--keep FILE] [--rounds N] [SECTION ...]

Two processes, one for each library, take turns at the same work with the same threads, so that neither's waiting
threads are in the other's way and a busy machine slows both. Printed is the median of ours over the median of
PyTorch's; a table of layers also tells their geometric mean and the worst. `--keep` writes the same as Markdown.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

WARM = 0.3
"""Seconds of work before the clock counts: a processor that was idle begins slowly."""
LONG = 0.15
"""Seconds of work that are timed in a round."""


@dataclass(frozen=True)
class Work:
    """One operation on arrays of one shape."""

    operation: str
    """forward, weight, input (the gradients), max, average, max backward, or many."""
    input: tuple[int, ...]
    filters: int = 0
    kernel: int = 3
    stride: int = 1
    padding: int = 0
    groups: int = 1
    dtype: str = "float32"
    problems: int = 0

    @property
    def name(self) -> str:
        """As it is printed."""
        shape = "x".join(map(str, self.input))
        to = f" to {self.filters}" if self.filters else ""
        more = f", groups {self.groups}" if self.groups > 1 else ""
        return f"{shape}{to}, {self.kernel}x{self.kernel}, stride {self.stride}, padding {self.padding}{more}"


@dataclass(frozen=True)
class Section:
    """Work with the aim for its ratio; for each piece of it, or for the geometric mean."""

    title: str
    works: tuple[Work, ...]
    aims: tuple[float, ...]
    threads: int = 1


RESNET = (
    (3, 224, 64, 7, 2, 3), (64, 56, 64, 1, 1, 0), (64, 56, 64, 3, 1, 1), (64, 56, 256, 1, 1, 0),
    (256, 56, 64, 1, 1, 0), (256, 56, 128, 1, 1, 0), (128, 56, 128, 3, 2, 1), (256, 56, 512, 1, 2, 0),
    (128, 28, 512, 1, 1, 0), (512, 28, 128, 1, 1, 0), (128, 28, 128, 3, 1, 1), (256, 28, 256, 3, 2, 1),
    (512, 28, 1024, 1, 2, 0), (256, 14, 256, 3, 1, 1), (1024, 14, 256, 1, 1, 0), (512, 14, 512, 3, 2, 1),
    (512, 7, 512, 3, 1, 1), (2048, 7, 512, 1, 1, 0),
)  # fmt: skip
"""The layers of ResNet-50 that differ in shape, but for two: channels, size, filters, kernel, stride, padding."""
VGG = (
    (3, 224, 64, 3, 1, 1), (64, 112, 128, 3, 1, 1), (128, 56, 256, 3, 1, 1), (256, 56, 256, 3, 1, 1),
    (256, 28, 512, 3, 1, 1), (512, 28, 512, 3, 1, 1), (512, 14, 512, 3, 1, 1),
)  # fmt: skip


def layers(operation: str, batch: int, shapes: tuple[tuple[int, ...], ...], dtype: str = "float32") -> tuple[Work, ...]:
    """`operation` on each of the layers."""
    return tuple(
        Work(operation, (batch, channels, size, size), filters, kernel, stride, padding, dtype=dtype)
        for channels, size, filters, kernel, stride, padding in shapes
    )


def sections(threads: list[int]) -> Iterator[Section]:
    """Everything that is measured, with its aims."""
    small = (
        Work("forward", (1, 1, 5, 5), 1),
        Work("forward", (1, 1, 5, 5), 1, padding=1),
        Work("forward", (1, 3, 8, 8), 4, padding=1),
        Work("forward", (1, 6, 14, 14), 16, kernel=5),
    )
    yield Section("homework", small, (0.7, 1.0, 1.0, 0.4))
    many = tuple(
        Work("many", (channels, size, size), filters, problems=10_000)
        for channels, size, filters in ((1, 5, 1), (3, 7, 2), (3, 32, 8))
    )
    yield Section("many: 10,000 problems in one call, over a loop", many, (1 / 100, 1 / 7, 1.0))
    for count in threads:
        forward, weight, grad = (1.15, 1.4, 1.2) if count == 1 else (1.3, 1.5, 1.5)
        for batch in (1, 8):
            yield Section(f"resnet forward, batch {batch}", layers("forward", batch, RESNET), (forward,), count)
            yield Section(f"resnet weight gradient, batch {batch}", layers("weight", batch, RESNET), (weight,), count)
            yield Section(f"resnet input gradient, batch {batch}", layers("input", batch, RESNET), (grad,), count)
        yield Section("vgg forward, batch 8", layers("forward", 8, VGG), (forward,), count)
        if count > 1:
            doubles = layers("forward", 8, RESNET, "float64")
            yield Section("resnet forward in float64, batch 8", doubles, (0.85,), count)
    pools = ((8, 64, 112, 112), 3, 2, 1), ((8, 64, 56, 56), 2, 2, 0)
    for operation, aim in (("max", 0.3), ("average", 0.6), ("max backward", 2.5)):
        works = tuple(Work(operation, shape, kernel=k, stride=s, padding=p) for shape, k, s, p in pools)
        yield Section(f"{operation} pooling", works, (aim,) * len(works))
    grouped = tuple(
        Work("forward", (batch, channels, size, size), channels, padding=1, groups=groups)
        for batch, channels, size, groups in (
            (8, 32, 112, 32), (8, 128, 56, 128), (8, 512, 14, 512), (8, 128, 56, 32), (8, 256, 28, 32),
            (8, 1024, 7, 32), (8, 1024, 7, 1024),
        )
    )  # fmt: skip
    yield Section("grouped and depthwise forward", grouped, (4.0,) * len(grouped))


# --- a worker: one library


def ours(work: Work) -> Callable[[], Any]:
    """The work as a call of the engine."""
    import numpy as np

    from grader import engine

    x, weight = arrays(np, work)
    move = (work.stride, work.padding)
    if work.operation == "many":
        return lambda: engine.conv(x, weight, many=True)
    if work.operation == "forward":
        return lambda: engine.conv(x, weight, None, *move, groups=work.groups)
    if work.operation == "max":
        return lambda: engine.max_pool(x, work.kernel, *move)
    if work.operation == "average":
        return lambda: engine.avg_pool(x, work.kernel, *move)
    if work.operation == "max backward":
        y, indices = engine.max_pool(x, work.kernel, *move, return_indices=True)
        return lambda: engine.max_pool_grad(x, y, work.kernel, *move, indices=indices)
    grad = engine.conv(x, weight, None, *move)
    if work.operation == "weight":
        return lambda: engine.conv_grad_weight(x, weight.shape, grad, *move)
    return lambda: engine.conv_grad_input(x.shape, weight, grad, *move)


def theirs(work: Work) -> Callable[[], Any]:
    """The work as a call of PyTorch."""
    import numpy as np
    import torch

    F = torch.nn.functional
    x, weight = (None if array is None else torch.from_numpy(array) for array in arrays(np, work))
    move = (work.stride, work.padding)
    if work.operation == "many":
        return lambda: [F.conv2d(image, kernel) for image, kernel in zip(x, weight, strict=True)]
    if work.operation == "forward":
        return lambda: F.conv2d(x, weight, None, *move, groups=work.groups)
    if work.operation == "max":
        return lambda: F.max_pool2d(x, work.kernel, *move)
    if work.operation == "average":
        return lambda: F.avg_pool2d(x, work.kernel, *move)
    if work.operation == "max backward":
        y, indices = F.max_pool2d(x, work.kernel, *move, return_indices=True)
        sizes = ([work.kernel] * 2, [work.stride] * 2, [work.padding] * 2, [1, 1])
        return lambda: torch.ops.aten.max_pool2d_with_indices_backward(y, x, *sizes, False, indices)
    grad = F.conv2d(x, weight, None, *move)
    if work.operation == "weight":
        return lambda: torch.nn.grad.conv2d_weight(x, weight.shape, grad, *move)
    return lambda: torch.nn.grad.conv2d_input(x.shape, weight, grad, *move)


def arrays(np: Any, work: Work) -> tuple[Any, Any]:
    """Input and weight, the same in both processes."""
    rng = np.random.default_rng(0)
    lead = (work.problems,) if work.problems else ()
    x = rng.standard_normal((*lead, *work.input)).astype(work.dtype)
    if not work.filters:
        return x, None
    channels = work.input[-3] // work.groups
    weight = rng.standard_normal((*lead, work.filters, channels, work.kernel, work.kernel)).astype(work.dtype)
    return x, weight


def timed(call: Callable[[], Any]) -> float:
    """The median time of a call, after calls that are not counted."""
    start = time.perf_counter()
    call()
    once = time.perf_counter() - start
    batch = max(1, int(0.002 / max(once, 1e-7)))
    while time.perf_counter() - start < WARM:
        call()
    spent: list[float] = []
    while sum(spent) * batch < LONG or len(spent) < 3:
        start = time.perf_counter()
        for _ in range(batch):
            call()
        spent.append((time.perf_counter() - start) / batch)
    return statistics.median(spent)


def serve(library: str) -> None:
    """Times what each line of standard input asks for; a line of seconds is the answer."""
    if library == "torch":
        import torch

        torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    made: tuple[str, Callable[[], Any]] | None = None
    for line in sys.stdin:
        if made is None or made[0] != line:
            given = json.loads(line)
            work = Work(**{**given, "input": tuple(given["input"])})
            made = (line, (theirs if library == "torch" else ours)(work))
        print(timed(made[1]), flush=True)


# --- the two of them


class Worker:
    """A process of one library."""

    def __init__(self, library: str, threads: int) -> None:
        limits = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), str(threads))
        command = [sys.executable, __file__, "--serve", library]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, env={**os.environ, **limits}, stdin=pipe, stdout=pipe, text=True)

    def seconds(self, work: Work) -> float:
        """How long a call takes."""
        print(json.dumps(asdict(work)), file=self.process.stdin, flush=True)
        answer = self.process.stdout
        return float(answer.readline() if answer else "nan")


def ratios(section: Section, rounds: int) -> list[tuple[Work, float, float]]:
    """For each work the seconds of both."""
    pair = Worker("engine", section.threads), Worker("torch", section.threads)
    found = []
    for work in section.works:
        times = [tuple(worker.seconds(work) for worker in pair) for _ in range(rounds)]
        found.append((work, statistics.median(a for a, _ in times), statistics.median(b for _, b in times)))
    for worker in pair:
        worker.process.kill()
    return found


def told(section: Section, found: list[tuple[Work, float, float]]) -> Iterator[str]:
    """The section's rows, as Markdown."""
    threads = f", {section.threads} threads" if section.threads > 1 else ""
    yield f"\n### {section.title}{threads}\n\n| work | ours / PyTorch | aim |\n|---|---|---|"
    aims = section.aims if len(section.aims) == len(found) else (None,) * len(found)
    for (work, mine, other), aim in zip(found, aims, strict=True):
        yield f"| {work.name} | {mine / other:.3g} | {_aim(mine / other, aim)} |"
    if len(section.aims) < len(found):
        mean = math.exp(statistics.fmean(math.log(a / b) for _, a, b in found))
        yield f"| geometric mean | {mean:.3g} | {_aim(mean, section.aims[0])} |"
        worst = max(a / b for _, a, b in found)
        yield f"| worst | {worst:.3g} | {_aim(worst, 2.5)} |"


def _aim(ratio: float, aim: float | None) -> str:
    if aim is None:
        return ""
    return f"{aim:.3g}" if ratio <= aim else f"{aim:.3g}, missed by {100 * (ratio / aim - 1):.0f} %"


def main() -> None:
    """Measures the sections whose titles begin with one of those asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sections", nargs="*")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve:
        serve(args.serve)
        return
    lines = [f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"]
    print(lines[0])
    for section in sections(args.threads):
        if not args.sections or any(section.title.startswith(title) for title in args.sections):
            rows = list(told(section, ratios(section, args.rounds)))
            print("\n".join(rows), flush=True)
            lines += rows
    if args.keep:
        args.keep.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
