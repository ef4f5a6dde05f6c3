"""What a fault says of its age: code for Python 2 or NumPy 1 is told apart from code that is wrong."""

from __future__ import annotations

import re

_PYTHON_2_SYNTAX = (
    "Missing parentheses in call to",
    "multiple exception types must be parenthesized",
    "leading zeros in decimal integer literals",
)
_PYTHON_2_TEXT = re.compile(
    r"^\s*(?:print\s+[^\s(=.,\[]|print\s*>>|exec\s+['\"]|raise\s+\w+\s*,|except\s+[\w.]+\s*,\s*\w+\s*:)|<>|\bur['\"]"
)
_PYTHON_2_NAMES = frozenset(
    "xrange raw_input unicode basestring long unichr reduce execfile file cmp apply buffer intern reload".split()
)
_PYTHON_2_METHODS = frozenset("has_key iteritems itervalues iterkeys next".split())
_QUOTED = re.compile(r"'(\w+)'$")

_NUMPY_1 = (
    (
        "only 0-dimensional arrays can be converted",
        "NumPy 1 let float() and int() take an array of one entry: use x.item()",
    ),
    ("only length-1 arrays can be converted", "float() and int() take one number: use x.item() where x has one entry"),
    (
        "setting an array element with a sequence",
        "NumPy 1 let an array of one entry be put into an entry: use x.item()",
    ),
    (
        "'float' object cannot be interpreted as an integer",
        "a size that / gives is a float, which Python 2 and NumPy before 1.12 took for whole: use //",
    ),
    ("Unable to avoid copy", "NumPy 1 took copy=False as a wish: use np.asarray(x)"),
    ("out of bounds for uint", "NumPy 1 wrapped integers around or widened them: convert to int or float first"),
    ("out of bounds for int", "NumPy 1 wrapped integers around or widened them: convert to int or float first"),
    (
        "inhomogeneous shape",
        "NumPy 1 made an array of objects of uneven rows: give dtype=object, or rows of one length",
    ),
)


def is_python_2(message: str, text: str) -> bool:
    """Whether the syntax error `message` on the line `text` is Python 2's way to write it."""
    return message.startswith(_PYTHON_2_SYNTAX) or _PYTHON_2_TEXT.search(text[:1_000]) is not None


def advice(error_type: str, message: str) -> str:
    """What to do where a fault is the library's age and not the code; empty where it is not."""
    quoted = _QUOTED.search(message.partition(" is not defined")[0].partition(". Did you")[0])
    name = quoted[1] if quoted else ""
    if error_type == "NameError" and name in _PYTHON_2_NAMES:
        return f"this is Python 2: {name} is not in Python 3"
    if error_type == "AttributeError" and name in _PYTHON_2_METHODS:
        return f"this is Python 2: .{name}() is not in Python 3"
    if "numpy" in message and "has no attribute" in message:
        return f"this NumPy has no such name: it is of another version ({message.partition(chr(10))[0][:100]})"
    return next((told for begin, told in _NUMPY_1 if begin in message), "")
