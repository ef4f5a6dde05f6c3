"""How many parameters a convolution, or a whole network, has."""

from __future__ import annotations

from pydantic import model_validator

from grader import engine
from grader.answers.values import Number
from grader.answers.views.number import NumberView
from grader.kinds import Given, Kind, Slip
from grader.kinds._arrays import Count, Extents, Sizes, per_axis
from grader.kinds._counts import BIAS_FORGOTTEN, conv_mistakes, integer
from grader.kinds._layout import Layout
from grader.kinds._network import Layer, Network
from grader.kinds._slips import slips


class ParamCount(Given):
    """A convolution by its channels and kernel, or a network by its input and layers."""

    in_channels: Count | None = None
    out_channels: Count | None = None
    kernel_size: Sizes | None = None
    """An integer is a square kernel of two axes."""
    groups: Count = 1
    bias: bool = True
    input: Extents | None = None
    """The shape of a network's input."""
    layout: Layout | None = None
    layers: tuple[Layer, ...] = ()
    rounded: bool = True
    """Whether a number written as rounded is right as rounded."""

    @model_validator(mode="after")
    def _either(self) -> ParamCount:
        conv = [self.in_channels, self.out_channels, self.kernel_size]
        network = [self.input, self.layout, self.layers or None]
        complete = [all(values) and not any(others) for values, others in ((conv, network), (network, conv))]
        if not any(complete):
            raise ValueError(
                "found neither a convolution nor a network, or a mixture, expected either in_channels, out_channels "
                "and kernel_size, or input, layout and layers"
            )
        if self.network is not None and not {"bias", "groups"}.isdisjoint(self.model_fields_set):
            raise ValueError("found bias or groups beside layers, expected them in the layers; move them there")
        return self

    @property
    def network(self) -> Network | None:
        """The network, where one is stated."""
        if self.input is None or self.layout is None:
            return None
        return Network(input=self.input, layout=self.layout, layers=self.layers)

    @property
    def convolution(self) -> tuple[int, int, tuple[int, ...], int]:
        """Input channels, output channels, kernel and groups."""
        return self.in_channels or 1, self.out_channels or 1, per_axis(self.kernel_size or 1, 2), self.groups


def _reference(given: ParamCount) -> Number:
    if given.network is not None:
        return integer(sum(given.network.parameters()))
    return integer(engine.conv_parameters(*given.convolution, bias=given.bias))


def _slips(given: ParamCount) -> tuple[Slip, ...]:
    network = given.network
    if network is None:
        return slips(_reference(given), *conv_mistakes(*given.convolution, bias=given.bias))
    return slips(_reference(given), (*BIAS_FORGOTTEN, lambda: integer(sum(_without_biases(network).parameters()))))


def _without_biases(network: Network) -> Network:
    layers = [
        layer.model_copy(update={sort: stated.model_copy(update={"bias": False})})
        if "bias" in type(stated).model_fields
        else layer
        for layer in network.layers
        for sort, stated in ((layer.sort, getattr(layer, layer.sort)),)
    ]
    return network.model_copy(update={"layers": tuple(layers)})


KIND = Kind(
    ParamCount,
    lambda given: NumberView(given.rounded),
    _reference,
    slips=_slips,
    names=("trainable parameter", "learnable parameter", "parameter", "number of parameters"),
)
