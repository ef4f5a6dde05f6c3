"""A shape whose extents are formulas, `F x (floor((H - K)/S) + 1) x ...`: compared extent by extent."""

from __future__ import annotations

from dataclasses import dataclass

from grader.answers.claims import Claim
from grader.answers.formulas.local import with_local
from grader.answers.formulas.pointwise import sampled
from grader.answers.formulas.sampling import points
from grader.answers.formulas.symbols import Symbols
from grader.answers.shapes.axes import both_orders, named
from grader.answers.shapes.extents import extents
from grader.answers.syntax.parse import parse
from grader.answers.syntax.tree import PRODUCTS, Binary, Node
from grader.answers.syntax.unread import Unread
from grader.answers.values import ShapeFormula
from grader.answers.view import CORRECT, Comparison, Reading
from grader.answers.views.formula import compare_trees
from grader.answers.writing.notation import CROSS, Notation
from grader.answers.writing.render import render_factor, render_tree
from grader.answers.writing.writer import bare
from grader.model import Verdict

_CROSSED = frozenset({Notation.LATEX, Notation.UNICODE})


@dataclass(frozen=True)
class ShapeFormulaView:
    """Reads and compares shapes of formulas."""

    symbols: Symbols
    require: tuple[Node, ...] = ()
    floor_required: bool = False

    def read(self, claim: Claim) -> Reading[ShapeFormula]:
        """The extents, names bound; a product sign between them is no product."""
        try:
            tree = parse(claim.text, self.symbols.names)
            if claim.defined:
                known = self.symbols
                tree = with_local(tree, claim.defined, known.names, known.knows, known.fits)
            axes = named(tree)
            written = both_orders(axes) if axes and len(axes) > 1 else (extents(tree),)
            bound, *others = [tuple(self.symbols.bind(node) for node in order) for order in written]
            some = {name: values[:1] for name, values in points(self.symbols, self.require).items()}
            for node in bound:
                sampled(node, some)
        except Unread as unread:
            return Reading(None, unread.code, unread.reason)
        return Reading(ShapeFormula(bound, tuple(others)))

    def likely(self, value: ShapeFormula, reference: ShapeFormula) -> bool:
        """Whether it has as many extents."""
        return len(value.extents) == len(reference.extents)

    def compare(self, value: ShapeFormula, reference: ShapeFormula) -> Comparison:
        """Right where each extent is; the first wrong one is named."""
        first = self._compare(value, reference)
        for other in value.others if first.verdict is not Verdict.CORRECT else ():
            if (found := self._compare(ShapeFormula(other), reference)).verdict is Verdict.CORRECT:
                return found
        return first

    def _compare(self, value: ShapeFormula, reference: ShapeFormula) -> Comparison:
        got, want = value.extents, reference.extents
        if len(got) != len(want):
            reason = f"it has {len(got)} extents, the shape asked for has {len(want)}"
            return Comparison(Verdict.INCORRECT, 0.0, reason)
        at = points(self.symbols, self.require)
        results = [compare_trees(a, b, at, floor=self.floor_required) for a, b in zip(got, want, strict=True)]
        for axis, result in enumerate(results, 1):
            if result.verdict is not Verdict.CORRECT:
                return Comparison(result.verdict, result.credit, f"extent {axis}: {result.reason}")
        reasons = {result.reason for result in results if result.reason}
        return Comparison(Verdict.CORRECT, 1.0, "; ".join(sorted(reasons))) if reasons else CORRECT

    def render(self, value: ShapeFormula, notation: Notation = Notation.ASCII) -> str:
        """The extents with a cross between them, or as a tuple; a product in brackets, or it could be two extents."""
        crossed = notation in _CROSSED and len(value.extents) > 1
        texts = [
            render_factor(node, notation) if crossed or _multiplies(bare(node)) else render_tree(node, notation)
            for node in value.extents
        ]
        return CROSS[notation].join(texts) if crossed else f"({', '.join(texts)})"


def _multiplies(node: Node) -> bool:
    return isinstance(node, Binary) and node.op in PRODUCTS
