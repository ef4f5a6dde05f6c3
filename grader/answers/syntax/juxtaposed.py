r"""Which factors LaTeX sets side by side: `2P`, `dY_{i,j} X_{i+h-1,j+l-1}` can be read as products only."""

from __future__ import annotations

from grader.answers.syntax.tree import PRODUCTS, Big, Binary, Call, Index, Name, Node, Num, Transposed, Unary

_TIMES_LETTERS = frozenset({"x", "X"})
_BARS = r"\left|"
_FRAMED = (r"\text", r"\operatorname", r"\mathbb")


def between(left: Node, right: Node, written: str) -> str | None:
    """What stands between two factors without a sign, nothing or a space; None where a sign is needed.

    Args:
        left: the factors before.
        right: the next one.
        written: the same in LaTeX.
    """
    last = _last(left)
    if isinstance(last, Binary) and last.op == "%":
        return None  # the next factor would seem to belong to the divisor
    if isinstance(last, Num) and last.value < 0:
        return None
    if isinstance(last, Num) and written.startswith(r"\left("):
        return ""
    if not _may_follow(right, written):
        return None
    return "" if isinstance(last, Num) and (len(written) == 1 or written[1:2] in {"^", "_"}) else " "


def _last(node: Node) -> Node:
    while isinstance(node, Unary) or (isinstance(node, Binary) and node.op in PRODUCTS):
        node = node.arg if isinstance(node, Unary) else node.right
    return node


def _may_follow(node: Node, written: str) -> bool:
    """Whether no other meaning could be found for it behind a factor: it begins with a letter, a root, a sum."""
    match node:
        case Big():
            return True
        case Call():
            return written.startswith("\\") and not written.startswith((_BARS, *_FRAMED))
        case Binary("^", base, _) | Transposed(base) | Index(base, _):
            return _may_follow(base, written)
        case Name(base):
            crosses = base.partition("_")[0] in _TIMES_LETTERS and written[1:2] not in {"_", "^"}
            return not crosses and not written.startswith((r"\frac", *_FRAMED))
    return False
