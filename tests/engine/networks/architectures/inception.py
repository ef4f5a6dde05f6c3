"""Inception-v3 for 299x299 images, without the auxiliary head.

Source: Szegedy, Vanhoucke, Ioffe, Shlens and Wojna, "Rethinking the Inception Architecture for Computer Vision",
CVPR 2016, figures 5 to 7 and table 1, with the widths of the authors' published model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn

Kernel = int | tuple[int, int]


def normed(channels: int, outputs: int, kernel: Kernel, stride: int = 1, padding: Kernel = 0) -> nn.Module:
    """A convolution without a bias, a batch normalisation and a ReLU."""
    conv = nn.Conv2d(channels, outputs, kernel, stride, padding, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(outputs, eps=0.001), nn.ReLU(inplace=True))


def chain(channels: int, *convolutions: tuple[int, Kernel]) -> nn.Module:
    """Convolutions one after the other that keep the size."""
    layers = []
    for outputs, kernel in convolutions:
        padding = (kernel[0] // 2, kernel[1] // 2) if isinstance(kernel, tuple) else kernel // 2
        layers.append(normed(channels, outputs, kernel, padding=padding))
        channels = outputs
    return nn.Sequential(*layers)


class Branches(nn.Module):
    """Several ways through, their channels behind one another."""

    def __init__(self, *branches: nn.Module) -> None:
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, x: Any) -> Any:
        """All ways, in order."""
        return torch.cat([branch(x) for branch in self.branches], 1)


def pooled(channels: int, outputs: int) -> nn.Module:
    """A mean over neighbours, then a 1x1 convolution."""
    return nn.Sequential(nn.AvgPool2d(3, 1, padding=1), normed(channels, outputs, 1))


def block_a(channels: int, pool: int) -> nn.Module:
    """Figure 5: a 5x5 kernel, and one as two 3x3."""
    return Branches(
        normed(channels, 64, 1),
        chain(channels, (48, 1), (64, 5)),
        chain(channels, (64, 1), (96, 3), (96, 3)),
        pooled(channels, pool),
    )


def smaller(*branches: Sequence[nn.Module]) -> nn.Module:
    """Half the size, by convolutions of stride 2 and by pooling."""
    return Branches(*(nn.Sequential(*branch) for branch in branches), nn.MaxPool2d(3, 2))


def block_b(width: int) -> nn.Module:
    """Figure 6: 7x7 kernels as 1x7 and 7x1."""
    across, down = (1, 7), (7, 1)
    return Branches(
        normed(768, 192, 1),
        chain(768, (width, 1), (width, across), (192, down)),
        chain(768, (width, 1), (width, down), (width, across), (width, down), (192, across)),
        pooled(768, 192),
    )


def block_c(channels: int) -> nn.Module:
    """Figure 7: 3x3 kernels as 1x3 beside 3x1."""

    def split(width: int) -> nn.Module:
        return Branches(normed(width, 384, (1, 3), padding=(0, 1)), normed(width, 384, (3, 1), padding=(1, 0)))

    return Branches(
        normed(channels, 320, 1),
        nn.Sequential(normed(channels, 384, 1), split(384)),
        nn.Sequential(chain(channels, (448, 1), (384, 3)), split(384)),
        pooled(channels, 192),
    )


def inception_v3() -> nn.Module:
    """Eleven blocks behind a stem of five convolutions."""
    stem = [
        *(normed(3, 32, 3, 2), normed(32, 32, 3), normed(32, 64, 3, padding=1), nn.MaxPool2d(3, 2)),
        *(normed(64, 80, 1), normed(80, 192, 3), nn.MaxPool2d(3, 2)),
    ]
    blocks = [
        *(block_a(192, 32), block_a(256, 64), block_a(288, 64)),
        smaller([normed(288, 384, 3, 2)], [chain(288, (64, 1), (96, 3)), normed(96, 96, 3, 2)]),
        *(block_b(width) for width in (128, 160, 160, 192)),
        smaller(
            [normed(768, 192, 1), normed(192, 320, 3, 2)],
            [chain(768, (192, 1), (192, (1, 7)), (192, (7, 1))), normed(192, 192, 3, 2)],
        ),
        *(block_c(channels) for channels in (1280, 2048)),
    ]
    return nn.Sequential(*stem, *blocks, nn.AdaptiveAvgPool2d(1), nn.Dropout(), nn.Flatten(), nn.Linear(2048, 1000))
