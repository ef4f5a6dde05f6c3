"""Libraries that homework uses, between the walls."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox.limits import Limits
from grader.sandbox.starting import Server
from grader.sandbox.walls import Walls
from grader.sandbox.zygote import Zygote

RUNNER = Server(Path(__file__).parent, "runner", "serve")

STANDARD = """
import asyncio, concurrent.futures, datetime, json, logging, os, pickle, random, shutil, time, unittest, zipfile
import numpy as np
np.save("x.npy", np.ones(3))
np.savez("y.npz", a=np.load("x.npy"))
np.savetxt("t.txt", np.load("y.npz")["a"])
os.makedirs("a/b")
shutil.copyfile("t.txt", "a/b/t.txt")
os.rename("a/b/t.txt", "a/t.txt")
shutil.rmtree("a")
pickle.dump(np.ones(2), open("p.pickle", "wb"))
time.sleep(0.001), time.perf_counter(), datetime.datetime.now().astimezone()
np.linalg.svd(np.random.rand(64, 64))
reply(pickle.load(open("p.pickle", "rb")).sum())
"""

TORCH = """
import torch
import torch.nn.functional as F
x, weight = torch.randn(2, 3, 8, 8, requires_grad=True), torch.randn(4, 3, 3, 3, requires_grad=True)
torch.relu(F.max_pool2d(F.conv2d(x, weight, padding=1), 2)).sum().backward()
model = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3), torch.nn.BatchNorm2d(4), torch.nn.Flatten())
model(x.detach()).pow(2).mean().backward()
torch.save(model.state_dict(), "model.pt")
model.load_state_dict(torch.load("model.pt"))
reply(tuple(weight.grad.shape))
"""

PLOTS = """
import os
import matplotlib.pyplot as plt
plt.imshow([[0, 1], [1, 0]])
plt.title("filters")
plt.show()
plt.savefig("plot.png")
reply(os.path.getsize("plot.png") > 1000)
"""


def test_the_standard_library(zygote: Zygote, run: Any) -> None:
    """Files in its folder, times, pickles and linear algebra work as anywhere."""
    ran = run(zygote.spawn(), STANDARD)
    assert ran.replies == b"2.0done", ran.output


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("library", "program", "reply"),
    [("torch", TORCH, b"(4, 3, 3, 3)done"), ("matplotlib.pyplot", PLOTS, b"Truedone")],
)
def test_a_large_library(library: str, program: str, reply: bytes, run: Any) -> None:
    """It is imported once, and computes, draws and saves in a child, within a gigabyte."""
    if importlib.util.find_spec(library.split(".", maxsplit=1)[0]) is None:
        pytest.skip(f"{library} is not installed")
    with Zygote(Walls.STRICT, Limits(), libraries=[library], server=RUNNER) as zygote:
        ran = run(zygote.spawn(), program)
    assert ran.replies == reply, ran.output
    assert "cpuinfo" not in ran.output
