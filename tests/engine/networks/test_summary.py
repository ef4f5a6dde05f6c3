"""Counts, memory, receptive fields and tables of small networks, worked by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.engine.networks import (
    Add,
    Concat,
    Conv,
    ConvTranspose,
    Layer,
    Linear,
    Network,
    Pool,
    network_from_mapping,
    operation_from_mapping,
    summarize,
    table,
)
from grader.errors import EngineError

LENET = network_from_mapping(
    {
        "input": [1, 32, 32],
        "layers": [
            {"name": "c1", "conv": {"out_channels": 6, "kernel_size": 5}},
            {"name": "s2", "pool": {"window": 2, "function": "avg"}},
            {"name": "c3", "conv": {"out_channels": 16, "kernel_size": 5}},
            {"name": "s4", "pool": {"window": 2, "function": "avg"}},
            {"name": "c5", "conv": {"out_channels": 120, "kernel_size": 5}},
            {"name": "flatten", "flatten": {}},
            {"name": "f6", "linear": {"out_features": 84}},
            {"name": "output", "linear": {"out_features": 10}},
        ],
    }
)


def test_lenet() -> None:
    """LeNet-5 with all channels connected: 61,706 parameters, 416,520 multiplications."""
    summary = summarize(LENET)
    assert [layer.parameters for layer in summary.layers] == [156, 0, 2416, 0, 48_120, 0, 10_164, 850]
    assert [layer.macs for layer in summary.layers] == [117_600, 0, 240_000, 0, 48_000, 0, 10_080, 840]
    assert (summary.parameters, summary.trainable, summary.macs) == (61_706, 61_706, 416_520)
    assert summary.flops == 2 * summary.macs


def test_biases_count_where_asked_for() -> None:
    """One more MAC, and one more floating-point operation, for each entry that gets a bias."""
    entries = 6 * 28 * 28 + 16 * 10 * 10 + 120 + 84 + 10
    plain, counted = summarize(LENET), summarize(LENET, bias=True)
    assert counted.macs == plain.macs + entries
    assert counted.flops == plain.flops + entries
    assert counted.parameters == plain.parameters


def test_a_transposed_convolution_multiplies_its_input() -> None:
    """Each of four entries with each of twelve weights; a bias for each of 27 outputs."""
    network = Network((1, 2, 2), (Layer("up", ConvTranspose(3, 2)),))
    assert summarize(network).macs == 48
    assert summarize(network, bias=True).macs == 48 + 27


def test_memory_of_a_chain() -> None:
    """Outputs in bytes, nothing for a flattening; at the peak an input and an output are held."""
    network = Network(
        (2, 4),
        (
            Layer("conv", Conv(6, 1)),
            Layer("pool", Pool(2)),
            Layer("flatten", operation_from_mapping("flatten")),
            Layer("fc", Linear(5)),
        ),
    )
    summary = summarize(network)
    assert [layer.activation_bytes for layer in summary.layers] == [4 * 24, 4 * 12, 0, 4 * 5]
    assert summary.activation_bytes == 4 * 41
    assert summary.peak_bytes == 4 * (24 + 12)
    assert summarize(network, itemsize=2).peak_bytes == 2 * 36


def test_memory_of_branches() -> None:
    """What a skip connection needs later is held meanwhile."""
    chain = (Layer("a", Conv(3, 1)), Layer("b", Conv(3, 1)), Layer("c", Conv(3, 1)))
    assert summarize(Network((3, 10), chain), itemsize=1).peak_bytes == 60
    skip = Layer("sum", Add(), ("c", "input"))
    assert summarize(Network((3, 10), (*chain, skip)), itemsize=1).peak_bytes == 90


def test_results_are_held_to_the_end() -> None:
    """An output that no layer uses is a result."""
    layers = (Layer("result", Conv(3, 1)), Layer("a", Conv(3, 1), ("input",)), Layer("b", Conv(3, 1)))
    assert summarize(Network((3, 10), layers), itemsize=1).peak_bytes == 90


def seen_by(network: Network) -> list[list[tuple[int, Fraction, int | None]] | None]:
    """Size, jump and start of what each layer sees, along each axis."""
    fields = [layer.fields for layer in summarize(network).layers]
    return [None if axes is None else [(axis.size, axis.jump, axis.start) for axis in axes] for axes in fields]


def test_receptive_fields_of_a_chain() -> None:
    """Along each axis by itself; padding moves the start; a fully connected layer sees everything."""
    network = Network(
        (1, 12, 20),
        (
            Layer("conv", Conv(2, (3, 5), padding=1, dilation=(2, 1))),
            Layer("pool", Pool(2)),
            Layer("flatten", operation_from_mapping("flatten")),
            Layer("fc", Linear(3)),
        ),
    )
    pooled = [(6, 2, -1), (6, 2, -1)]
    assert seen_by(network) == [[(5, 1, -1), (5, 1, -1)], pooled, pooled, [(14, 2, -1), (22, 2, -1)]]


def test_receptive_fields_of_branches() -> None:
    """The hull: a 5-wide branch beside a 3-wide one that starts later."""
    network = Network(
        (1, 9),
        (
            Layer("wide", Conv(1, 5, padding=2), ("input",)),
            Layer("late", Conv(1, 3, padding=((0, 2),)), ("input",)),
            Layer("sum", Add(), ("wide", "late")),
            Layer("both", Concat(), ("late", "input")),
        ),
    )
    assert seen_by(network)[2:] == [[(5, 1, -2)], [(3, 1, 0)]]


def test_receptive_fields_behind_upsampling() -> None:
    """Steps of half an input entry: three upsampled neighbours are two entries, which see four."""
    up = operation_from_mapping("upsample", {"scale_factor": 2})
    network = Network((1, 8), (Layer("conv", Conv(1, 3)), Layer("up", up), Layer("next", Conv(1, 3))))
    assert seen_by(network) == [[(3, 1, 0)], [(3, Fraction(1, 2), 0)], [(4, Fraction(1, 2), 0)]]
    crop = operation_from_mapping("pad", {"padding": [[-2, -1]]})
    assert seen_by(Network((1, 8), (Layer("crop", crop),))) == [[(1, 1, 2)]]
    transposed = Network((1, 8), (Layer("up", ConvTranspose(1, 2, stride=2)), Layer("down", Conv(1, 2, stride=2))))
    assert seen_by(transposed) == [[(1, Fraction(1, 2), 0)], [(1, 1, 0)]]


def test_what_has_no_receptive_field() -> None:
    """Interpolation, bins of several sizes, branches of different strides, means over the image amid a network."""
    smooth = operation_from_mapping("upsample", {"scale_factor": 2, "mode": "bilinear"})
    even, odd = (operation_from_mapping("adaptive_pool", {"output_size": size}) for size in (4, 3))
    assert seen_by(Network((1, 8), (Layer("up", smooth), Layer("conv", Conv(1, 3))))) == [None, None]
    assert seen_by(Network((1, 8), (Layer("even", even),))) == [[(2, 2, 0)]]
    assert seen_by(Network((1, 8), (Layer("odd", odd),))) == [None]
    assert seen_by(Network((4, 8), (Layer("norm", operation_from_mapping("instance_norm")),))) == [None]
    strided = (
        Layer("a", Conv(1, 2, stride=2), ("input",)),
        Layer("b", Conv(1, 5), ("input",)),
        Layer("sum", Add(), ("a", "b")),
    )
    assert seen_by(Network((1, 8), strided)) == [[(2, 2, 0)], [(5, 1, 0)], None]


def test_a_vector_has_no_receptive_field_to_write() -> None:
    """It has no spatial axes."""
    assert seen_by(Network((5,), (Layer("fc", Linear(3)),))) == [[]]


def test_the_table() -> None:
    """Words left, numbers right, no spaces at the ends."""
    network = Network(
        (3, 32, 30),
        (
            Layer("conv", Conv(8, 3, padding=1)),
            Layer("sides", Pool((1, 2))),
            Layer("global", operation_from_mapping("gap")),
            Layer("fc", Linear(10)),
        ),
    )
    assert table(summarize(network)).splitlines() == [
        "layer   operation        output   parameters     MACs  receptive field",
        "----------------------------------------------------------------------",
        "input                    3x32x30",
        "conv    conv             8x32x30         224  207,360                3",
        "sides   max_pool         8x32x15           0        0              3x4",
        "global  global_avg_pool  8                 0        0            34x32",
        "fc      linear           10               90       80            34x32",
        "----------------------------------------------------------------------",
        "total                                    314  207,440",
    ]


def test_entries_have_bytes() -> None:
    """At least one."""
    with pytest.raises(EngineError, match="summarize: itemsize must be at least 1, got 0"):
        summarize(LENET, itemsize=0)
