"""The indices of an entry, in whatever way they are typed: `ij`, `i,j`, `[i][j]`, below a derivative's names."""

from __future__ import annotations

from typing import Any

from grader.answers.syntax.tree import INNER, Binary, Group, Index, Name, Node, Num, Sequence, parts, spelled


def head(node: Node) -> tuple[str, tuple[Node, ...]]:
    """The name of what is differentiated, and the indices it has: `f` and r for `f_W(x)[r]`."""
    match node:
        case Name(base, sub, primes):
            below = tuple(item for item in sub if not isinstance(item, Group))
            return f"{base}{chr(39) * primes}", below if all(map(_indexes, below)) else ()
        case Index(array, indices):
            name, before = head(array)
            return name, (*before, *indices)
        case Binary("", left, Group("[", items)):
            name, before = head(left)
            return name, (*before, *items)
        case Binary("", left, Index(Group("(", _), indices)):
            name, before = head(left)
            return name, (*before, *indices)
        case Binary("", left, Group("(", _)):
            return head(left)
        case Group("(", (inner,)):
            return head(inner)
    return "", ()


def _indexes(node: Node) -> bool:
    """Whether `node` may be an index: a small letter, a number, arithmetic of such; no name of an array."""
    match node:
        case Num():
            return True
        case Name(base):
            return base[:1].islower()
        case Binary(_, left, right):
            return _indexes(left) and _indexes(right)
        case Group(_, (inner,)):
            return _indexes(inner)
        case Sequence(items):
            return all(map(_indexes, items))
    return False


def flat(indices: tuple[Node, ...], rank: int) -> tuple[Node, ...]:
    """Indices one by one: `ij` and `11` are two, where the array has that many."""
    if len(indices) == rank:
        return indices
    found: list[Node] = []
    for node in indices:
        match node:
            case Sequence(items) | Group("(" | "[", items) if len(items) > 1:
                found += items
            case Binary("", _, _):
                found += _letters(node)
            case Num(raw=raw) if raw.isdigit() and len(raw) == rank:
                found += [Num.of(int(digit)) for digit in raw]
            case Name(base, ()) if len(base) == rank > 1 and base.isalpha():
                found += [Name(letter) for letter in base]
            case _:
                found.append(node)
    return tuple(found)


def _letters(node: Node) -> list[Node]:
    """`ijm`, read as a product of names, one by one."""
    if isinstance(node, Binary) and node.op == "" and isinstance(node.right, Name | Num):
        return [*_letters(node.left), node.right]
    return [node]


def indices_in(node: Any) -> list[str]:
    """The names that stand as indices in `node`, in order."""
    if isinstance(node, Name):
        return [name for item in flat(node.sub, 9) for name in _names(item)]
    if isinstance(node, Index):
        return [*indices_in(node.array), *(name for item in node.indices for name in _names(item))]
    if isinstance(node, tuple):
        return [name for item in node for name in indices_in(item)]
    return [name for inner in INNER.get(type(node), ()) for name in indices_in(getattr(node, inner))]


def _names(node: Any) -> list[str]:
    return [spelled(name) for name in parts(node) if isinstance(name, Name) and name.base[:1].islower()]
