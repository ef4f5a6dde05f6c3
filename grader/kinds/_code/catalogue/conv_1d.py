"""The convolution along one axis: ``input`` NCL, ``weight`` OIL, ``bias`` O."""

from __future__ import annotations

from grader.kinds._code.catalogue._convolutions import convolution

OPERATION = convolution("conv-1d", axes=1)
