"""A number: an integer exactly, a rounded number as rounded, a chain of equalities by its last member."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from grader.answers.claims import Claim
from grader.answers.formulas.chain import members
from grader.answers.formulas.evaluate import Exact, exact, real
from grader.answers.formulas.rounding import decimals, digits, is_rounding
from grader.answers.formulas.units import SCALES, Quantity, quantity, spoken_alone
from grader.answers.shapes.coordinates import is_coordinate
from grader.answers.shapes.extents import extents
from grader.answers.syntax.parse import is_slash_ambiguous, parse
from grader.answers.syntax.tree import Binary, Name, Node, Num, Relation, Unary, is_entry, parts
from grader.answers.syntax.unread import MAX_DIGITS, Unread
from grader.answers.values import Number
from grader.answers.view import CORRECT, Comparison, Reading
from grader.answers.writing.notation import Notation, number_text
from grader.model import Verdict

RTOL, ATOL = 1e-6, 1e-9
_FLOAT_ERROR = 1e-13
"""How far off, relatively, a float may be that was worked out from roots and the like."""
_POINTED = 3
"""Decimals of a number whose point may set thousands apart."""
_PLAIN = re.compile(rf"\$?([-−]?)([0-9]{{1,{MAX_DIGITS}}})\$?\.?")
_BARE_LOG = re.compile(r"(?<![A-Za-z.])log(?![A-Za-z_\d₀-₉]|\s*_)")
"""A logarithm whose base is not said; `np.log` is natural."""


@dataclass(frozen=True)
class NumberView:
    """Reads and compares numbers."""

    rounded: bool = True
    """Whether a number written as rounded is right as rounded; a problem may ask for the exact count."""
    square: bool = False
    """Whether `7 x 7` means 7, as it does of a kernel's or a receptive field's size."""

    def read(self, claim: Claim) -> Reading[Number]:
        """The last member of the chain, unless that is a rounding of the one before."""
        plain = _PLAIN.fullmatch(claim.text.strip()) if not claim.after else None
        if plain:
            value = Number(Fraction(int(plain[2]) * (-1 if plain[1] else 1)))
            return Reading(value, apt=not is_coordinate(claim))
        try:
            return _read(claim, square=self.square)
        except Unread as unread:
            return Reading(None, unread.code, unread.reason)

    def likely(self, value: Number, reference: Number) -> bool:  # noqa: ARG002 - the contract of a view
        """Always: a number is a number."""
        return True

    def compare(self, value: Number, reference: Number) -> Comparison:
        """Integers are exact; reals agree to a tolerance or to the digits written."""
        result = self._compare(value, reference.value)
        if result.verdict is not Verdict.INCORRECT:
            return result
        for other in value.also:
            stated = self._compare(replace(value, value=other, also=(), perhaps=()), reference.value)
            if stated.verdict is Verdict.CORRECT:
                return stated
        for other, condition in value.perhaps:
            if self._compare(replace(value, value=other, decimals=None), reference.value).verdict is Verdict.CORRECT:
                return Comparison(Verdict.REVIEW, 0.0, f"{render_number(value)} is right if {condition}")
        return result

    def _compare(self, value: Number, reference: Fraction | float) -> Comparison:
        if value.value == reference:
            return CORRECT
        if self.rounded and is_rounding(value, reference):
            return Comparison(Verdict.CORRECT, 1.0, "right as rounded")
        if _is_close(value, reference):
            return CORRECT
        return Comparison(Verdict.INCORRECT, 0.0, f"{render_number(value)} is not the number asked for")

    def render(self, value: Number, notation: Notation = Notation.ASCII) -> str:
        """The number in digits."""
        return render_number(value, notation)


def _is_close(value: Number, reference: Fraction | float) -> bool:
    """Whether a real agrees to a tolerance, or to the digits written; an integer has to be exact."""
    if _is_whole(reference):
        whole = float(reference)
        inexact = isinstance(value.value, float)
        return inexact and abs(whole - float(value.value)) <= min(_FLOAT_ERROR * max(1.0, abs(whole)), 1e-3)
    near = math.isclose(float(value.value), float(reference), rel_tol=RTOL, abs_tol=ATOL)
    return near or _to_digits(value, float(reference))


def render_number(value: Number, notation: Notation = Notation.ASCII) -> str:
    """Digits for integers and finite decimals, a fraction for other rationals; as many digits as were written."""
    return number_text(value.value, notation, places=value.decimals or 0, digits=value.digits or 0)


@dataclass(frozen=True, slots=True)
class _Member:
    """One member of a chain that has a value."""

    node: Node
    """Without its unit."""
    value: Fraction | float
    """With its unit."""
    scale: int = 0
    sign: str = ""
    """The sign of relation before it."""

    def coarse(self) -> Number:
        """Its number, however few digits are written before a power of ten or a unit: `1234 = 1.2K`."""
        number = self.number()
        return (
            number if isinstance(self.value, float) else replace(number, digits=digits(self.node, self.scale, fewest=1))
        )

    def number(self) -> Number:
        if isinstance(self.value, float):
            return Number(self.value)
        return Number(self.value, digits(self.node, self.scale), decimals(self.node))


def _read(claim: Claim, *, square: bool) -> Reading[Number]:
    stated = quantity(claim)
    if (said := spoken_alone(stated.text)) is not None:
        return Reading(_in_unit(Number(Fraction(said) * 10**stated.scale), stated))
    tree = parse(stated.text)
    if is_slash_ambiguous(stated.text):
        raise Unread("ambiguous-slash", "a slash before a product can be read in two ways; brackets are missing")
    chain = members(tree)
    solid = square and any(_is_shape(member) and len(extents(member)) > 2 for member in chain)
    if square:
        chain = tuple(_side(member) for member in chain)
        tree = chain[0] if len(chain) == 1 else tree
    known = _known(chain, tree.ops if isinstance(tree, Relation) else (), stated)
    if isinstance(known[-1].value, float) and _BARE_LOG.search(stated.text):
        raise Unread("ambiguous-log", "a logarithm whose base is not said")
    number = _in_unit(_last(known), stated)
    if _is_shape(chain[-1]) and (side := _square_side(chain[-1])) is not None:
        number = replace(number, perhaps=(*number.perhaps, (side, "the side of a square is asked for")))
    share = "value" if is_entry(tree) else ""
    apt = not (solid or _is_shape(tree) or is_coordinate(claim))
    return Reading(number, apt=apt, notes=_false_step(known), share=share)


def _known(chain: tuple[Node, ...], ops: tuple[str, ...], stated: Quantity) -> list[_Member]:
    """The members of `chain`, with `ops` between them, that have a value; the last one's unit stands apart.

    Raises:
        Unread: there is none, or the last member has none and is no name.
    """
    evaluator = Exact()
    signs = ("", *ops)
    known = [found for at, node in enumerate(chain[:-1]) if (found := _member(node, signs[at], evaluator)) is not None]
    last = _member(chain[-1], signs[len(chain) - 1], evaluator, stated)
    if last is not None:
        return [*known, last]
    if not known or stated.scale or not isinstance(chain[-1], Name):
        raise Unread("not-a-number", "the last member is not a number" if known else "there is no number in it")
    return known


def _member(node: Node, sign: str, evaluator: Exact, stated: Quantity | None = None) -> _Member | None:
    scale = stated.scale if stated else 0
    match node:
        case Binary("", number, Name(word, ())) if word in SCALES and _is_literal(number):
            node, scale = number, SCALES[word]
    if scale and not _is_literal(node):
        return None
    if stated and stated.percent:
        node = Binary("/", node, Num(Fraction(100), "%"))
    value = _value(node, evaluator)
    if value is None:
        return None
    return _Member(node, value * 10**scale if scale else value, scale, sign)


def _is_literal(node: Node) -> bool:
    return isinstance(node.arg if isinstance(node, Unary) else node, Num)


def _last(known: list[_Member]) -> Number:
    """The last member's number, or the one before where the last is that one rounded."""
    number = known[-1].number()
    if len(known) < 2:
        return number
    before = known[-2].value
    if before == number.value:
        return number
    if number.decimals == _POINTED and before == number.value * 1000:
        return Number(before)  # `3*1200 = 3.600`: the point sets thousands apart
    if is_rounding(known[-1].coarse(), before, about=known[-1].sign == "~"):
        return Number(before, also=(number.value,))
    if is_rounding(number, before, places=True):
        return replace(number, also=(before,))
    return number


