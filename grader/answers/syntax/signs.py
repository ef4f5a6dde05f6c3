r"""How letters, signs and commands are written, and what each of them is: `×`, `\times`, `≤`, `\leq`, `σ`, `\sigma`."""

from __future__ import annotations

GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρςστυφχψωΓΔΘΛΞΠΣΦΨΩϵ",
        (
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau"
            " upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega epsilon"
        ).split(),
        strict=True,
    )
)
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿᵀ", "0123456789+-nT", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ᵢⱼₖₗₘₙₚₓ", "0123456789+-ijklmnpx", strict=True))

SIGNS = {
    "−": "-", "–": "-", "—": "-", "÷": "/", "⋅": "·", "∙": "·", "•": "·", "∗": "*", "✕": "×", "✖": "×", "⨯": "×",
    "≤": "<=", "⩽": "<=", "≥": ">=", "⩾": ">=", "≠": "!=", "≈": "~", "∼": "~", "≃": "~", "→": "->", "←": "=",
    "⇒": "=>",
    "⟹": "=>", "↦": "->", "∈": "in", "∉": "notin", "∂": "∂", "∑": "sum", "Σ": "sum", "∏": "prod",
    "√": "sqrt", "∞": "infinity",
    "∨": "∨", "∧": "∧",
    "…": "...", "⋯": "...", "⊙": "·", "∘": "·", "′": "'", "’": "'", "″": "''",
}  # fmt: skip

COMMAND_SIGNS = {
    "times": "×", "cdot": "·", "ast": "*", "star": "*", "odot": "·", "circ": "·", "bullet": "·", "div": "/", "le": "<=",
    "leq": "<=", "leqslant": "<=", "ge": ">=", "geq": ">=", "geqslant": ">=", "lt": "<", "gt": ">", "ne": "!=",
    "neq": "!=", "approx": "~", "simeq": "~", "sim": "~", "to": "->", "rightarrow": "->", "longrightarrow": "->",
    "mapsto": "->", "lor": "∨", "vee": "∨", "neg": "¬", "lnot": "¬",
    "leftarrow": "=", "gets": "=", "Rightarrow": "=>", "implies": "=>", "Longrightarrow": "=>",
    "iff": "=>", "in": "in", "partial": "∂",
    "sum": "sum", "prod": "prod", "infty": "infinity", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈",
    "rceil": "⌉", "{": "{set", "}": "}set", "lbrace": "{set", "rbrace": "}set", "lbrack": "[", "rbrack": "]",
    "ldots": "...", "cdots": "...", "dots": "...", "vdots": "...", "ddots": "...", "dotsc": "...", "dotsb": "...",
    "prime": "'", "mid": "|", "vert": "|", "lvert": "|", "rvert": "|", "pm": "±", "equiv": "=", "coloneqq": "=",
    "top": "T", "intercal": "T", "\\": "\\\\", "%": "%", "bmod": "%", "#": "#", "_": "_", "and": "and", "land": "∧",
    "wedge": "∧", "colon": ":", "triangleq": "=", "cup": "∪", "cap": "∩", "setminus": "∖", "newline": "\\\\",
    "cr": "\\\\", "lparen": "(", "rparen": ")", "notin": "notin",
}  # fmt: skip

SILENT = frozenset(
    "left right mleft mright mathopen mathclose mathbin mathrel"
    " big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr displaystyle textstyle scriptstyle limits nolimits"
    " quad qquad , ; : ! > enspace enskip thinspace medspace thickspace negthinspace hfill nonumber notag hline"
    " therefore because small large tiny normalsize bm mathstrut phantom underline".split()
)
"""Commands that change the looks and not the meaning; what stands in their braces is read."""

MATRICES = frozenset("matrix pmatrix bmatrix vmatrix Bmatrix Vmatrix smallmatrix array tabular".split())
"""Environments whose rows and cells make a matrix."""

CASES = frozenset({"cases", "dcases", "rcases", "cases*", "dcases*"})
"""Environments of case distinctions, whose cells are a value and its condition."""

SIZED = frozenset("hspace vspace hskip kern mkern mskip color textcolor".split())
"""Commands whose first argument says how far, or in which colour, and is no mathematics."""

BOXES = frozenset({"boxed", "fbox", "framebox"})

FONTS = frozenset("mathbf mathcal bold boldsymbol mathit mathsf mathtt mathfrak bf it cal vec".split())
WORDS = frozenset("text mathrm textrm textbf textit operatorname mbox textnormal texttt mathop rm".split())
ACCENTS = {
    "hat": "hat",
    "widehat": "hat",
    "bar": "bar",
    "tilde": "tilde",
    "widetilde": "tilde",
    "dot": "dot",
    "overline": "bar",
}

RELATIONS = frozenset({"=", "<", ">", "<=", ">=", "!=", "~", "->", "=>", "in", "notin", ":"})
SEPARATORS = frozenset({",", ";", "and"})
STOPS = frozenset({")", "]", "}", "}set", "⌋", "⌉", ".", "!", "&", "\\\\"}) | SEPARATORS
"""Signs before which an item of a list, or all there is, ends."""
