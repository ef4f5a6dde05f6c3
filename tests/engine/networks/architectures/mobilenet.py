"""MobileNetV2, width 1, for 224x224 images.

Source: Sandler, Howard, Zhu, Zhmoginov and Chen, "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018,
table 2.
"""

from __future__ import annotations

from typing import Any

from torch import nn

STAGES = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))
"""Expansion, output channels, blocks, and the first block's stride."""


def normed(channels: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> list[nn.Module]:
    """A convolution without a bias, a batch normalisation and ReLU6."""
    conv = nn.Conv2d(channels, outputs, kernel, stride, padding=kernel // 2, groups=groups, bias=False)
    return [conv, nn.BatchNorm2d(outputs), nn.ReLU6()]


class InvertedResidual(nn.Module):
    """Wider, depthwise, narrower again; with a shortcut where the shape stays."""

    def __init__(self, channels: int, outputs: int, stride: int, expansion: int) -> None:
        super().__init__()
        width = channels * expansion
        self.same = stride == 1 and channels == outputs
        self.conv = nn.Sequential(
            *(normed(channels, width, 1) if expansion > 1 else []),
            *normed(width, width, 3, stride, groups=width),
            *normed(width, outputs, 1)[:2],
        )

    def forward(self, x: Any) -> Any:
        """The sum with the input, where it fits."""
        return x + self.conv(x) if self.same else self.conv(x)


class MobileNetV2(nn.Module):
    """Seventeen blocks, and a mean that is plain code."""

    def __init__(self) -> None:
        super().__init__()
        layers, channels = normed(3, 32, 3, 2), 32
        for expansion, outputs, count, first in STAGES:
            for number in range(count):
                layers.append(InvertedResidual(channels, outputs, 1 if number else first, expansion))
                channels = outputs
        self.features = nn.Sequential(*layers, *normed(channels, 1280, 1))
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(1280, 1000))

    def forward(self, x: Any) -> Any:
        """One number for each class."""
        return self.classifier(self.features(x).mean((2, 3)))
