"""A number: an integer exactly, a rounded number as rounded, a chain of equalities by its last member."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from grader.answers.chain import members
from grader.answers.claims import Claim
from grader.answers.evaluate import exact, real
from grader.answers.extents import extents
from grader.answers.parse import is_slash_ambiguous, parse
from grader.answers.tree import PRODUCTS, Binary, Group, Name, Node, Num, Relation, Unary
from grader.answers.unread import MAX_LENGTH, Unread
from grader.answers.values import Number
from grader.answers.view import CORRECT, Comparison, Reading
from grader.model import Verdict

RTOL, ATOL = 1e-6, 1e-9

_UNITS = {
    "k": 3, "K": 3, "thousand": 3, "M": 6, "million": 6, "millions": 6, "mio": 6, "G": 9, "B": 9, "billion": 9,
    "billions": 9, "bn": 9,
}  # fmt: skip
_LONE_NUMBER = r"(?P<number>(?:.*[=≈~]|\\approx)?\s*[-+−≈~]?\s*\d[\d.,' ]*?)"
_WITH_UNIT = re.compile(
    rf"{_LONE_NUMBER}\s*(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})\s*\.?\s*\Z", re.DOTALL
)
_SPACED = re.compile(r"(?<![\d.,])(?<![\d.,] )\d{1,3}(?: \d{3})+(?![\d ]*\d)")
"""Thousands set apart by spaces: `418 176 000`."""
_UNIT_BEHIND = re.compile(r"\s*(?P<unit>thousand|millions?|billions?|mio|bn)\b")


@dataclass(frozen=True)
class NumberView:
    """Reads and compares numbers."""

    rounded: bool = True
    """Whether a number written as rounded is right as rounded; a problem may ask for the exact count."""
    square: bool = False
    """Whether `7 x 7` means 7, as it does of a kernel's or a receptive field's size."""

    def read(self, claim: Claim) -> Reading[Number]:
        """The last member of the chain, unless that is a rounding of the one before."""
        try:
            return _read(claim, square=self.square)
        except Unread as unread:
            return Reading(None, unread.code, unread.reason)

    def likely(self, value: Number, reference: Number) -> bool:  # noqa: ARG002 - the contract of a view
        """Always: a number is a number."""
        return True

    def compare(self, value: Number, reference: Number) -> Comparison:
        """Integers are exact; reals agree to a tolerance or to the digits written."""
        if value.value == reference.value:
            return CORRECT
        if self.rounded and _is_rounding(value, reference.value):
            return Comparison(Verdict.CORRECT, 1.0, "right as rounded")
        if _is_whole(reference.value):
            return Comparison(Verdict.INCORRECT, 0.0, f"{render_number(value)} is not the number asked for")
        if math.isclose(float(value.value), float(reference.value), rel_tol=RTOL, abs_tol=ATOL) or _to_digits(
            value, float(reference.value)
        ):
            return CORRECT
        return Comparison(Verdict.INCORRECT, 0.0, f"{render_number(value)} is not the number asked for")

    def render(self, value: Number) -> str:
        """The number in digits."""
        return render_number(value)


def render_number(value: Number) -> str:
    """Digits for integers and finite decimals, a fraction for other rationals."""
    number = value.value
    if isinstance(number, float):
        return repr(number)
    if number.denominator == 1:
        return str(number.numerator)
    decimal = repr(float(number))
    return decimal if Fraction(decimal) == number else f"{number.numerator}/{number.denominator}"


def _read(claim: Claim, *, square: bool) -> Reading[Number]:
    text, unit = _split_unit(claim)
    if len(text) > MAX_LENGTH:
        raise Unread("too-long", f"{len(text)} characters; at most {MAX_LENGTH} are read")
    text = _SPACED.sub(lambda found: found.group().replace(" ", ""), text)
    tree = parse(text)
    if is_slash_ambiguous(text):
        raise Unread("ambiguous-slash", "a slash before a product can be read in two ways; brackets are missing")
    chain = members(tree)
    if square:
        chain = tuple(_side(member) for member in chain)
        tree = chain[0] if len(chain) == 1 else tree
    values = [(node, _value(node)) for node in chain]
    known = [(node, value) for node, value in values if value is not None]
    if not known:
        raise Unread("not-a-number", "there is no number in it")
    if values[-1][1] is None and not isinstance(chain[-1], Name):
        raise Unread("not-a-number", "the last member is not a number")
    notes = _false_step(known)
    node, value = known[-1]
    number = (
        Number(value * 10**unit, _digits(node, unit), _decimals(node)) if isinstance(value, Fraction) else Number(value)
    )
    if len(known) > 1 and _is_rounding(number, known[-2][1], strict=_approximate(tree)):
        number = Number(known[-2][1])
    return Reading(number, apt=not _is_shape(tree), notes=notes)


def _side(tree: Node) -> Node:
    """`7` for `7 x 7`; anything else as it is.

    Raises:
        Unread: the sides differ, so that it is not one number.
    """
    if not _is_shape(tree):
        return tree
    sides = extents(tree)
    if len({exact(side) for side in sides}) > 1:
        raise Unread("not-a-number", "a size whose sides differ, where one number was asked for")
    return sides[0]


def _is_shape(tree: Node) -> bool:
    """Whether it is written as a shape: plain numbers with crosses between them, and no result."""
    if isinstance(tree, Binary) and tree.op in {"x", "×"}:
        return _is_shape(tree.left) or (isinstance(tree.left, Num) and isinstance(tree.right, Num))
    return False


def _split_unit(claim: Claim) -> tuple[str, int]:
    """The text without its unit word, and the power of ten that the unit stands for."""
    found = _WITH_UNIT.fullmatch(claim.text[-MAX_LENGTH:]) if len(claim.text) <= MAX_LENGTH else None
    if found:
        return found["number"], _UNITS[found["unit"]]
    behind = _UNIT_BEHIND.match(claim.after)
    return claim.text, _UNITS[behind["unit"]] if behind else 0


def _value(node: Node) -> Fraction | float | None:
    try:
        return exact(node)
    except Unread as unread:
        if unread.code != "irrational":
            if unread.code in {"too-large", "division-by-zero"}:
                raise
            return None
    return real(node)


def _digits(node: Node, unit: int) -> int | None:
    """Significant digits of a number written as rounded: by a power of ten or a unit word."""
    match node:
        case Group(_, (inner,)):
            return _digits(inner, unit)
        case Unary("-", arg):
            return _digits(arg, unit)
        case Num(raw=raw) if "e" in raw.lower() or unit:
            digits = _significant(raw)
            return digits if digits >= (2 if unit else 3) else None
        case Binary(op, Num(raw=raw), Binary("^", Num(Fraction(numerator=10, denominator=1)), _)) if op in PRODUCTS:
            digits = _significant(raw)
            return digits if digits >= 3 else None
    return None


def _significant(raw: str) -> int:
    mantissa = raw.lower().partition("e")[0]
    return len(re.sub(r"\D", "", mantissa).lstrip("0"))


def _decimals(node: Node) -> int | None:
    match node:
        case Unary(_, arg):
            return _decimals(arg)
        case Num(raw=raw) if "." in raw and "e" not in raw.lower():
            return len(raw.partition(".")[2])
    return None


def written_slack(node: Node) -> float:
    """How far off a decimal may be as written: half a unit in its last place, from three significant digits up."""
    decimals = _decimals(node)
    if decimals is None:
        return 0.0
    inner = node.arg if isinstance(node, Unary) else node
    return 0.5 * 10.0**-decimals if isinstance(inner, Num) and _significant(inner.raw) >= 3 else 0.0


def _approximate(tree: Node) -> bool:
    return not (isinstance(tree, Relation) and tree.ops[-1] == "~")


def _is_rounding(value: Number, exactly: Fraction | float, *, strict: bool = True) -> bool:
    """Whether `value` is `exactly`, rounded to the digits that were written.

    Only a power of ten or a unit word marks a number as rounded; where it is not `strict`, as behind `≈`, decimals too.
    """
    if value.digits:
        return float(f"{float(exactly):.{value.digits - 1}e}") == float(value.value)
    if not strict and _is_whole(value.value) and _is_whole(exactly):
        return any(float(f"{float(exactly):.{digits}e}") == float(value.value) for digits in range(1, 6))
    if not strict and value.decimals is not None:
        return bool(abs(float(exactly) - float(value.value)) <= 0.5 * 10.0**-value.decimals)
    return False


def _to_digits(value: Number, exactly: float) -> bool:
    """Whether a decimal of three significant digits or more agrees to the digits written."""
    if value.decimals is None:
        return False
    digits = len(re.sub(r"\D", "", f"{abs(float(value.value)):.{value.decimals}f}").lstrip("0"))
    return digits >= 3 and abs(float(value.value) - exactly) <= 0.5 * 10**-value.decimals * (1 + 1e-9)


def _is_whole(value: Fraction | float) -> bool:
    return isinstance(value, Fraction) and value.denominator == 1


def _false_step(known: list[tuple[Node, Fraction | float]]) -> tuple[str, ...]:
    """A note on the first step whose two sides differ."""
    for (_, left), (node, right) in pairwise(known):
        rounded = Number(right, _digits(node, 0), _decimals(node))
        close = math.isclose(float(left), float(right), rel_tol=RTOL) and not (_is_whole(left) and _is_whole(right))
        if left != right and not close and not _is_rounding(rounded, left, strict=False):
            return (f"a step does not hold: {render_number(Number(left))} is not {render_number(Number(right))}",)
    return ()
