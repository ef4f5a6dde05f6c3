r"""Arrays as they are drawn or printed: NumPy's `[[1 2]\n [3 4]]`, MATLAB's `[1 2; 3 4]`, lines of numbers, bars.

What comes out is the same text with commas between the cells and brackets around the rows. Only numbers are taken for
cells: where anything else stands in a row, the text is left as it is.
"""

from __future__ import annotations

import re

from grader.answers.syntax.unread import MAX_LENGTH, Unread

_CELL = r"[-−+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?:/\d+)?"
_GAP = r"[ \t\u00a0]"
_CELLS = re.compile(rf"\s*{_CELL}(?:(?:\s*[,;]\s*|\s+){_CELL})*\s*[;,]?\s*")
_INNERMOST = re.compile(r"\[([^\[\]]*)\]")
_SIDE_BY_SIDE = re.compile(r"[\d.]\s+[.\d]")
"""Two unsigned numbers with nothing but space between: cells, and no sum."""
_ROWS_WITHOUT_COMMA = re.compile(r"\[\s*\[[^\[\]]*\]\s*\[")
_BETWEEN_ROWS = re.compile(r"\](\s*)\[")
_MANNER = re.compile(r",\s*(?:dtype|device|requires_grad|grad_fn|order|copy)\s*=\s*[^,()\[\]]{1,40}(?:\(\))?(?=[,)])")
_RULE = re.compile(rf"{_GAP}*\|?(?:{_GAP}*:?[-─—=]{{2,}}:?{_GAP}*[|+]?)+{_GAP}*")
_PIECES = str.maketrans(dict.fromkeys("⎡⎢⎣⎤⎥⎦⎛⎜⎝⎞⎟⎠│┃┌┐└┘⌈⌉⌊⌋", " "))
_ROW_LABEL = re.compile(r"\s*row\s*(\d{1,2})\s*:\s*", re.IGNORECASE)
_ASSIGNED = re.compile(r"\s*[A-Za-z]\w{0,15}\s*=\s*(?=\S)")
_LONG_LINE = 60
"""Characters of a line from which on NumPy may have broken a single row."""


def redrawn(text: str) -> str:
    """`text` with each drawn array as nested lists.

    Raises:
        Unread: a list is broken over long lines, so that its rows cannot be told.
    """
    if len(text) > MAX_LENGTH:
        raise Unread("too-long", f"{len(text)} characters; at most {MAX_LENGTH} are read")
    if "=" in text and "(" in text:
        text = _MANNER.sub("", text)
    if "[" in text:
        return _bracketed(text) if _is_spaced(text) else text
    if "\n" in text or "\t" in text:
        return _lines(text)
    return text


def _is_spaced(text: str) -> bool:
    """Whether cells or rows are set apart by space alone, or rows by lines."""
    return bool(_SIDE_BY_SIDE.search(text) or _ROWS_WITHOUT_COMMA.search(text) or re.search(r"\]\s*\n\s*\[", text))


def _bracketed(text: str) -> str:
    changed = _INNERMOST.sub(_listed, text)
    depth_before: list[int] = []
    depth = 0
    for char in changed:
        depth_before.append(depth)
        depth += (char == "[") - (char == "]")

    def between(found: re.Match[str]) -> str:
        inside = depth_before[found.start()] > 1
        return "], [" if inside or "\n" in found[1] else found.group()

    return _BETWEEN_ROWS.sub(between, changed)


def _listed(found: re.Match[str]) -> str:
    """The cells of one pair of brackets, rows by lines or semicolons."""
    inner = found[1]
    if not _CELLS.fullmatch(inner):
        return found.group()
    if "," in inner and "\n" not in inner and ";" not in inner:
        return found.group()  # commas and spaces in one row: one of them is a slip
    lines = [line for line in re.split(r"[;\n]", inner) if line.strip()]
    if "\n" in inner and max(map(len, lines)) >= _LONG_LINE:
        raise Unread("broken-row", "a row that may go on in the next line")
    if any(line.rstrip().endswith(",") for line in lines[:-1]):
        return found.group()
    rows = [_row(line) for line in lines]
    return f"[{rows[0]}]" if len(rows) == 1 else "[" + ", ".join(f"[{row}]" for row in rows) + "]"


def _row(line: str) -> str:
    return ", ".join(cell for cell in re.split(r"[\s,]+", line.strip()) if cell)


def _lines(text: str) -> str:
    """Lines of numbers as rows; the text as it is where anything else stands there."""
    drawn = _ASSIGNED.sub("", text.translate(_PIECES), count=1)
    lines = [line for line in drawn.splitlines() if line.strip() and not _RULE.fullmatch(line)]
    labels = [_ROW_LABEL.match(line) for line in lines]
    if all(labels):
        numbers = [int(label[1]) for label in labels if label]
        if numbers in (list(range(len(lines))), list(range(1, len(lines) + 1))):
            lines = [line[label.end() :] for line, label in zip(lines, labels, strict=True) if label]
    bare = [line.replace("|", " ").replace("&", " ").rstrip(" ,;\\") for line in lines]
    if len(bare) < 2 or not all(_CELLS.fullmatch(line) and ";" not in line for line in bare):
        return text
    return "[" + ", ".join(f"[{_row(line)}]" for line in bare) + "]"
