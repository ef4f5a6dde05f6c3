"""The convolution as networks mean it, over rows and columns: ``input`` NCHW, ``weight`` OIHW, ``bias`` O."""

from __future__ import annotations

from grader.kinds._code.catalogue._convolutions import convolution

OPERATION = convolution("conv", axes=2)
