"""How exactly a number is written down: its digits and decimals, and whether it is another one, rounded."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from grader.answers.syntax.tree import PRODUCTS, Binary, Group, Node, Num, Unary
from grader.answers.values import Number

_DIGITS_WITH_EXPONENT = 3
_DIGITS_WITH_UNIT = 2
_WHOLE_DIGITS = 6
"""The most digits to which a whole number is taken for rounded, where a sign says "about"."""


def significant(raw: str) -> int:
    """Significant digits of a number as written."""
    mantissa = raw.lower().partition("e")[0]
    return len(re.sub(r"\D", "", mantissa).lstrip("0"))


def digits(node: Node, unit: int, fewest: int = 0) -> int | None:
    """Significant digits of a number written as rounded, by a power of ten or a unit word; else None.

    Args:
        node: the number.
        unit: the power of ten of its unit word; 0 where it has none.
        fewest: as many digits are needed; by default two beside a unit word, and three beside a power of ten.
    """
    match node:
        case Group(_, (inner,)):
            return digits(inner, unit, fewest)
        case Unary("-", arg):
            return digits(arg, unit, fewest)
        case Num(raw=raw) if unit:
            return _at_least(fewest or _DIGITS_WITH_UNIT, raw)
        case Num(raw=raw) if "e" in raw.lower():
            return _at_least(fewest or _DIGITS_WITH_EXPONENT, raw)
        case Binary(op, Num(raw=raw), Binary("^", Num(Fraction(numerator=10, denominator=1)), _)) if op in PRODUCTS:
            return _at_least(fewest or _DIGITS_WITH_EXPONENT, raw)
    return None


def _at_least(fewest: int, raw: str) -> int | None:
    found = significant(raw)
    return found if found >= fewest else None


def decimals(node: Node) -> int | None:
    """Digits behind the decimal point, two more in a percentage; None where it is no decimal."""
    match node:
        case Unary(_, arg):
            return decimals(arg)
        case Binary("/", number, Num(raw="%")):
            found = decimals(number)
            return None if found is None else found + 2
        case Num(raw=raw) if "." in raw and "e" not in raw.lower():
            return len(raw.partition(".")[2]) or None
    return None


def written_slack(node: Node) -> float:
    """How far off a decimal may be as written: half a unit in its last place, from three significant digits up."""
    places = decimals(node)
    if places is None:
        return 0.0
    inner = node.arg if isinstance(node, Unary) else node
    return 0.5 * 10.0**-places if isinstance(inner, Num) and significant(inner.raw) >= 3 else 0.0


def is_rounding(value: Number, exactly: Fraction | float, *, about: bool = False, places: bool = False) -> bool:
    """Whether `value` is `exactly`, rounded to the digits that were written, halves to either side.

    Args:
        value: the number that may be rounded.
        exactly: the number that it may stand for.
        about: whether a sign such as `≈` says so; decimals and round whole numbers count then as well.
        places: whether decimals count.
    """
    if not (math.isfinite(exactly) and math.isfinite(value.value)):
        return False
    if value.digits:
        return _rounds_to(value.value, exactly, value.digits)
    if about and _is_whole(value.value) and _is_whole(exactly):
        return any(_rounds_to(value.value, exactly, count) for count in range(1, _WHOLE_DIGITS + 1))
    if (about or places) and value.decimals is not None:
        return abs(Fraction(exactly) - Fraction(value.value)) <= Fraction(1, 2 * 10**value.decimals)
    return False


def _rounds_to(value: Fraction | float, exactly: Fraction | float, count: int) -> bool:
    """Whether `exactly` has `value` as its `count` leading digits, rounded."""
    wanted, got = abs(Fraction(exactly)), abs(Fraction(value))
    if not wanted or (value < 0) != (exactly < 0):
        return False
    last = Fraction(10) ** (_exponent(wanted) - count + 1)
    return got % last == 0 and abs(wanted - got) <= last / 2


def _exponent(value: Fraction) -> int:
    """The power of ten of the first digit of a positive number."""
    estimate = len(str(value.numerator)) - len(str(value.denominator))
    return estimate if Fraction(10) ** estimate <= value else estimate - 1


def _is_whole(value: Fraction | float) -> bool:
    return isinstance(value, Fraction) and value.denominator == 1
