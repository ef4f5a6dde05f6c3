"""A shape whose axes are named: `H = 28, W = 28, C = 10`, `28 x 28 with 10 channels`, `10 maps of 28x28`.

What comes out are the extents in one order, whatever order they were named in: batch, depth, height, width, channels.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from grader.answers.claims import Claim
from grader.answers.syntax.tree import SHAPE_SIGNS, Binary, Group, Matrix, Name, Node, Relation, Sequence, Word

ORDER = ("batch", "depth", "height", "width", "length", "channels")
_ROLES = {
    "n": "batch", "b": "batch", "batch": "batch", "h": "height", "height": "height", "rows": "height",
    "w": "width", "width": "width", "cols": "width", "columns": "width", "l": "length", "length": "length",
    "c": "channels", "channels": "channels", "channel": "channels", "d": "depth", "depth": "depth",
}  # fmt: skip
_EQUALS = frozenset({"=", ":", "=>"})
_OF_INPUT = frozenset({"in", "input"})

_PLANE = r"(?P<plane>\(?\s*\d{1,5}\s*(?:[x×X*]|\\times|by)\s*\d{1,5}\s*\)?)"
_CHANNELS = r"(?:(?:output|feature|activation)\s+)?(?:channels?|maps?|planes?|slices?)\b"
_COUNT = r"(?P<count>\d{1,5})"
_AND = r"\s*[$,]?\s*(?:with|and|,|\()?\s*(?:a\s+)?"
_WORDED = [
    re.compile(rf"{_PLANE}{_AND}\$?{_COUNT}\$?\s+{_CHANNELS}\)?"),
    re.compile(rf"{_PLANE}{_AND}(?:depth|channels)\s*(?:of|=|:)?\s*\$?{_COUNT}\b\$?"),
    re.compile(rf"{_COUNT}\$?\s+{_CHANNELS}\s*,?\s*(?:each\s+)?(?:of|with|at|are|is)?\s*(?:the\s+)?(?:size|shape)?\s*(?:of\s+)?\$?{_PLANE}"),
    re.compile(rf"{_PLANE}\s*\$?\s*\(\s*\$?[x×]\s*{_COUNT}\s*\$?\)"),
]  # fmt: skip
_WORTH = re.compile(r"chan|map|plan|slic|dept|\([\s$]{0,3}[x×]")
"""Without one of these there is nothing to look for."""
_GOES_ON = re.compile(r"[\s$]*(?:[x×X*@^/+\-=]|\\times|by\b)")
_GOES_BEFORE = re.compile(r"(?:[x×X*@^/+\-\d.,]|\\times|\bby)[\s$]*\Z")
_NEAR = 60
"""Characters before and behind a claim in which the rest of its shape is looked for."""


def both_orders(axes: Mapping[str, Node]) -> tuple[tuple[Node, ...], ...]:
    """The extents with the channels last, and where there are channels, first (behind a batch) as well."""
    extents = tuple(axes.values())
    if "channels" not in axes:
        return (extents,)
    behind = int("batch" in axes)
    return extents, (*extents[:behind], extents[-1], *extents[behind:-1])


def named(tree: Node) -> Mapping[str, Node] | None:
    """The extent of each axis, by the axis; None where `tree` is not one equation for each."""
    items = tree.items if isinstance(tree, Sequence) else (tree,)
    found: dict[str, Node] = {}
    for item in items:
        axes, extent = _equation(item)
        if not axes or _is_shape(extent) or any(axis in found for axis in axes) or len(set(axes)) < len(axes):
            return None
        found.update(dict.fromkeys(axes, extent))
    if "depth" in found and "channels" not in found:
        found["channels"] = found.pop("depth")
    return {axis: found[axis] for axis in ORDER if axis in found}


def _equation(node: Node) -> tuple[list[str], Node]:
    """The axes that an equation names, `H = W = 28`, and their extent; no axes where it is none."""
    if not isinstance(node, Relation) or not set(node.ops) <= _EQUALS:
        return [], node
    axes: list[str] = []
    for member in node.members[:-1]:
        role = _role(member)
        if not role:
            break
        axes.append(role)
    return axes, node.members[-1]


def _is_shape(node: Node) -> bool:
    """Whether several extents are stated at once: `W = 3 x 3 x 10` is the shape of W."""
    several = isinstance(node, Group | Sequence | Matrix) and not (isinstance(node, Group) and len(node.items) == 1)
    return several or (isinstance(node, Binary) and node.op in SHAPE_SIGNS | {"@"})


def _role(node: Node) -> str:
    if isinstance(node, Word):
        return _ROLES.get(node.text.lower(), "")
    if not isinstance(node, Name) or any(isinstance(sub, Name) and sub.base in _OF_INPUT for sub in node.sub):
        return ""
    return "" if node.base == "b" else _ROLES.get(node.base.lower(), "")  # a small b is a bias


def worded(claim: Claim) -> str:
    """`28 x 28 x 10` where the words around `claim` say so: `28 x 28 with 10 channels`; else the empty string."""
    if len(claim.text) > 2 * _NEAR:
        return ""
    before, after = claim.before[-_NEAR:], claim.after[:_NEAR]
    start, end = len(before), len(before) + len(claim.text)
    whole = f"{before} {claim.text}{after}" if before else f"{claim.text}{after}"
    if not _WORTH.search(whole):
        return ""
    start, end = start + bool(before), end + bool(before)
    for pattern in _WORDED:
        for found in pattern.finditer(whole):
            if found.start() < end and found.end() > start and _is_whole(whole, found):
                plane = re.sub(r"[()\s]", "", found["plane"])
                return f"{plane} x {found['count']}"
    return ""


def _is_whole(text: str, found: re.Match[str]) -> bool:
    """Whether no further extent stands beside what was found."""
    return not (_GOES_ON.match(text, found.end()) or _GOES_BEFORE.search(text[: found.start()]))
