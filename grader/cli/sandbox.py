"""``grader sandbox``: which walls this machine offers around student code, each tried by a first child."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.cli.output import emit
from grader.sandbox.walls import Walls


def sandbox(
    *,
    walls: Annotated[Walls, typer.Option("--sandbox", help="What is asked of the machine, as in grader run.")] = (
        Walls.STRICT
    ),
) -> None:
    """Show what holds student code on this machine; exits with 5 where that is not enough."""
    from grader.sandbox.runner import Sandbox

    with Sandbox(walls) as cell:
        layers = cell.layers()
    width = max(len(layer.name) for layer in layers)
    rows = (f"{'holds' if layer.active else 'absent':6}  {layer.name:{width}}  {layer.why}\n" for layer in layers)
    emit("".join(rows))
