"""The conformance cases of the `onnx` package for normalisations, activations, losses and dropout: every one."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import cache
from importlib import import_module
from math import prod
from pkgutil import walk_packages
from typing import Any

import numpy as np
import pytest

from grader import engine

Outputs = list[Any]
Attributes = dict[str, Any]


def batch_normalization(given: Attributes, x: Any, scale: Any, bias: Any, mean: Any, var: Any) -> Outputs:
    """In training also the running statistics, whose momentum and variance are not PyTorch's."""
    training = bool(given.get("training_mode", 0))
    eps = given.get("epsilon", 1e-5)
    y = engine.batch_norm(x, mean, var, scale, bias, training=training, eps=eps)
    if not training:
        return [y]
    momentum = 1 - given.get("momentum", 0.9)
    return [y, *engine.batch_norm_statistics(x, mean, var, momentum, unbiased=False)]


def layer_normalization(given: Attributes, x: Any, scale: Any, bias: Any = None) -> Outputs:
    """Also the mean and the inverse deviation: those of a batch of one channel for each place."""
    axis, eps = given.get("axis", -1) % x.ndim, given.get("epsilon", 1e-5)
    y = engine.layer_norm(x, x.shape[axis:], np.broadcast_to(scale, x.shape[axis:]), bias, eps)
    columns = x.reshape(prod(x.shape[:axis]), -1).T
    nothing = np.zeros(columns.shape[1], dtype=x.dtype)
    mean, var = engine.batch_norm_statistics(columns, nothing, nothing, 1.0, unbiased=False)
    shape = (*x.shape[:axis], *(1,) * (x.ndim - axis))
    return [y, mean.reshape(shape), (1 / np.sqrt(var + eps)).reshape(shape)]


def local_response(given: Attributes, x: Any) -> Outputs:
    """An even size has its odd channel after the own one: PyTorch's way, from the last channel to the first."""
    options = (given["size"], given.get("alpha", 1e-4), given.get("beta", 0.75), given.get("bias", 1.0))
    return [engine.local_response_norm(x[:, ::-1], *options)[:, ::-1]]


def mean_variance(given: Attributes, x: Any) -> Outputs:
    """A batch norm without eps, the axes that share a mean in front."""
    shared = tuple(given.get("axes", (0, 2, 3)))
    order = (*shared, *(axis for axis in range(x.ndim) if axis not in shared))
    front = x.transpose(order)
    y = engine.batch_norm(front.reshape(prod(front.shape[: len(shared)]), -1), training=True, eps=0)
    return [y.reshape(front.shape).transpose(np.argsort(order))]


def prelu(_: Attributes, x: Any, slope: Any) -> Outputs:
    """A slope for each entry is one for each channel of a single image without places."""
    slopes = np.broadcast_to(slope, x.shape).reshape(-1)
    return [engine.prelu(x.reshape(1, -1), slopes).reshape(x.shape)]


def celu(given: Attributes, x: Any) -> Outputs:
    """The engine has no bfloat16, as NumPy has none; such a case goes through float32."""
    kind = np.float32 if x.dtype.name == "bfloat16" else x.dtype
    return [engine.celu(x.astype(kind), given.get("alpha", 1.0)).astype(x.dtype)]


def dropout(given: Attributes, x: Any, ratio: Any = None, training: Any = False) -> Outputs:
    """Nothing is dropped unless in training; then the mask is NumPy's, from the seed that the case gives."""
    if not training:
        return [engine.dropout(x, np.ones_like(x), 0), np.ones(x.shape, dtype=bool)]
    share = 0.5 if ratio is None else float(ratio)
    mask = np.random.RandomState(given["seed"]).uniform(0, 1, x.shape) >= share
    return [engine.dropout(x, mask, share), mask]


def selu(given: Attributes, x: Any) -> Outputs:
    """With other constants than its own it is a scaled elu."""
    return [given["gamma"] * engine.elu(x, given["alpha"]) if given else engine.selu(x)]


