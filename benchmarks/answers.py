r"""How many answers one core reads and checks in a second, beside sympy's parser and `simplify` on the same formulas.

    pip install sympy antlr4-python3-runtime==4.11
    python benchmarks/answers.py [--seconds N]

Every answer is another text, with white space put in by chance, so that nothing is remembered from the one before.
The rounds of all sorts take turns in one run, so that a busy machine slows all of them; medians are printed.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from grader import kinds
from grader.answers.claims import Claim
from grader.model import Verdict, Where

CONV = {
    "formula": "floor((W - K + 2*P)/S) + 1",
    "symbols": {"W": [4, 64], "K": [1, 7], "P": [0, 3], "S": [1, 4]},
    "require": ["K <= W + 2*P"],
}
SORTS: dict[str, tuple[str, dict[str, Any], int, list[str]]] = {
    "formulas": (
        "formula",
        CONV,
        3_000,
        [
            r"\left\lfloor \frac{W - K + 2P}{S} \right\rfloor + 1",
            r"\lfloor (W + 2P - K)/S \rfloor + 1",
            r"\left\lfloor \frac{W + 2 P - K + S}{S} \right\rfloor",
        ],
    ),
    "indexed formulas": (
        "indexed",
        {"formula": "dW[h,l] = sum_{i=1..m} sum_{j=1..m} dY[i,j] * X[i+h-1, j+l-1]"},
        1_500,
        [
            r"\frac{\partial L}{\partial W_{h,l}} = \sum_{i=1}^{m} \sum_{j=1}^{m} dY_{i,j} \cdot X_{i+h-1, j+l-1}",
            r"dW_{ab} = \sum_{i,j} dY_{ij} X_{i+a-1, j+b-1}",
            r"\sum_i \sum_j dY[i,j] X[i+h-1, j+l-1]",
        ],
    ),
    "numbers": ("number", {"value": 280}, 20_000, ["3 * 3 * 3 * 10 + 10 = 280", "280", r"3 \times 3 \times 30 + 10"]),
    "shapes": (
        "shape",
        {"shape": [28, 28, 10]},
        20_000,
        ["28 x 28 x 10", r"28 \times 28 \times 10", "(28, 28, 10)", "[28, 28, 10]"],
    ),
}
"""Each sort: the kind, what it is given, the aim in answers a second, the texts."""


def varied(texts: list[str], seed: int) -> Iterator[str]:
    """`texts` in turn, for ever, each time with other white space."""
    rng = random.Random(seed)  # noqa: S311 - white space is no secret
    while True:
        for text in texts:
            pieces = text.split(" ")
            yield "".join(piece + " " * rng.randint(1, 4) for piece in pieces) + " " * rng.randint(0, 9)


def ours(kind: str, stated: dict[str, Any]) -> Callable[[list[str]], None]:
    """A function that reads and checks answers."""
    spec = kinds.load(kind)
    given = spec.given.model_validate(stated)
    view, reference = spec.view(given), spec.reference(given)
    where = Where("answer.md", 1)

    def run(answers: list[str]) -> None:
        for text in answers:
            reading = view.read(Claim(text, where))
            if reading.value is None or view.compare(reading.value, reference).verdict is not Verdict.CORRECT:
                raise SystemExit(f"{kind}: a right answer is not read as such: {reading.reason}")

    return run


def sympys(texts: list[str]) -> Callable[[list[str]], None]:
    """The same with sympy: parse the LaTeX, simplify the difference to the reference."""
    from sympy import simplify
    from sympy.parsing.latex import parse_latex

    reference = parse_latex(texts[0])

    def run(answers: list[str]) -> None:
        for text in answers:
            simplify(parse_latex(text) - reference)

    return run


def rate(run: Callable[[list[str]], None], answers: list[str]) -> float:
    """Answers a second."""
    start = time.perf_counter()
    run(answers)
    return len(answers) / (time.perf_counter() - start)


def main() -> None:
    """Times all sorts in turn and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20.0, help="how long it may take, about")
    args = parser.parse_args()
    runs = {name: ours(kind, stated) for name, (kind, stated, _, _) in SORTS.items()}
    texts = {name: varied(sort[3], seed=1) for name, sort in SORTS.items()}
    try:
        runs["sympy"] = sympys(SORTS["formulas"][3])
        texts["sympy"] = varied(SORTS["formulas"][3], seed=1)
        runs["sympy"]([next(texts["sympy"])])
    except ImportError as missing:
        print(f"without sympy ({missing})")
        runs.pop("sympy", None)
    counts = {name: max(int(rate(run, list(islice(texts[name], 30))) * 0.15), 1) for name, run in runs.items()}
    rounds = max(3, int(args.seconds / (0.2 * len(runs))))
    rates: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            rates[name].append(rate(run, list(islice(texts[name], counts[name]))))
    print(f"{'sort':18} {'a second':>10} {'aim':>8}")
    for name, (_, _, aim, _) in SORTS.items():
        print(f"{name:18} {statistics.median(rates[name]):10,.0f} {aim:8,}")
    if "sympy" in rates:
        times = statistics.median(a / b for a, b in zip(rates["formulas"], rates["sympy"], strict=True))
        print(f"{'sympy, formulas':18} {statistics.median(rates['sympy']):10,.1f}")
        print(f"formulas against sympy's parse_latex and simplify: {times:,.0f} times as many")


if __name__ == "__main__":
    main()
