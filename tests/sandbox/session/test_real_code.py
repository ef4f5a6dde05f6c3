"""Notebooks as students write them: the setup cell, magics, data that is not here, and the function that is graded."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.sandbox import Returned
from grader.sandbox.session import Session

Make = Callable[..., Session]

SETUP = """
# As usual, a bit of setup
from __future__ import print_function
import random
import numpy as np
import matplotlib.pyplot as plt
from course.data import get_pictures
from course.layers import *
from builtins import range

%matplotlib inline
plt.rcParams['figure.figsize'] = (10.0, 8.0)
%load_ext autoreload
%autoreload 2

def rel_error(x, y):
    return np.max(np.abs(x - y) / (np.maximum(1e-8, np.abs(x) + np.abs(y))))
"""

FORWARD = """
def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant')
    out = np.zeros((N, F, 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride), dtype=np.float)
    for n in range(N):
        for f in range(F):
            for i in range(out.shape[2]):
                for j in range(out.shape[3]):
                    window = x_pad[n, :, i * stride:i * stride + HH, j * stride:j * stride + WW]
                    out[n, f, i, j] = np.sum(window * w[f]) + b[f]
    return out, (x, w, b, conv_param)
"""

BACKWARD = """
def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    db = dout.sum(axis=(0, 2, 3))
    return None, None, db
"""


def test_a_notebook_of_a_course(program: Make) -> None:
    """What is missing costs its own cell; the forward pass is called, and its cache goes into the backward pass."""
    session = program(
        SETUP,
        "data = get_pictures()\nfor k, v in data.items():\n    print('%s: ' % k, v.shape)",
        FORWARD,
        "x = np.ones((1, 1, 3, 3))\n%timeit -n1 -r1 conv_forward_naive(x, x, [0], {'stride': 1, 'pad': 0})",
        BACKWARD,
        "print 'done'",
    )
    assert [(fault.cell, fault.line) for fault in session.faults] == [(1, 1), (5, 1)]
    forward = session.definitions["conv_forward_naive"]
    assert (forward.cell, forward.line, forward.parameters) == (2, 2, ("x", "w", "b", "conv_param"))
    outcome = session.call(
        "conv_forward_naive", np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2)), np.zeros(1), {"stride": 1, "pad": 0}
    )
    assert isinstance(outcome, Returned)
    np.testing.assert_array_equal(outcome.value[0], np.full((1, 1, 2, 2), 4.0))
    back = session.call("conv_backward_naive", outcome.value[0], outcome.kept[1])
    assert isinstance(back, Returned)
    assert back.value[2].tolist() == [16.0]
    assert any(note.startswith("np.float is NumPy 1") for note in session.notes)


def test_a_network_in_pytorch(program: Make) -> None:
    """Where PyTorch is installed, a module is made, called with a tensor, and its weights are arrays."""
    session = program(
        "import torch, torch.nn as nn\n"
        "class Net(nn.Module):\n"
        "    def __init__(self, k=3):\n"
        "        super().__init__()\n"
        "        self.conv = nn.Conv2d(1, 2, k)\n"
        "    def forward(self, x):\n"
        "        return self.conv(x)\n"
    )
    if any("'torch'" in note for note in session.notes):
        assert [fault.message for fault in session.faults] == ["NameError: name 'nn' is not defined"]
        return
    made = session.call("Net")
    assert isinstance(made, Returned)
    weights = session.call_method(made.kept, "state_dict")
    assert isinstance(weights, Returned)
    assert {name: array.shape for name, array in weights.value.items()} == {
        "conv.weight": (2, 1, 3, 3),
        "conv.bias": (2,),
    }
