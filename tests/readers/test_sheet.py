"""Answer sheets in YAML and JSON."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import SubmissionError
from grader.model import BlockKind
from grader.readers import sheet
from grader.readers._reading import Reading


def read(source: str) -> Reading:
    """The reading of an indented example."""
    return sheet.blocks(dedent(source), "hw.yaml")


def answers(source: str) -> list[tuple[str | None, str]]:
    """Part and text of each entry."""
    return [(block.part, block.text) for block in read(source).blocks if block.kind is BlockKind.ANSWER]


def complaint(source: str) -> str:
    """What the reader says of a file that it refuses; empty where it reads it."""
    try:
        sheet.blocks(source, "hw.yaml")
    except SubmissionError as error:
        return str(error)
    return ""


def refused(source: str) -> str:
    """The one line with which it is refused."""
    with pytest.raises(SubmissionError) as caught:
        read(source)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    "written", ["1e3", "no", "010", "1:30", "0x10", "1_000", "yes", "1.10", ".5", "3 x 3", "2026-01-01"]
)
def test_scalars_arrive_as_written(written: str) -> None:
    """YAML's types are not the student's."""
    assert answers(f"3b: {written}") == [("3b", written)]
    assert answers(f"3b: '{written}'") == [("3b", written)]


@pytest.mark.parametrize("key", ["2.1", "1.10", "010", "3b", "2e.conv1.params", "1e3", "no"])
def test_part_ids_arrive_as_written(key: str) -> None:
    """A part id is text."""
    assert answers(f"{key}: 5") == [(key, "5")]


def test_nested_parts_are_joined_by_dots() -> None:
    """As part ids are."""
    assert answers("2e:\n  conv1: {params: 100, shape: 28x28x10}\n  fc: 3\n") == [
        ("2e.conv1.params", "100"),
        ("2e.conv1.shape", "28x28x10"),
        ("2e.fc", "3"),
    ]


def test_lists_and_mappings_become_text() -> None:
    """A string that holds a comma of its own is quoted."""
    source = """\
    a: [[1, 2], [3, 4]]
    b:
      - [1e3, no]
      - (1,3)
      - "one, two"
      - {x: 1:30}
    c: []
    d: {}
    """
    assert answers(source) == [
        ("a", "[[1, 2], [3, 4]]"),
        ("b", '[[1e3, no], (1,3), "one, two", {x: 1:30}]'),
        ("c", "[]"),
        ("d", ""),
    ]


def test_entries_without_an_answer_are_empty() -> None:
    """Asked, not answered: a later stage says so."""
    assert answers("a:\nb: ~\nc: null\nd: ''\ne: 'null'\n") == [
        ("a", ""),
        ("b", ""),
        ("c", ""),
        ("d", ""),
        ("e", "null"),
    ]


def test_block_scalars_stand_as_they_are() -> None:
    """Formulas over several lines are written so."""
    assert answers("a: |\n  \\frac{1}{2}\n    + 1\nb: >\n  one\n  two\n") == [
        ("a", "\\frac{1}{2}\n  + 1"),
        ("b", "one two"),
    ]


def test_an_entry_of_several_lines_is_read_line_by_line_as_well() -> None:
    """Its blocks name the same part, so that working and result are told apart as in a document."""
    blocks = read("a: |\n  First the width:\n\n  $$W = 28$$\n").blocks
    assert [(block.kind, block.part, block.where.line) for block in blocks] == [
        (BlockKind.ANSWER, "a", 1),
        (BlockKind.TEXT, "a", 1),
        (BlockKind.MATH, "a", 3),
    ]


def test_entries_are_answer_blocks_with_their_line() -> None:
    """The line is the key's."""
    blocks = read("# mine\nassignment: hw4\n2a:\n  weights: F\n  bias: |\n    G\n").blocks
    assert [(block.kind, block.where.line, block.part) for block in blocks] == [
        (BlockKind.ANSWER, 4, "2a.weights"),
        (BlockKind.ANSWER, 5, "2a.bias"),
    ]


def test_the_sheet_names_its_assignment() -> None:
    """Beside the parts, or beside ``answers``."""
    assert read("assignment: hw4\n3b: 5").assignment == "hw4"
    reading = read("name: Ada\nassignment: 010\nanswers:\n  3b: 5\n")
    assert reading.assignment == "010"
    assert [(block.part, block.text) for block in reading.blocks] == [("3b", "5")]
    assert reading.notes == ("line 1: 'name' stands beside 'answers' and was left out",)


def test_a_part_that_is_answered_twice_is_kept_twice() -> None:
    """Which one counts is not for a reader to say."""
    reading = read("3b: 5\n3b: 6\n")
    assert [(block.text, block.where.line) for block in reading.blocks] == [("5", 1), ("6", 2)]
    assert reading.notes == ("part '3b' is answered 2 times",)


def test_json_with_tabs_escapes_and_equal_keys() -> None:
    """JSON is read by the same rules."""
    source = '{\n\t"assignment": "hw8",\n\t"1a": [1, 2],\n\t"1a": "\\ud83d\\ude00 \\u001b \\/ \\t"\n}'
    reading = sheet.blocks(source, "hw.json")
    assert reading.assignment == "hw8"
    assert [(block.text, block.where.line) for block in reading.blocks] == [("[1, 2]", 3), ("😀  / \t", 4)]
    assert reading.notes == ("line 4: 1 control character was taken out of the text", "part '1a' is answered 2 times")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("just prose", "this is no answer sheet; expected lines of the form 'part id: answer'"),
        ("- 5\n- 6", "this is no answer sheet"),
        ("# nothing", "this is no answer sheet"),
        ("a: 1\n---\nb: 2", "line 3: a second document begins here"),
        ("a: 1\nb: c: d", "line 2: mapping values are not allowed here"),
        ("a: &x 1\nb: *x", "line 1: the anchor or alias 'x', expected the value written out"),
        ("a: 1\nb: *x", "line 2: the anchor or alias 'x'"),
        ("[1, 2]: 3", "line 1: a list or mapping as a key, expected text"),
        ('{"a": 1', "line 1: expected ',' or '}'"),
        ("a: " + "[" * 1_000, "line 1: more than 50 levels of brackets or indentation"),
        ('a: "\\UFFFFFFFF"', "line 1: an escape that is no character"),
        ("a: " + "x" * 500_000, "500003 characters, expected an answer sheet of at most 500000"),
    ],
)
def test_what_is_no_sheet(source: str, found: str) -> None:
    """One line says what was found."""
    assert refused(source).startswith(f"hw.yaml: {found}")


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    """None of it is expanded."""
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(24)
    )
    assert "the anchor or alias 'a'" in refused(bomb)


def test_tags_make_no_objects() -> None:
    """A tag is passed over; what it stands on is text."""
    assert answers("a: !!python/object/apply:os.system ls") == [("a", "ls")]


ODD = st.lists(
    st.sampled_from(
        [
            "a", "b: ", "- ", "\n", "  ", "[", "]", "{", "}", ", ", "'", '"', "|", ">", "&x ", "*x",
            "!!int ", "? ", ": ", "#", "---\n", "\\u", "\\x00", "1", "%", "@", "`", "\t", "<<",
        ]
    ),
    max_size=20,
).map("".join)  # fmt: skip


@given(st.one_of(ODD, st.text()))
@settings(deadline=None, max_examples=300)
def test_nothing_makes_it_fail_but_with_one_line(source: str) -> None:
    """Whatever the text."""
    assert "\n" not in complaint(source)
