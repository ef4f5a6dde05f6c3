"""Networks that are chains: AlexNet and VGG-16, for images of a size that is stated, as published 224x224.

Sources: Krizhevsky, "One weird trick for parallelizing convolutional neural networks", 2014, which has AlexNet in one
column; Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition", ICLR 2015, table
1, column D.
"""

from __future__ import annotations

from torch import nn


def classifier(features: int) -> list[nn.Module]:
    """Three fully connected layers."""
    return [
        *(nn.Flatten(), nn.Linear(features, 4096), nn.ReLU(), nn.Dropout()),
        *(nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 1000)),
    ]


def alexnet(size: int = 224) -> nn.Module:
    """Five convolutions."""
    side = (size - 7) // 4 + 1
    for _ in range(3):
        side = (side - 3) // 2 + 1
    return nn.Sequential(
        *(nn.Conv2d(3, 64, 11, stride=4, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2)),
        *(nn.Conv2d(64, 192, 5, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2)),
        *(nn.Conv2d(192, 384, 3, padding=1), nn.ReLU()),
        *(nn.Conv2d(384, 256, 3, padding=1), nn.ReLU()),
        *(nn.Conv2d(256, 256, 3, padding=1), nn.ReLU(), nn.MaxPool2d(3, 2)),
        *classifier(256 * side * side),
    )


def vgg16(size: int = 224) -> nn.Module:
    """Thirteen convolutions, all 3x3."""
    layers: list[nn.Module] = []
    channels = 3
    for width, count in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        for _ in range(count):
            layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU(inplace=True)]
            channels = width
        layers.append(nn.MaxPool2d(2))
    return nn.Sequential(*layers, *classifier(512 * (size // 32) ** 2))
