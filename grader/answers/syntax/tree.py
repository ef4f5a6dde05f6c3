"""The syntax tree of an answer. It keeps how a thing was written: a product by `×` may be a shape.

What a name means is decided later, by the problem's own symbols.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Num:
    """A number as written."""

    value: Fraction
    raw: str

    @classmethod
    def of(cls, value: int) -> Num:
        """The integer `value`."""
        return cls(Fraction(value), str(value))


@dataclass(frozen=True, slots=True)
class Name:
    r"""A symbol: `W`, `W_{in}`, `\sigma_x`, `\hat{y}` (which is `y` with the subscript `hat`), `H'`."""

    base: str
    sub: tuple[Node, ...] = ()
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Word:
    r"""Text inside mathematics: `\text{if}`."""

    text: str


@dataclass(frozen=True, slots=True)
class Unary:
    """`-x`, `+x`."""

    op: str
    arg: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """`op` is one of ``+ - / // % ^`` and, for products, the sign as written: ``* × · x`` or ``""`` for none."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A known function of its arguments: floor, max, sqrt, exp...; `differential` is a `∂` outside a fraction."""

    function: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """`X[i, j]`."""

    array: Node
    indices: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What stands in brackets: `(`, `[` or `{`; several items make a tuple, a list or a set."""

    bracket: str
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    """Items set apart by commas, outside any bracket."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    r"""Rows between ``\begin{bmatrix}`` and its end, or an array."""

    rows: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A chain `a = b <= c`; `ops` has one entry less than `members`."""

    ops: tuple[str, ...]
    members: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Derivative:
    r"""`\partial L / \partial w`: a name in its own right; what it equals stands elsewhere."""

    of: Node
    by: Node


@dataclass(frozen=True, slots=True)
class Transposed:
    """`x^T`."""

    arg: Node


@dataclass(frozen=True, slots=True)
class Space:
    r"""`\mathbb{R}^{3 \times 5}`: membership in it states a shape."""

    extents: Node | None


@dataclass(frozen=True, slots=True)
class Dots:
    """An ellipsis."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What an index of a sum runs over: from `low` to `high`, or `among` a set; left out, all there is."""

    name: Name
    low: Node | None = None
    high: Node | None = None
    among: Node | None = None


@dataclass(frozen=True, slots=True)
class Big:
    """A sum, product, maximum or minimum (`op`) of `body` over indices."""

    op: str
    bounds: tuple[Bound, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Logic:
    """Conditions joined by `op`: and, or, not."""

    op: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """One row of a case distinction; no condition is "otherwise"."""

    value: Node
    condition: Node | None = None


@dataclass(frozen=True, slots=True)
class Cases:
    """A case distinction: the first branch whose condition holds."""

    branches: tuple[Branch, ...]


Node = (
    Num
    | Name
    | Word
    | Unary
    | Binary
    | Call
    | Index
    | Group
    | Sequence
    | Matrix
    | Relation
    | Derivative
    | Transposed
    | Space
    | Dots
    | Big
    | Logic
    | Cases
)

PRODUCTS = frozenset({"*", "×", "·", "x", ""})
"""The signs of a product, the empty one (juxtaposition) among them."""
SHAPE_SIGNS = frozenset({"*", "×", "·", "x"})
"""The signs that may stand between the extents of a shape."""


INNER: dict[type, tuple[str, ...]] = {
    Num: (),
    Name: ("sub",),
    Word: (),
    Unary: ("arg",),
    Binary: ("left", "right"),
    Call: ("args",),
    Index: ("array", "indices"),
    Group: ("items",),
    Sequence: ("items",),
    Matrix: ("rows",),
    Relation: ("members",),
    Derivative: ("of", "by"),
    Transposed: ("arg",),
    Space: ("extents",),
    Dots: (),
    Bound: ("name", "low", "high", "among"),
    Big: ("bounds", "body"),
    Logic: ("args",),
    Branch: ("value", "condition"),
    Cases: ("branches",),
}
"""The fields of each sort of node that hold nodes, in the order in which they are written."""
_REVERSED = {kind: names[::-1] for kind, names in INNER.items()}


def parts(node: Any) -> Iterator[Any]:
    """`node` and all that it is made of, from the outside in."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        kind = type(found)
        if kind is tuple:
            waiting.extend(found[::-1])
        elif kind in _REVERSED:
            yield found
            for name in _REVERSED[kind]:
                waiting.append(getattr(found, name))  # noqa: PERF401 - the walk that everything waits for


@dataclass(frozen=True, eq=False, slots=True)
class Same:
    """A tree as a key: the very object, since comparing trees costs more than what is kept by them."""

    tree: Any

    def __hash__(self) -> int:
        return id(self.tree)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.tree is self.tree


def nodes(tree: Any) -> tuple[Any, ...]:
    """As `parts`, for a tree that is walked more than once."""
    return _nodes(Same(tree))


@lru_cache(maxsize=256)
def _nodes(same: Same) -> tuple[Any, ...]:
    return tuple(parts(same.tree))


def is_entry(tree: Any) -> bool:
    """Whether `tree` says what stands where: `Z[1, 3] = 6`, `Z_{1,3} = 6`."""
    if not isinstance(tree, Relation) or set(tree.ops) != {"="}:
        return False
    left = tree.members[0]
    indices = left.indices if isinstance(left, Index) else left.sub if isinstance(left, Name) else ()
    return len(indices) > 1 and all(isinstance(index, Num) for index in indices)


def spelled(name: Name) -> str:
    """`name` in one line, as problems spell their symbols: ``W_in``, ``sigma_x``, ``y_hat``, ``H'``."""
    if not name.sub and not name.primes:
        return name.base
    sub = ",".join(_short(node) for node in name.sub)
    return f"{name.base}{'_' + sub if sub else ''}{chr(39) * name.primes}"


def _short(node: Node) -> str:
    match node:
        case Num(raw=raw):
            return raw
        case Name():
            return spelled(node)
        case Word(text):
            return text
        case Binary(op, left, right):
            return f"{_short(left)}{op}{_short(right)}"
        case Group("(", (inner,)):
            return f"({_short(inner)})"
    return "?"