def losses(given: Attributes) -> dict[str, Any]:
    """The options that both losses of classes have."""
    return {
        "reduction": given.get("reduction", b"mean").decode(),
        "ignore_index": given.get("ignore_index", -100),
    }


def softmax_cross_entropy(given: Attributes, x: Any, target: Any, weight: Any = None) -> Outputs:
    """The loss, and the logarithms that it is made of."""
    return [engine.cross_entropy(x, target, weight, **losses(given)), engine.log_softmax(x, 1)]


OPERATORS: dict[str, Callable[..., Outputs]] = {
    "BatchNormalization": batch_normalization,
    "Celu": celu,
    "Dropout": dropout,
    "Elu": lambda given, x: [engine.elu(x, given.get("alpha", 1.0))],
    "Gelu": lambda given, x: [engine.gelu(x, given.get("approximate", b"none").decode())],
    "GroupNormalization": lambda given, x, scale, bias: [
        engine.group_norm(x, given["num_groups"], scale, bias, given.get("epsilon", 1e-5))
    ],
    "HardSigmoid": lambda given, x: [engine.hardtanh(given.get("alpha", 0.2) * x + given.get("beta", 0.5), 0, 1)],
    "HardSwish": lambda _, x: [engine.hardswish(x)],
    "Hardmax": lambda given, x: [engine.hardmax(x, given.get("axis", -1))],
    "InstanceNormalization": lambda given, x, scale, bias: [
        engine.instance_norm(x, weight=scale, bias=bias, eps=given.get("epsilon", 1e-5))
    ],
    "LRN": local_response,
    "LayerNormalization": layer_normalization,
    "LeakyRelu": lambda given, x: [engine.leaky_relu(x, given.get("alpha", 0.01))],
    "LogSoftmax": lambda given, x: [engine.log_softmax(x, given.get("axis", -1))],
    "MeanVarianceNormalization": mean_variance,
    "Mish": lambda _, x: [engine.mish(x)],
    "NegativeLogLikelihoodLoss": lambda given, x, target, weight=None: [
        engine.nll_loss(x, target, weight, **losses(given))
    ],
    "PRelu": prelu,
    "Relu": lambda _, x: [engine.relu(x)],
    "Selu": selu,
    "Sigmoid": lambda _, x: [engine.sigmoid(x)],
    "Softmax": lambda given, x: [engine.softmax(x, given.get("axis", -1))],
    "SoftmaxCrossEntropyLoss": softmax_cross_entropy,
    "Softplus": lambda _, x: [engine.softplus(x)],
    "Softsign": lambda _, x: [engine.softsign(x)],
    "Swish": lambda given, x: [engine.silu(given.get("alpha", 1.0) * x) / given.get("alpha", 1.0)],
    "Tanh": lambda _, x: [engine.tanh(x)],
    "ThresholdedRelu": lambda given, x: [engine.threshold(x, given.get("alpha", 1.0), 0.0)],
}
"""For each operator its outputs, from the node's attributes and inputs."""

CASES = {
    "BatchNormalization": 4,
    "Celu": 3,
    "Dropout": 12,
    "Elu": 3,
    "Gelu": 4,
    "GroupNormalization": 2,
    "HardSigmoid": 3,
    "HardSwish": 1,
    "Hardmax": 7,
    "InstanceNormalization": 2,
    "LRN": 2,
    "LayerNormalization": 19,
    "LeakyRelu": 3,
    "LogSoftmax": 7,
    "MeanVarianceNormalization": 1,
    "Mish": 1,
    "NegativeLogLikelihoodLoss": 18,
    "PRelu": 2,
    "Relu": 1,
    "Selu": 3,
    "Sigmoid": 2,
    "Softmax": 7,
    "SoftmaxCrossEntropyLoss": 34,
    "Softplus": 2,
    "Softsign": 2,
    "Swish": 1,
    "Tanh": 2,
    "ThresholdedRelu": 3,
}
"""For each operator the count of cases of one node; a newer package may have more, and all have to pass."""

