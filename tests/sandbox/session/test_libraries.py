"""Libraries: NumPy 1 answered and noted, what draws replaced where it is missing, PyTorch where it is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.sandbox import Raised, Returned
from grader.sandbox.session import Session

Make = Callable[..., Session]


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("np.float(3)", 3.0),
        ("np.int(3.5)", 3),
        ("np.zeros(1, np.float_).dtype.name", "float64"),
        ("np.zeros(1, np.object).dtype.name", "object"),
        ("np.product([2, 3]).item()", 6),
        ("np.cumproduct([2, 3]).tolist()", [2, 6]),
        ("np.alltrue([True, False]).item()", False),
        ("np.sometrue([True, False]).item()", True),
        ("np.in1d([1, 2], [2]).tolist()", [False, True]),
        ("np.row_stack([[1], [2]]).tolist()", [[1], [2]]),
        ("np.trapz([1, 2]).item()", 1.5),
        ("np.Inf", float("inf")),
        ("np.asfarray([1]).dtype.name", "float64"),
        ("np.cast['float32'](1).dtype.name", "float32"),
        ("np.asscalar(np.array([2.5]))", 2.5),
    ],
)
def test_numpy_1_works_and_is_noted(program: Make, old: str, now: object) -> None:
    """Names that this NumPy lacks; those that it has are its own affair."""
    session = program(f"import warnings, numpy as np\nwarnings.simplefilter('ignore')\nx = {old}")
    assert session.faults == []
    outcome = session.value("x")
    assert isinstance(outcome, Returned)
    assert outcome.value == now
    assert len(session.notes) <= 1


def test_each_old_name_is_noted_once(program: Make) -> None:
    """By its name."""
    session = program("import numpy as np\nfor _ in range(5): x = np.float(3)")
    [note] = session.notes
    assert note.startswith("np.float is NumPy 1, gone from NumPy 2")


@pytest.mark.parametrize("body", ["float(np.ones(1))", "int(np.ones((1, 1)))"])
def test_one_entry_as_a_number_is_told_apart(program: Make, body: str) -> None:
    """Where this NumPy refuses it, the advice says that NumPy 1 did not."""
    outcome = program("import warnings, numpy as np\nwarnings.simplefilter('ignore')", f"def f(): return {body}").call(
        "f"
    )
    if isinstance(outcome, Raised):
        assert outcome.advice == "NumPy 1 let float() and int() take an array of one entry: use x.item()"
    else:
        assert isinstance(outcome, Returned)


def test_a_name_that_never_was_is_still_an_error(program: Make) -> None:
    """NumPy's own message."""
    [fault] = program("import numpy as np\nnp.convolve3d(1)").faults
    assert fault.message.startswith("AttributeError: module 'numpy' has no attribute 'convolve3d'")


def test_plots_are_drawn_nowhere(program: Make) -> None:
    """The usual calls, with matplotlib or with its stand-in."""
    session = program(
        "%matplotlib inline\nimport numpy as np\nimport matplotlib.pyplot as plt\nfrom matplotlib import cm",
        "plt.rcParams['figure.figsize'] = (10.0, 8.0)\nplt.rcParams['image.cmap'] = 'gray'",
        "fig, axes = plt.subplots(2, 3, figsize=(3, 3))\naxes[0, 1].imshow(np.zeros((2, 2)), cmap=cm.gray)\n"
        "n = len([ax.axis('off') for ax in axes.flat])",
        "(a, b), (c, d) = plt.subplots(2, 2)[1]\nfig, ax = plt.subplots()\nax.plot([1], [2], label='x')\nax.legend()",
        "counts, edges, patches = plt.hist([1, 2])\nplt.title('t'); plt.show()\nfig.savefig('out.png')",
    )
    assert session.faults == []
    outcome = session.value("n")
    assert isinstance(outcome, Returned)
    assert outcome.value == 6


def test_what_shows_progress_goes_through_what_it_is_given(program: Make) -> None:
    """`tqdm` in its shapes, `trange`."""
    session = program(
        "from tqdm import tqdm, trange\nfrom tqdm.notebook import tqdm as bar",
        "x = [i for i in tqdm(range(3), desc='a')] + [i for i in trange(2)] + [i for i in bar([5])]",
    )
    assert session.faults == []
    outcome = session.value("x")
    assert isinstance(outcome, Returned)
    assert outcome.value == [0, 1, 2, 0, 1, 5]


def test_bridges_to_python_2_and_to_clouds_are_inert(program: Make) -> None:
    """`past`, `future`, `google.colab`, `IPython`."""
    session = program(
        "from past.builtins import xrange\nfrom future import standard_library\nstandard_library.install_aliases()",
        "from google.colab import drive\ndrive.mount('/content/drive')",
        "from IPython.display import clear_output, Image\nclear_output(wait=True)\nImage('x.png')",
        "x = list(xrange(3))",
    )
    assert session.faults == []
    outcome = session.value("x")
    assert isinstance(outcome, Returned)
    assert outcome.value == [0, 1, 2]
