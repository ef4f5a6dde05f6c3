"""The answer sheet: a YAML or JSON mapping from part id to answer, every answer as the student wrote it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from grader.errors import SubmissionError
from grader.model import Block, BlockKind
from grader.readers._characters import clean
from grader.readers._entry import entry
from grader.readers._reading import Place, Reader, Reading
from grader.readers._tree import Mapping, Node, Scalar, TreeError, tree

MAX_CHARACTERS = 500_000
"""Far more than any sheet needs; the YAML parser is slow."""

_Pair = tuple[Scalar, Node]


def blocks(source: str, name: str) -> Reading:
    """Read the sheet `source` of the file called `name`: one ANSWER block an entry, in order.

    Nested mappings join their keys with a dot; lists and what they hold become text: ``[[1, 2], [3, 4]]``.

    Raises:
        SubmissionError: it is no mapping from part to answer, no YAML or JSON, or too large for a sheet.
    """
    root = _root(source, name)
    assignment, answers, notes = _sections(root)
    place = Place(name)
    found = [block for pair in answers for block in _entries(pair, "", place, notes)]
    parts = Counter(block.part for block in found if block.kind is BlockKind.ANSWER)
    notes += [f"part {part!r} is answered {count} times" for part, count in parts.items() if count > 1]
    return Reading(tuple(found), assignment, tuple(notes))


def _root(source: str, name: str) -> Mapping:
    if len(source) > MAX_CHARACTERS:
        raise SubmissionError(
            f"{name}: {len(source)} characters, expected an answer sheet of at most {MAX_CHARACTERS}; "
            "hand in answers only"
        )
    # JSON may be indented by tabs, which YAML forbids; in its strings a tab is an escape, so none is lost.
    text = source.replace("\t", " ") if source.lstrip()[:1] == "{" else source
    try:
        root = tree(text)
    except TreeError as error:
        raise SubmissionError(
            f"{name}: line {error.line + 1}: {error.problem}; expected lines of the form 'part id: answer'"
        ) from None
    if not isinstance(root, Mapping):
        raise SubmissionError(f"{name}: this is no answer sheet; expected lines of the form 'part id: answer'")
    return root


def _sections(root: Mapping) -> tuple[str | None, list[_Pair], list[str]]:
    """The assignment's id, the entries, and notes. Under a key ``answers``, the entries are what it holds."""
    assignment, wrapped = None, False
    answers: list[_Pair] = []
    others: list[_Pair] = []
    for key, value in root.pairs:
        if key.text == "assignment" and isinstance(value, Scalar):
            assignment = value.text or None
        elif key.text == "answers" and isinstance(value, Mapping):
            answers += value.pairs
            wrapped = True
        else:
            others.append((key, value))
    if not wrapped:
        return assignment, others, []
    return (
        assignment,
        answers,
        [f"line {key.line + 1}: {key.text!r} stands beside 'answers' and was left out" for key, _ in others],
    )


def _entries(pair: _Pair, prefix: str, place: Place, notes: list[str]) -> Iterator[Block]:
    key, value = pair
    part = f"{prefix}{key.text}"
    if isinstance(value, Mapping) and value.pairs:
        for inner in value.pairs:
            yield from _entries(inner, f"{part}.", place, notes)
        return
    part, mended_part = clean(part)
    text = value.text if isinstance(value, Scalar) else _rendered(value)
    found, mended = entry(text, place.where(key.line + 1), part)
    notes += [f"line {key.line + 1}: {note}" for note in (*mended, *mended_part)]
    yield from found


def _rendered(node: Node) -> str:
    """A list or mapping as text. A scalar in it is quoted where it would otherwise be taken for several."""
    if isinstance(node, Scalar):
        return node.text if _holds_together(node.text) else _quoted(node.text)
    if isinstance(node, Mapping):
        inner = (f"{_rendered(key)}: {_rendered(value)}" for key, value in node.pairs)
        return "{" + ", ".join(inner) + "}" if node.pairs else ""
    return "[" + ", ".join(_rendered(item) for item in node.items) + "]"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _holds_together(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        if depth < 0 or (depth == 0 and character in ',"\n'):
            return False
    return depth == 0 and bool(text)


READER = Reader((".yaml", ".yml", ".json"), blocks)
