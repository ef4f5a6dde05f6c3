"""Layers that slide a kernel along one axis: what reasoning about sizes and receptive fields needs to know of them."""

from __future__ import annotations

from dataclasses import dataclass

from grader.engine.geometry.shapes import conv_size, conv_transpose_size
from grader.engine.geometry.sizes import Pair, explicit_padding, integer
from grader.errors import EngineError

_OP = "receptive_fields"


@dataclass(frozen=True, slots=True)
class KernelLayer:
    """A convolution or pooling, along one axis.

    Raises:
        EngineError: a size below 1 or a negative padding.
    """

    kernel_size: int
    stride: int = 1
    padding: int | Pair = 0
    """The same before and after, or (before, after)."""
    dilation: int = 1
    ceil_mode: bool = False
    """Whether the size is rounded up, as a pooling may; receptive fields do not depend on it."""

    def __post_init__(self) -> None:
        for name in ("kernel_size", "stride", "dilation"):
            integer(_OP, name, getattr(self, name), 1)
        explicit_padding(_OP, (self.padding,), 1)

    def output_size(self, size: int) -> int:
        """How many output entries an input of `size` entries gives.

        Raises:
            EngineError: the kernel does not fit.
        """
        return conv_size(size, self.kernel_size, self.stride, self.padding, self.dilation, ceil_mode=self.ceil_mode)


@dataclass(frozen=True, slots=True)
class TransposedLayer:
    """A transposed convolution, along one axis; upsampling by s copies entries as one with kernel and stride s.

    Raises:
        EngineError: a size below 1, a negative padding, or more output padding than stride or dilation allow.
    """

    kernel_size: int
    stride: int = 1
    padding: int | Pair = 0
    """Trimmed from the output: the same before and after, or (before, after)."""
    output_padding: int = 0
    dilation: int = 1

    def __post_init__(self) -> None:
        for name in ("kernel_size", "stride", "dilation"):
            integer(_OP, name, getattr(self, name), 1)
        explicit_padding(_OP, (self.padding,), 1)
        if integer(_OP, "output_padding", self.output_padding, 0) >= max(self.stride, self.dilation):
            raise EngineError(
                f"{_OP}: output_padding must be smaller than stride or dilation, got output_padding "
                f"{self.output_padding}, stride {self.stride}, dilation {self.dilation}"
            )

    def output_size(self, size: int) -> int:
        """How many output entries an input of `size` entries gives.

        Raises:
            EngineError: padding trims all of them.
        """
        return conv_transpose_size(
            size, self.kernel_size, self.stride, self.padding, self.output_padding, self.dilation
        )
