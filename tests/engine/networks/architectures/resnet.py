"""ResNet for 224x224 images, with the stride of a bottleneck in its 3x3 convolution.

Source: He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition", CVPR 2016, table 1.
"""

from __future__ import annotations

from typing import Any

from torch import nn


class Block(nn.Module):
    """Convolutions beside a shortcut, which is a 1x1 convolution where the shape changes."""

    def __init__(self, channels: int, width: int, stride: int, *, bottleneck: bool) -> None:
        super().__init__()
        outputs = 4 * width if bottleneck else width
        self.conv = nn.Sequential(
            *(
                [normed(channels, width, 1), nn.ReLU(), normed(width, width, 3, stride), nn.ReLU()]
                if bottleneck
                else [normed(channels, width, 3, stride), nn.ReLU()]
            ),
            normed(width, outputs, 1 if bottleneck else 3),
        )
        self.shortcut: nn.Module = nn.Identity()
        if stride > 1 or channels != outputs:
            self.shortcut = normed(channels, outputs, 1, stride)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x: Any) -> Any:
        """The sum of both ways."""
        return self.relu(self.conv(x) + self.shortcut(x))


def normed(channels: int, outputs: int, kernel: int, stride: int = 1) -> nn.Module:
    """A convolution without a bias, and a batch normalisation."""
    conv = nn.Conv2d(channels, outputs, kernel, stride, padding=kernel // 2, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(outputs))


def resnet(*blocks: int, bottleneck: bool) -> nn.Module:
    """Four stages of so many blocks."""
    layers: list[nn.Module] = [normed(3, 64, 7, 2), nn.ReLU(), nn.MaxPool2d(3, 2, padding=1)]
    channels = 64
    for stage, count in enumerate(blocks):
        for number in range(count):
            width = 64 << stage
            layers.append(Block(channels, width, 2 if stage and not number else 1, bottleneck=bottleneck))
            channels = 4 * width if bottleneck else width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 1000))


def resnet18() -> nn.Module:
    """Two blocks a stage, of two convolutions each."""
    return resnet(2, 2, 2, 2, bottleneck=False)


def resnet50() -> nn.Module:
    """Three, four, six and three blocks, of three convolutions each."""
    return resnet(3, 4, 6, 3, bottleneck=True)
