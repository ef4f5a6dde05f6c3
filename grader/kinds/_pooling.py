"""What pooling parts state in common, and the pooling itself."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, model_validator

from grader import engine
from grader.kinds import Given
from grader.kinds._arrays import Array, Padding, Sizes, per_axis
from grader.kinds._convolution import Numbers

Mode: TypeAlias = Literal["max", "average", "lp"]


class Pooling(Given):
    """An array and the window that pools it."""

    input: Array
    """Its last axes are pooled, every leading index by itself."""
    window: Sizes
    """An integer is a square over the last two axes, or the only one; a list has one size for each axis pooled."""
    stride: Sizes | None = None
    """Left out, the window's."""
    padding: Padding = 0
    mode: Mode = "max"
    norm: Annotated[float, Field(ge=1, allow_inf_nan=False)] | None = None
    """p, for the mode ``lp``."""

    @model_validator(mode="after")
    def _norm_fits(self) -> Pooling:
        if (self.mode == "lp") != (self.norm is not None):
            raise ValueError(
                f"found mode {self.mode!r} and norm {self.norm}, expected a norm for 'lp' and for it alone"
            )
        return self

    @property
    def options(self) -> dict[str, Any]:
        """What the engine's functions take beside the arrays."""
        kernel = per_axis(self.window, min(self.input.ndim, 2))
        return {"kernel_size": kernel, "stride": self.stride, "padding": self.padding}

    def output(self) -> Numbers:
        """The pooled array.

        Raises:
            EngineError: the window does not fit.
        """
        match self.mode:
            case "max":
                largest: Numbers = engine.max_pool(self.input, **self.options)
                return largest
            case "average":
                return engine.avg_pool(self.input, **self.options)
            case "lp":
                return engine.lp_pool(self.input, self.norm or 1.0, **self.options)

    def gradient(self, grad_output: Numbers) -> Numbers:
        """The gradient to the input, given that to the output.

        Raises:
            EngineError: the window or the gradient does not fit.
        """
        match self.mode:
            case "max":
                return engine.max_pool_grad(self.input, grad_output, **self.options)
            case "average":
                return engine.avg_pool_grad(self.input.shape, grad_output, **self.options)
            case "lp":
                return engine.lp_pool_grad(self.input, grad_output, self.norm or 1.0, **self.options)

    def in_mode(self, mode: Mode) -> Pooling:
        """The same window in the mode `mode`, without a norm."""
        return self.model_copy(update={"mode": mode, "norm": None})
