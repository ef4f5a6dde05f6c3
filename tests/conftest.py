"""What work costs against a plain loop, so that a slow machine fails no test; what tests cost; what held attacks."""

from __future__ import annotations

import gc
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

import pytest

Within = Callable[[float, Callable[[], Any]], Any]


def pytest_collection_finish() -> None:
    """Thousands of tests stay to the end: the garbage collector looks past them, and more rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


def _loop() -> float:
    """Processor seconds of a plain loop: some 5 to 20 ms."""
    start = time.process_time()
    for _ in range(400_000):
        pass
    return time.process_time() - start


@pytest.fixture(scope="session")
def within() -> Within:
    """`within(loops, work)` is what `work()` gives; it fails where that took more than `loops` plain loops do."""
    usual = min(_loop() for _ in range(3))

    def measure(loops: float, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        result = work()
        spent = time.process_time() - start
        if spent > loops * usual:  # the machine may have slowed down since
            now = max(usual, _loop())
            assert spent <= loops * now, (
                f"it took {spent / now:.0f} times a plain loop, at most {loops:.0f} is expected"
            )
        return result

    return measure


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell which layer held which of the programs that attack, and for how many kinds of user."""
    held: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for report in terminalreporter.getreports("passed"):
        for name, told in getattr(report, "user_properties", ()):
            if name == "held" and report.when == "call":
                layer, program = told.split(": ")
                held[layer][program] += 1
    if held:
        terminalreporter.section("what held which attack, for how many kinds of user")
    for layer, programs in sorted(held.items()):
        listed = ", ".join(f"{program} ({times})" for program, times in sorted(programs.items()))
        terminalreporter.write_line(f"{layer}: {listed}")
