"""U-Net with unpadded convolutions, for 572x572 images of one channel.

Source: Ronneberger, Fischer and Brox, "U-Net: Convolutional Networks for Biomedical Image Segmentation", MICCAI 2015,
figure 1.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import nn


def twice(channels: int, width: int) -> nn.Module:
    """Two 3x3 convolutions without padding."""
    return nn.Sequential(nn.Conv2d(channels, width, 3), nn.ReLU(), nn.Conv2d(width, width, 3), nn.ReLU())


class UNet(nn.Module):
    """Down four times and up again, with what was there before beside it, cut to size."""

    def __init__(self) -> None:
        super().__init__()
        widths = [64, 128, 256, 512, 1024]
        self.down = nn.ModuleList(twice(a, b) for a, b in zip([1, *widths], widths, strict=False))
        self.pool = nn.MaxPool2d(2)
        self.up = nn.ModuleList(nn.ConvTranspose2d(2 * width, width, 2, stride=2) for width in widths[-2::-1])
        self.beside = nn.ModuleList(twice(2 * width, width) for width in widths[-2::-1])
        self.last = nn.Conv2d(64, 2, 1)

    def forward(self, x: Any) -> Any:
        """Two numbers for each place that is left."""
        skipped = []
        for number, down in enumerate(self.down):
            x = down(self.pool(x) if number else x)
            skipped.append(x)
        for up, beside in zip(self.up, self.beside, strict=True):
            x = up(x)
            skip = skipped[-2]
            skipped.pop()
            edge = (skip.shape[2] - x.shape[2]) // 2
            skip = skip[:, :, edge : edge + x.shape[2], edge : edge + x.shape[3]]
            x = beside(torch.cat([skip, x], dim=1))
        return self.last(x)
