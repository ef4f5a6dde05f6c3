"""A row -> the kind of part that it is an answer to, and what such a part states."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from grader.answers.formulas.symbols import Symbols
from grader.answers.syntax.parse import parse
from grader.answers.syntax.tree import Node
from grader.answers.syntax.unread import Unread
from grader.experiment.domains import stated, usual
from grader.experiment.rows import Row

_LETTERS = re.compile(r"[A-Za-z\u0370-\u03ff]")
_DEFINITIONS = re.compile(r"\s*(?:,|;|\bwhere\b|\bwith\b)\s*(?=\\?[A-Za-z]\w*\s*=(?!=))")
_LEFT = re.compile(r"[^=<>!\u2264\u2265\[\]]{1,60}(?:\[[^\]=]{1,40}\])?[^=<>!\u2264\u2265\[\]]{0,10}=(?!=)")
_ANY = re.compile(
    r"(?:any|at least)\s+(?P<count>\d|one|two|three|four)\s+(?:of\s+)?(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_NUMBERED = re.compile(r"(?<![A-Za-z0-9_\\])((?!log|exp|conv)[A-Za-z]+)(\d+)(?![\d.(])")
"""A name that ends in digits."""
_O = re.compile(r"(?:O|Θ|Theta)\s*\((?P<inner>.*)\)", re.DOTALL)
_OF_SYMBOLS = frozenset({"shape", "formula", "indexed", "cases", "growth"})
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4}
_OPTIONS = (("yes", "no"), ("true", "false"))
_SIZE = [2, 6]
"""Extents of the arrays on which a formula of entries is tried."""
_MADE = [1, 100_000]
"""What a name that an equation gives may come to."""
_MADE_BY = re.compile(r"\s*([A-Za-z]\w*)\s*=(?!=)")
"""An equation that gives a name: `m = n - k + 1`."""
_NONE_OF_THESE = "none of these"

Given = dict[str, Any]


def _spelt(value: Any) -> Any:
    """`K1` as `K_1`, in formulas and names of symbols; `log2(n)` stays."""
    if isinstance(value, str):
        return _NUMBERED.sub(r"\1_\2", value)
    if isinstance(value, list):
        return [_spelt(one) for one in value]
    if isinstance(value, dict):
        return {_spelt(key): _spelt(one) for key, one in value.items()}
    return value


def given_of(row: Row) -> tuple[str, Given]:
    """The kind's name and its given.

    Raises:
        ValueError: what was expected cannot be read as what `row.as_` says.
    """
    if row.as_ in _OF_SYMBOLS:
        update = {name: _spelt(getattr(row, name)) for name in ("expect", "domain", "arrays")}
        row = row.model_copy(update=update)
    return _MAKERS[row.as_](row)


def name_of(row: Row) -> str:
    """What the answer is called, where the expected one has a left side: `dW` of `dW[h,l] = ...`."""
    left = _LEFT.match(row.expect) if isinstance(row.expect, str) else None
    return re.sub(r"\[[^\]]*\]|\s|=", "", left.group()) if left else ""


def _number(row: Row) -> tuple[str, Given]:
    return "number", {"value": row.expect}


def _tensor(row: Row) -> tuple[str, Given]:
    value = _listed(row.expect)
    return "tensor", {"value": value}


def _shape(row: Row) -> tuple[str, Given]:
    alternatives = _shapes(row.expect)
    extents = alternatives[0]
    if any(isinstance(extent, str) and _LETTERS.search(extent) for extent in extents):
        texts = [str(extent) for extent in extents]
        symbols, require = _symbols(row, texts)
        return "shape-formula", {"extents": texts, "symbols": symbols, "require": require}
    if row.layout:
        return "shape", {"shape": extents, "layout": row.layout, "also": alternatives[1:]}
    turned = [other for one in alternatives for other in _other_layouts(one)]
    also = [list(other) for other in dict.fromkeys(map(tuple, [*alternatives[1:], *turned])) if other != tuple(extents)]
    return "shape", {"shape": extents, "also": also}


def _shapes(expect: Any) -> list[list[Any]]:
    """The shapes that are right: `[5, 4]`, `5x4`, `[3, 5, 7] or [3, 7, 5]`."""
    if isinstance(expect, int):
        return [[expect]]
    if isinstance(expect, list):
        return [list(one) for one in expect] if expect and all(isinstance(one, list) for one in expect) else [expect]
    if not isinstance(expect, str):
        raise ValueError(f"found {expect!r}, expected a shape such as [5, 4]; correct it")  # noqa: TRY004 - pydantic's
    return [_extents(text) for text in re.split(r"\s+or\s+", expect.strip())]


def _extents(text: str) -> list[Any]:
    bare = text.strip().strip("()[]")
    cut = r"\s*,\s*" if "," in bare else r"\s*(?:[x\u00d7*]|\\times)\s*"
    return [int(part) if part.isdigit() else part for part in re.split(cut, bare) if part]


def _other_layouts(extents: list[Any]) -> list[list[Any]]:
    """Channels first for channels last and the other way round, by image or by batch."""
    if len(extents) == 3:
        return [[*extents[1:], extents[0]], [extents[2], *extents[:2]]]
    if len(extents) == 4:
        first, *rest = extents
        return [[first, *rest[1:], rest[0]], [first, rest[2], *rest[:2]]]
    return []


def _formula(row: Row) -> tuple[str, Given]:
    formula, definitions = _parted(row.expect)
    symbols, require = _symbols(row, [formula, *definitions])
    made = [text.partition("=")[0].strip() for text in definitions]
    symbols |= {name: _MADE for name in made if name in symbols and not isinstance(symbols[name], str)}
    return "formula", {"formula": formula, "symbols": symbols, "require": [*require, *definitions]}


def _indexed(row: Row) -> tuple[str, Given]:
    return "indexed", _entries(row)


def _cases(row: Row) -> tuple[str, Given]:
    return "cases", _entries(row)


def _entries(row: Row) -> Given:
    """What a formula of entries states; sizes that nobody mentions are taken from the formula itself."""
    texts = [row.expect] if isinstance(row.expect, str) else row.expect
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
        raise ValueError(f"found {row.expect!r}, expected a formula; write it as text")
    parted = [cut for text in texts for cut in _cut(text)]
    symbols, relations = stated(row.domain)
    made = [text for text in parted[1:] if "[" in text.partition("=")[0]]
    sizes = [text for text in parted[1:] if text not in made]
    given: Given = {"formula": parted[0], "require": [*relations, *sizes], "define": made}
    named = _names([*relations, *sizes])
    given["symbols"] = {**dict.fromkeys(named, _SIZE), **symbols}
    if row.arrays is not None:
        given["arrays"] = {name: _extents_of(extents) for name, extents in row.arrays.items()}
        given["symbols"] = {**_sizes_in(given["arrays"], given["symbols"]), **given["symbols"]}
    return given


def _extents_of(extents: Any) -> Any:
    return _extents(extents) if isinstance(extents, str) else extents


def _sizes_in(arrays: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    texts = [str(extent) for extents in arrays.values() if isinstance(extents, list) for extent in extents]
    return {name: _SIZE for name in _names(texts) if name not in known}


def _parted(expect: Any) -> tuple[str, list[str]]:
    """The formula without its name, and the definitions behind it: `W_out = n - k + 1, m = n - k`."""
    if isinstance(expect, int | float):
        return str(expect), []
    if not isinstance(expect, str):
        raise ValueError(f"found {expect!r}, expected a formula; write it as text")  # noqa: TRY004 - pydantic's
    formula, *definitions = _cut(expect)
    left = _LEFT.match(formula)
    return formula[left.end() :].strip() if left else formula, definitions


def _cut(text: str) -> list[str]:
    return [part.strip() for part in _DEFINITIONS.split(text) if part.strip()]


def _symbols(row: Row, texts: list[str]) -> tuple[dict[str, Any], list[str]]:
    """The symbols of `texts` with their values, and the relations among them."""
    symbols, relations = stated(row.domain)
    loose = [name for name in _names([*texts, *relations]) if name not in symbols]
    made = [found[1] for text in relations if (found := _MADE_BY.match(text))]
    defaults = usual(loose, " ".join(texts))
    return {**defaults, **{name: _MADE for name in made if name in defaults}, **symbols}, relations


def _names(texts: list[str]) -> list[str]:
    """The names in `texts`, in order.

    Raises:
        ValueError: one of them cannot be read.
    """
    found: dict[str, None] = {}
    for text in texts:
        found |= dict.fromkeys(name.replace(",", "_") for name in Symbols({}).loose(_tree(text)))
    return list(found)


def _tree(text: str) -> Node:
    try:
        return parse(text)
    except Unread as unread:
        raise ValueError(f"found {text!r}, expected a formula or a relation ({unread.reason}); correct it") from None


def _set(row: Row) -> tuple[str, Given]:
    expect = row.expect
    given: Given = {}
    if isinstance(expect, str):
        some = _ANY.match(expect.strip())
        if some:
            given["any"] = _COUNTS.get(some["count"].lower()) or int(some["count"])
            expect = some["rest"]
        inner = re.search(r"\{(.*)\}", expect, re.DOTALL)
        expect = [part.strip() for part in (inner[1] if inner else expect).split(",") if part.strip()]
    given["members"] = expect
    if isinstance(row.domain, list):
        given["others"] = [name for name in row.domain if name not in expect]
    return "members", given


def _growth(row: Row) -> tuple[str, Given]:
    symbols, _ = stated(row.domain)
    rate = _O.fullmatch(str(row.expect).strip())
    named = list(symbols) or _names([rate["inner"]] if rate else [])
    return "growth", {"rate": row.expect, "symbols": named} if named else {"rate": row.expect}


def _choice(row: Row) -> tuple[str, Given]:
    answer = str(row.expect).strip()
    options = _stated_options(row.domain) or _usual_options(answer)
    folded = {key.lower(): key for key in options} | {text.lower(): key for key, text in options.items()}
    return "choice", {"options": options, "answer": folded.get(answer.lower(), answer)}


def _stated_options(domain: Any) -> dict[str, str]:
    if isinstance(domain, dict):
        return {str(key): str(text) for key, text in domain.items()}
    if isinstance(domain, list):
        keyed = [re.fullmatch(r"\(?([A-Za-z0-9])[).:]\s*(.+)", str(one), re.DOTALL) for one in domain]
        if all(keyed):
            return {found[1]: found[2] for found in keyed if found}
        return {str(one): str(one) for one in domain}
    return {}


def _usual_options(answer: str) -> dict[str, str]:
    """The options that an answer gives away: letters, yes and no; else nothing but itself can be told."""
    if re.fullmatch(r"[A-Ha-h]", answer):
        letters = "ABCDEFGH" if answer.isupper() else "abcdefgh"
        return {letter: letter for letter in letters}
    for pair in _OPTIONS:
        if answer.lower() in pair:
            return dict(zip(pair, pair, strict=True))
    return {answer: answer, _NONE_OF_THESE: _NONE_OF_THESE}


def _listed(expect: Any) -> Any:
    """Nested lists, also where they are written as text: `[[1, 2], [3, 4]]`."""
    if not isinstance(expect, str):
        return expect
    try:
        return json.loads(expect)
    except (ValueError, RecursionError):
        raise ValueError(f"found {expect!r}, expected nested lists of numbers; correct it") from None


_MAKERS: dict[str, Callable[[Row], tuple[str, Given]]] = {
    "number": _number,
    "shape": _shape,
    "tensor": _tensor,
    "formula": _formula,
    "indexed": _indexed,
    "cases": _cases,
    "set": _set,
    "growth": _growth,
    "choice": _choice,
}
