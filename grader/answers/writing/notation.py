r"""The notations that students use, and how numbers and names are written in each of them."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from grader.answers.syntax.signs import GREEK


class Notation(StrEnum):
    """How mathematics is written down."""

    ASCII = "ascii"
    LATEX = "latex"
    UNICODE = "unicode"
    PYTHON = "python"


TIMES = {Notation.LATEX: r" \cdot ", Notation.UNICODE: "·"}
"""The sign of a product; a star where there is none."""
CROSS = {Notation.LATEX: r" \times ", Notation.UNICODE: " × ", Notation.ASCII: " x "}
"""What stands between the extents of a shape."""

_LETTERS = {name: letter for letter, name in GREEK.items() if letter not in "ςϵ"}
_COMMANDS = frozenset(GREEK.values()) | {"ell", "nabla"}
_ACCENTS = frozenset({"hat", "bar", "tilde", "dot"})
_WORD = 3
"""From so many letters on a name is set upright, as a word."""
_MOST_DIGITS = 40
_MOST_PLACES = 20
_UNITS = ((3, "thousand"), (6, "million"), (9, "billion"), (12, "trillion"))
_WORDED = 2
"""So many significant digits are taken for rounded with a unit word only, not with an exponent."""
_DERIVATIVES = {Notation.LATEX: r"\frac{{\partial {}}}{{\partial {}}}", Notation.UNICODE: "∂{}/∂{}"}


def number_text(value: Fraction | float, notation: Notation, *, places: int = 0, digits: int = 0) -> str:
    """`value` in digits where they end, else as a fraction.

    Args:
        value: the number.
        notation: how it is written.
        places: the fewest decimals.
        digits: significant digits of a number that is written as rounded; 0 where it is not.
    """
    if isinstance(value, float):
        return _powered(*repr(value).partition("e")[::2], notation)
    if digits and value:
        return _rounded(value, digits, notation)
    above, below = abs(value.numerator), value.denominator
    sign = "-" if value < 0 else ""
    exact = next((n for n in range(places, _MOST_PLACES + 1) if not above * 10**n % below), None)
    if exact is None:
        return f"{sign}\\frac{{{above}}}{{{below}}}" if notation is Notation.LATEX else f"{sign}{above}/{below}"
    written = str(above * 10**exact // below).zfill(exact + 1)
    if not exact:
        zeros = len(written) - len(written.rstrip("0"))
        if len(written) > _MOST_DIGITS and zeros:
            return _powered(sign + written[:-zeros], str(zeros), notation)
        return sign + written
    return f"{sign}{written[:-exact]}.{written[-exact:]}"


def _rounded(value: Fraction, digits: int, notation: Notation) -> str:
    """`5.13 * 10^6`; two digits, which an exponent does not make a rounded number, as `3.2 million`."""
    above = abs(value)
    exponent = len(str(above.numerator)) - len(str(above.denominator))
    exponent -= Fraction(10) ** exponent > above
    units = [unit for unit in _UNITS if unit[0] > exponent - digits] if digits == _WORDED else []
    power, word = units[0] if units else (exponent, "")
    mantissa = number_text(value / Fraction(10) ** power, notation, places=digits - 1 - exponent + power)
    if not word:
        return _powered(mantissa, str(exponent), notation)
    return rf"{mantissa} \text{{ {word}}}" if notation is Notation.LATEX else f"{mantissa} {word}"


def _powered(mantissa: str, exponent: str, notation: Notation) -> str:
    """`mantissa` times ten to the `exponent`; an empty exponent is none."""
    if not exponent:
        return mantissa
    if notation in {Notation.ASCII, Notation.PYTHON}:
        return f"{mantissa}e{exponent}"
    power = str(int(exponent))
    raised = (
        f"10^{{{power}}}" if notation is Notation.LATEX else f"10^{power}" if int(exponent) >= 0 else f"10^({power})"
    )
    return f"{mantissa}{TIMES[notation]}{raised}"


def cells_text(cells: object, notation: Notation) -> str:
    """Nested lists of numbers; in LaTeX their rows are matrices.

    A list of nothing but a matrix is written as lists: brackets around a matrix say nothing.
    """
    if isinstance(cells, float):
        return number_text(cells, notation)
    if not isinstance(cells, list):
        return str(cells)
    depth = _depth(cells)
    plain = depth == 1 or (depth > 2 and len(cells) == 1)
    inner = [_listed(cell, notation) if plain else cells_text(cell, notation) for cell in cells]
    if notation is Notation.LATEX and depth == 2:
        rows = r" \\ ".join(" & ".join(cells_text(cell, notation) for cell in row) for row in cells)
        return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}"
    return f"[{', '.join(inner)}]"


def _listed(cells: object, notation: Notation) -> str:
    if not isinstance(cells, list):
        return cells_text(cells, notation)
    return f"[{', '.join(_listed(cell, notation) for cell in cells)}]"


def _depth(cells: object) -> int:
    return 1 + _depth(cells[0]) if isinstance(cells, list) and cells else 0


def name_text(name: str, notation: Notation) -> str:
    """A name as problems spell it, `sigma_x`, `y_hat`, `dL/dW`, in another notation."""
    if "/" in name and notation in _DERIVATIVES:
        of, _, by = name.partition("/")
        sides = (name_text(side.removeprefix("d"), notation) for side in (of, by))
        return _DERIVATIVES[notation].format(*sides)
    stem = name.rstrip("'")
    base, _, sub = stem.partition("_")
    primes = name[len(stem) :]
    if notation is Notation.LATEX:
        return _latex(base, sub) + primes
    letter = _LETTERS.get(base, base) if notation is Notation.UNICODE else base
    plain = sub.isalnum() if notation is Notation.UNICODE else sub.replace("_", "").isalnum()
    lower = f"_{sub}" if plain or "/" in name else f"_{{{sub}}}"
    return f"{letter}{lower if sub else ''}{primes}"


def _latex(base: str, sub: str) -> str:
    letter = _letter(base)
    if sub in _ACCENTS:
        return rf"\{sub}{{{letter}}}"
    if not sub:
        return letter
    below = _letter(sub)
    return f"{letter}_{below}" if len(sub) == 1 or below == rf"\{sub}" else f"{letter}_{{{below}}}"


def _letter(run: str) -> str:
    r"""A Greek letter as its command, a longer word upright; `dW` is no word."""
    if run in _COMMANDS:
        return rf"\{run}"
    return rf"\text{{{run}}}" if len(run) >= _WORD and run.isalpha() and not run.startswith("d") else run