EXCLUDED = {
    "RMSNormalization": "a layer norm without a mean, which the engine has not",
    "LpNormalization": "divides by a norm, with nothing to learn; no layer of the engine's",
    "Shrink": "an activation with a gap, which the engine has not",
    "SwiGLU": "a gate between two halves of an input, of language models",
}

GRAPHS = {
    "test_attention": "attention spelled out around a Softmax; the engine has no attention",
    "test_flexattention": "attention, as above",
    "test_causal_conv_with_state": "a convolution that carries state, with an activation behind it",
    "test_range": "loops of plain arithmetic",
    "test_swiglu": "SwiGLU spelled out, as above",
}
"""Cases of many nodes with one of the operators among them that is not what they are about."""


@cache
def node_cases() -> dict[str, Any]:
    """The node cases of the installed package, by name: all but the poolings', which take far longer to make."""
    from onnx.backend.test.case import node

    with warnings.catch_warnings():
        # Casts and logarithms overflow on purpose while the package makes its cases.
        warnings.simplefilter("ignore", RuntimeWarning)
        for module in walk_packages(node.__path__, f"{node.__name__}."):
            if "pool" not in module.name:
                import_module(module.name)
    return {case.name: case for case in node._NodeTestCases}


def operator_of(case: Any) -> str | None:
    """The operator of a case that has a single node."""
    nodes = case.model.graph.node
    return nodes[0].op_type if len(nodes) == 1 else None


def expanded() -> dict[str, str]:
    """Cases whose graph spells out one of the operators in plain arithmetic, with the case that names it."""
    bases = {name: re.sub(r"_expanded(_ver\d+)?$", "", name) for name in node_cases()}
    return {
        name: base
        for name, base in bases.items()
        if base != name and base in node_cases() and operator_of(node_cases()[base]) in OPERATORS
    }


def check(node: Any, case: Any) -> None:
    """The engine's outputs for `node` are those of `case`, in shape, type and value."""
    from onnx.helper import get_attribute_value

    attributes = {attribute.name: get_attribute_value(attribute) for attribute in node.attribute}
    for inputs, outputs in case.data_sets:
        found = OPERATORS[node.op_type](attributes, *inputs)
        assert len(found) >= len(outputs)
        for ours, expected in zip(found, outputs, strict=False):
            assert ours.shape == expected.shape
            assert ours.dtype == expected.dtype
            np.testing.assert_allclose(
                ours.astype(np.float64), expected.astype(np.float64), rtol=case.rtol, atol=case.atol
            )


def failures(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """For pairs of cases, the data's and the node's, the names of those that fail, and why."""
    found = {}
    for name, base in pairs:
        try:
            check(node_cases()[base].model.graph.node[0], node_cases()[name])
        except AssertionError as error:
            found[name] = str(error)
    return found


@pytest.mark.parametrize("operator", OPERATORS)
def test_all_cases_of_an_operator_pass(operator: str) -> None:
    """At least as many as the table says are found, and none fails."""
    names = [name for name, case in node_cases().items() if operator_of(case) == operator]
    assert failures([(name, name) for name in names]) == {}
    assert len(names) >= CASES[operator], f"{len(names)} of {CASES[operator]} cases found: {names}"


def test_expanded_cases_pass_as_the_operator_that_they_spell_out() -> None:
    """Their nodes are plain arithmetic; their inputs and outputs are the operator's."""
    pairs = expanded()
    assert failures(list(pairs.items())) == {}
    assert len(pairs) >= 154


def test_every_other_normalisation_activation_or_loss_is_excluded_by_name() -> None:
    """Nothing of the field is left out without a reason."""
    words = "Normalization LRN elu Relu igmoid Soft max Loss Dropout Tanh ish GLU Shrink".split()
    others = {operator_of(case) for case in node_cases().values()} - {None} - set(OPERATORS)
    field = {name for name in others if any(word in name for word in words)}
    assert field <= set(EXCLUDED)
    graphs = {
        name
        for name, case in node_cases().items()
        if operator_of(case) is None and {node.op_type for node in case.model.graph.node} & set(OPERATORS)
    }
    assert {name for name in graphs - set(expanded()) if not name.startswith(tuple(GRAPHS))} == set()
