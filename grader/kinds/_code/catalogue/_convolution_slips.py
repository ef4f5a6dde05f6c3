"""What students get wrong in a convolution and its gradients, each as the computation that they did instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np

from grader import engine
from grader.kinds._code.operation import CodeSlip
from grader.kinds._code.words import Numbers, Values

FLIPPED_KERNEL = "flipped-kernel"


def _conv(values: Values, **changed: Any) -> Numbers:
    settings = {name: values[name] for name in ("stride", "padding", "dilation")} | changed
    return engine.conv(values["input"], values["weight"], values.get("bias"), **settings)


def _but(**changed: Any) -> Callable[[Values], Numbers]:
    """The convolution with other settings."""
    return lambda values: _conv(values, **changed)


def _with(change: Callable[[Values], dict[str, Any]]) -> Callable[[Values], Numbers]:
    """The convolution of other arrays."""
    return lambda values: _conv({**values, **change(values)})


def _bias_added(times: Callable[[Values], float]) -> Callable[[Values], Numbers]:
    """The bias added more than once to each entry."""

    def compute(values: Values) -> Numbers:
        bias = values.get("bias", np.zeros(len(values["weight"])))
        return _conv({**values, "bias": bias * times(values)})

    return compute


def _at(array: Numbers, spatial: Sequence[Any]) -> Numbers:
    """`array` at indices or slices of its last axes."""
    found: Numbers = array[(..., *spatial)]
    return found


def _axes(values: Values) -> int:
    return int(values["input"].ndim) - 2


def _only_first_image(values: Values) -> Numbers:
    found = _conv(values)
    found[1:] = 0
    return found


def _smaller(values: Values) -> Numbers:
    found = _conv(values)
    return _at(found, [slice(0, -1)] * _axes(values))


def _larger(values: Values) -> Numbers:
    return np.pad(_conv(values), [(0, 0), (0, 0), *[(0, 1)] * _axes(values)])


def _one_sided(values: Values) -> Numbers:
    return _conv(values, padding=tuple((values["padding"], 0) for _ in range(_axes(values))))


def _rows_only(name: str, default: int) -> Callable[[Values], Numbers]:
    return lambda values: _conv(values, **{name: (values[name], *(default,) * (_axes(values) - 1))})


OUTPUT_SLIPS = (
    CodeSlip(
        FLIPPED_KERNEL,
        "equals the convolution with the kernel flipped: layers of a network slide it as it stands",
        _with(lambda values: {"weight": engine.flip(values["weight"])}),
    ),
    CodeSlip("bias-left-out", "the bias is left out", _bias_added(lambda _values: 0)),
    CodeSlip(
        "bias-per-tap",
        "the bias is added for every entry of the kernel: it belongs to each output once",
        _bias_added(lambda values: values["weight"][0].size),
    ),
    CodeSlip(
        "bias-per-pixel",
        "the bias is added once for every place under the kernel: it belongs to each output once",
        _bias_added(lambda values: values["weight"][0, 0].size),
    ),
    CodeSlip(
        "bias-per-channel",
        "the bias is added for every input channel: it belongs to each output once",
        _bias_added(lambda values: values["weight"].shape[1]),
    ),
    CodeSlip("stride-left-out", "the stride is not used", _but(stride=1)),
    CodeSlip("stride-in-rows-only", "the stride is used along one axis only", _rows_only("stride", 1)),
    CodeSlip(
        "stride-is-window",
        "it steps by the size of the kernel: the stride is another number",
        lambda values: _conv(values, stride=values["weight"].shape[2:]),
    ),
    CodeSlip("padding-left-out", "the padding is not used", _but(padding=0)),
    CodeSlip("padding-one-sided", "the padding is put on one side only", _one_sided),
    CodeSlip("padding-in-rows-only", "the padding is put along one axis only", _rows_only("padding", 0)),
    CodeSlip("dilation-left-out", "the dilation is not used", _but(dilation=1)),
    CodeSlip(
        "last-channel-only",
        "only the last input channel counts: the channels are summed, so += and not =",
        _with(lambda values: {"input": values["input"][:, -1:], "weight": values["weight"][:, -1:]}),
    ),
    CodeSlip(
        "first-channel-only",
        "only the first input channel counts: the channels are summed",
        _with(lambda values: {"input": values["input"][:, :1], "weight": values["weight"][:, :1]}),
    ),
    CodeSlip("first-image-only", "only the first image of the batch is worked out", _only_first_image),
    CodeSlip(
        "first-filter-only",
        "every output channel has the first filter",
        _with(lambda values: {"weight": np.repeat(values["weight"][:1], len(values["weight"]), axis=0)}),
    ),
    CodeSlip("one-too-few", "the last row and column are missing: the output has one place more", _smaller),
    CodeSlip("one-too-many", "the output has one row and column too many, left at 0", _larger),
    CodeSlip("transposed-result", "rows and columns are exchanged", lambda values: np.swapaxes(_conv(values), -1, -2)),
)


def _places(values: Values) -> Iterator[tuple[tuple[int, ...], tuple[slice, ...]]]:
    """For each place of the kernel its index in the output, and the window of the padded input."""
    back, kernel, stride = values["grad_output"], values["weight"].shape[2:], values["stride"]
    for place in product(*(range(n) for n in back.shape[2:])):
        yield place, tuple(slice(i * stride, i * stride + k) for i, k in zip(place, kernel, strict=True))


def _padded_zeros(values: Values) -> Numbers:
    shape = values["input"].shape
    return np.zeros((*shape[:2], *(n + 2 * values["padding"] for n in shape[2:])))


def _cut(values: Values, padded: Numbers) -> Numbers:
    inside = [slice(values["padding"], n + values["padding"]) for n in values["input"].shape[2:]]
    return _at(padded, inside)


def _last_window_only(values: Values) -> Numbers:
    padded = _padded_zeros(values)
    for place, window in _places(values):
        back = _at(values["grad_output"], place)
        _at(padded, window)[...] = np.tensordot(back, values["weight"], 1)
    return _cut(values, padded)


def _last_filter_only(values: Values) -> Numbers:
    other = {**values, "weight": values["weight"][-1:], "grad_output": values["grad_output"][:, -1:]}
    padded = _padded_zeros(values)
    for place, window in _places(other):
        _at(padded, window)[...] = np.tensordot(_at(other["grad_output"], place), other["weight"], 1)
    return _cut(values, padded)


def _grad_input(values: Values, **changed: Any) -> Numbers:
    settings = {name: values[name] for name in ("stride", "padding", "dilation")} | changed
    return engine.conv_grad_input(values["input"].shape, values["weight"], values["grad_output"], **settings)


def _uncut(values: Values) -> Numbers:
    shape = _padded_zeros(values).shape
    settings = {name: values[name] for name in ("stride", "dilation")}
    return engine.conv_grad_input(shape, values["weight"], values["grad_output"], **settings)


def _cut_by_negative(values: Values) -> Numbers:
    """What ``dx[:, :, pad:-pad, pad:-pad]`` leaves: nothing where the padding is 0."""
    found = _grad_input(values)
    return found if values["padding"] else _at(found, [slice(0, 0)] * _axes(values))


def _cut_in_rows_only(values: Values) -> Numbers:
    padding = values["padding"]
    return _uncut(values)[:, :, padding : -padding or None]


def _grad_weight(values: Values) -> Numbers:
    settings = {name: values[name] for name in ("stride", "padding", "dilation")}
    return engine.conv_grad_weight(values["input"], values["weight"].shape, values["grad_output"], **settings)


def _last_place_only(values: Values) -> Numbers:
    """``dw[f] = ...`` in the loop over places and images, so that the last one stays."""
    edge = values["padding"]
    padded = np.pad(values["input"], [(0, 0), (0, 0), *[(edge, edge)] * _axes(values)])
    place, window = list(_places(values))[-1]
    found: Numbers = np.multiply.outer(_at(values["grad_output"][-1], place), _at(padded[-1], window))
    return found


def _last_image(values: Values) -> Values:
    return {**values, "input": values["input"][-1:], "grad_output": values["grad_output"][-1:]}


def _grad_bias(values: Values) -> Numbers:
    return engine.conv_grad_bias(values["grad_output"])


GRADIENT_SLIPS = (
    CodeSlip(
        "overlaps-overwritten",
        "where windows overlap their gradients add up: += and not =",
        _last_window_only,
        "grad_input",
    ),
    CodeSlip(
        "filters-overwritten",
        "the gradients of all windows and filters add up in the input's: += and not =",
        _last_filter_only,
        "grad_input",
    ),
    CodeSlip(
        "padding-not-cut", "the padding is still around dx: it has the shape of the padded input", _uncut, "grad_input"
    ),
    CodeSlip(
        "cut-by-minus-zero",
        "dx[:, :, pad:-pad, pad:-pad] is empty where pad is 0",
        _cut_by_negative,
        "grad_input",
    ),
    CodeSlip("padding-cut-in-rows-only", "the padding is cut off along one axis only", _cut_in_rows_only, "grad_input"),
    CodeSlip(
        FLIPPED_KERNEL,
        "the kernel is flipped in the gradient to the input once too often",
        lambda values: _grad_input({**values, "weight": engine.flip(values["weight"])}),
        "grad_input",
    ),
    CodeSlip(
        "places-overwritten",
        "the gradients of all places add up in the weight's: += and not =",
        _last_place_only,
        "grad_weight",
    ),
    CodeSlip(
        "images-overwritten",
        "the gradients of all images add up in the weight's: += and not =",
        lambda values: _grad_weight(_last_image(values)),
        "grad_weight",
    ),
    CodeSlip(
        "mean-over-batch",
        "the weight's gradient is divided by the number of images: it is their sum",
        lambda values: _grad_weight(values) / len(values["input"]),
        "grad_weight",
    ),
    CodeSlip(
        "flipped-gradient",
        "the gradient to the weight is flipped",
        lambda values: engine.flip(_grad_weight(values)),
        "grad_weight",
    ),
    CodeSlip(
        "bias-mean-over-batch",
        "the bias's gradient is divided by the number of images: it is their sum",
        lambda values: _grad_bias(values) / len(values["input"]),
        "grad_bias",
    ),
    CodeSlip(
        "bias-of-one-image",
        "the bias's gradient is that of the last image alone: += and not =",
        lambda values: _grad_bias(_last_image(values)),
        "grad_bias",
    ),
    CodeSlip(
        "bias-not-summed",
        "the bias's gradient is summed over the places as well: one number for each filter",
        lambda values: values["grad_output"].sum(axis=0),
        "grad_bias",
    ),
    CodeSlip(
        "bias-summed-over-filters",
        "the bias's gradient has an entry for each filter: it is not summed over them",
        lambda values: np.full(len(values["weight"]), values["grad_output"].sum()),
        "grad_bias",
    ),
)
