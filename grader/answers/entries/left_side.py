"""The left side of a formula of entries: the indices of what it defines."""

from __future__ import annotations

from grader.answers.entries.indices import flat, head
from grader.answers.syntax.tree import Binary, Derivative, Group, Index, Name, Node, Num


def sides(chain: tuple[Node, ...]) -> tuple[tuple[Node, ...] | None, tuple[Node, ...]]:
    """The indices on the left of a chain, and its members that may be the answer."""
    if len(chain) == 1:
        return None, chain
    return left_indices(chain[0]), chain[1:]


def left_indices(node: Node) -> tuple[Node, ...] | None:
    """The indices of what an equation defines: h and l of `dL/dW_{h,l}`; None where it has none."""
    match node:
        case Index(Group("(", (inner,)), indices):
            return (*(left_indices(inner) or ()), *_split(indices))
        case Index() | Name() | Derivative():
            found = _of_left(node)
        case Binary("", left, Index(Group("(", _), indices)):  # f(x)_r
            found = (*(left_indices(left) or ()), *_split(indices))
        case Binary("", left, Group("[" | "(", items)) if all(isinstance(item, Name | Num) for item in items):
            before = left_indices(left) or ()
            found = (*before, *items) if not _is_argument(items) else before
        case Group("(", (inner,)):
            return left_indices(inner)
        case _:
            return None
    return found or None


def _is_argument(items: tuple[Node, ...]) -> bool:
    """Whether a bracket holds the argument of a function, `f(x)`, and no index."""
    return len(items) == 1 and isinstance(items[0], Name) and items[0].base in {"x", "X", "z", "Z"}


def _of_left(node: Node) -> tuple[Node, ...]:
    match node:
        case Derivative(of, by):
            return (*_split(head(of)[1]), *_split(head(by)[1]))
        case Index(Derivative() | Index() as array, indices):
            return (*_of_left(array), *_split(indices))
    return _split(head(node)[1])


def _split(indices: tuple[Node, ...]) -> tuple[Node, ...]:
    """Indices one by one, as far as that is clear without the array's rank: `ij` and `hl` are two."""
    found: list[Node] = []
    for node in indices:
        found += flat((node,), 0)
    return tuple(found)