def _in_unit(number: Number, stated: Quantity) -> Number:
    """`number` with what else it may say: in another unit, as a percentage, with a point between thousands."""
    value = number.value
    if isinstance(value, float):
        return number
    perhaps: list[tuple[Fraction, str]] = []
    if stated.unit_scale:
        number = replace(number, also=(*number.also, value * 10**stated.unit_scale))
        if stated.binary:
            perhaps.append((value * 2 ** (stated.unit_scale // 3 * 10), "a kilobyte is 1024 bytes"))
    if stated.percent or stated.text.rstrip(" $.").endswith("%"):
        perhaps.append((value * 100, "a percentage is asked for"))
    if number.decimals == _POINTED and 1 <= abs(value) < 1000 and not stated.percent:
        perhaps.append((value * 1000, "its point sets thousands apart"))
    return replace(number, perhaps=tuple(perhaps)) if perhaps else number


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


def _square_side(tree: Node) -> Fraction | None:
    """14 of `14 x 14`; None where its sides differ."""
    sides = {exact(side) for side in extents(tree)}
    return sides.pop() if len(sides) == 1 else None


def _is_shape(tree: Node) -> bool:
    """Whether it is written as a shape: plain numbers with crosses between them, and no result."""
    if isinstance(tree, Binary) and tree.op in {"x", "×"}:
        return _is_shape(tree.left) or (isinstance(tree.left, Num) and isinstance(tree.right, Num))
    return False


def _value(node: Node, evaluator: Exact) -> Fraction | float | None:
    if isinstance(node, Name) and node != Name("pi"):
        return None
    try:
        return evaluator.value(node)
    except Unread as unread:
        if unread.code in {"too-large", "division-by-zero"}:
            raise
        if unread.code != "irrational" and not (unread.code == "unknown-name" and _holds_constants(node)):
            return None
    return real(node)


def _holds_constants(node: Node) -> bool:
    """Whether all names in it are pi, or e below an exponent."""
    names = [part for part in parts(node) if isinstance(part, Name)]
    powers = sum(isinstance(part, Binary) and part.op == "^" and part.left == Name("e") for part in parts(node))
    return set(names) <= {Name("pi"), Name("e")} and names.count(Name("e")) == powers


def _to_digits(value: Number, exactly: float) -> bool:
    """Whether a decimal of three significant digits or more agrees to the digits written."""
    if value.decimals is None:
        return False
    written = len(re.sub(r"\D", "", f"{abs(float(value.value)):.{value.decimals}f}").lstrip("0"))
    return written >= 3 and abs(float(value.value) - exactly) <= 0.5 * 10**-value.decimals * (1 + 1e-9)


def _is_whole(value: Fraction | float) -> bool:
    return isinstance(value, Fraction) and value.denominator == 1


def _false_step(known: list[_Member]) -> tuple[str, ...]:
    """A note on the first step whose two sides differ."""
    for left, right in pairwise(known):
        if not _is_step(left, right, about=right.sign == "~"):
            shown = render_number(Number(left.value)), render_number(Number(right.value))
            return (f"a step does not hold: {shown[0]} is not {shown[1]}",)
    return ()


def _is_step(left: _Member, right: _Member, *, about: bool) -> bool:
    """Whether both sides are one number, or either is the other one rounded."""
    if left.value == right.value:
        return True
    whole = _is_whole(left.value) and _is_whole(right.value)
    if not whole and math.isclose(float(left.value), float(right.value), rel_tol=RTOL):
        return True
    if right.number().decimals == _POINTED and left.value == right.value * 1000:
        return True
    rounded = is_rounding(right.coarse(), left.value, about=about, places=True)
    return rounded or is_rounding(left.coarse(), right.value, about=about, places=True)
