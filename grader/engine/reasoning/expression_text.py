"""Expressions written out, for people: in plain text, ``floor((W - 3)/4) + 1``, and in LaTeX."""

from __future__ import annotations

from dataclasses import dataclass

from grader.engine.reasoning.expressions import Atom, Expression, Floor, Minimum, Monomial, Name

_LETTERS = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau phi chi psi omega"
_GREEK = frozenset(_LETTERS.split())


@dataclass(frozen=True, slots=True)
class _Notation:
    """How one language writes names, products, quotients and functions."""

    latex: bool

    def name(self, one: Name) -> str:
        if not self.latex:
            return one.name
        stem, _, index = one.name.partition("_")
        letter = f"\\{stem}" if stem in _GREEK else _upright(stem)
        return f"{letter}_{{{_upright(index)}}}" if index else letter

    def power(self, base: str, exponent: int) -> str:
        if exponent == 1:
            return base
        return f"{base}^{{{exponent}}}" if self.latex else f"{base}^{exponent}"

    def product(self, factors: list[str]) -> str:
        return (" " if self.latex else "*").join(factors)

    def rounded(self, above: Expression, below: Expression, *, up: bool) -> str:
        word = "ceil" if up else "floor"
        if self.latex:
            return rf"\left\l{word} \frac{{{self.sum(above)}}}{{{self.sum(below)}}} \right\r{word}"
        return f"{word}({self.wrapped(above)}/{self.wrapped(below)})"

    def wrapped(self, value: Expression) -> str:
        """With parentheses where it is more than a name or an integer."""
        text = self.sum(value)
        return text if text.isalnum() else f"({text})"

    def atom(self, one: Atom) -> str:
        if isinstance(one, Name):
            return self.name(one)
        if isinstance(one, Floor):
            return self.quotient(one)
        if isinstance(one, Minimum):
            pair = f"{self.sum(one.one)}, {self.sum(one.other)}"
            return rf"\min\left({pair}\right)" if self.latex else f"min({pair})"
        inside = self.sum(one.radicand)
        return rf"\sqrt{{{inside}}}" if self.latex else f"sqrt({inside})"

    def quotient(self, one: Floor) -> str:
        """Rounded up where that saves the integer: floor((W + 1) / 2) is ceil(W / 2)."""
        n = one.divisor.constant
        less = one.dividend - (n - 1) if n else Expression()
        if less.terms and all(monomial for monomial, _ in less.terms):
            return self.rounded(less, one.divisor, up=True)
        return self.rounded(one.dividend, one.divisor, up=False)

    def term(self, monomial: Monomial, count: int) -> str:
        factors = [self.power(self.atom(one), power) for one, power in monomial]
        return self.product(([str(count)] if count > 1 or not factors else []) + factors)

    def sum(self, value: Expression) -> str:
        """What is added first, what is taken away behind it, an integer last."""
        if not value.terms:
            return "0"
        order = sorted(value.terms, key=lambda term: (not term[0], term[1] < 0))
        if order[0][1] < 0 < order[-1][1]:
            order = [order[-1], *order[:-1]]
        (monomial, count), *others = order
        text = ("-" if count < 0 else "") + self.term(monomial, abs(count))
        return text + "".join(f" {'-' if n < 0 else '+'} {self.term(term, abs(n))}" for term, n in others)


def _upright(word: str) -> str:
    """A word of more than a letter, which would else be read as a product."""
    return word if len(word.strip("'")) == 1 or word.isdigit() else rf"\mathrm{{{word}}}"


def as_text(value: Expression) -> str:
    """`value` in plain text: ``*``, ``^``, ``floor(a/b)``, ``ceil(a/b)``, ``min(a, b)`` and ``sqrt(a)``."""
    return _Notation(latex=False).sum(value)


def as_latex(value: Expression) -> str:
    r"""`value` in LaTeX, without dollars: ``\left\lfloor \frac{W - 3}{4} \right\rfloor + 1``."""
    return _Notation(latex=True).sum(value)
