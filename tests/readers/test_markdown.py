"""Markdown and plain text to blocks, as students really write it."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model import Block, BlockKind
from grader.readers import markdown, text

HEADING, TEXT, MATH, TABLE, CODE, IMAGE = (
    BlockKind.HEADING,
    BlockKind.TEXT,
    BlockKind.MATH,
    BlockKind.TABLE,
    BlockKind.CODE,
    BlockKind.IMAGE,
)


def read(source: str) -> tuple[Block, ...]:
    """The blocks of an indented example."""
    return markdown.blocks(dedent(source), "hw.md").blocks


def outline(source: str) -> list[tuple[int, BlockKind, str]]:
    """Line, kind and text of each block."""
    return [(block.where.line, block.kind, block.text) for block in read(source)]


def test_plain_text_is_read_as_markdown() -> None:
    """Students write the same in both."""
    source = "# A\n\n(a) $x$\n"
    assert text.READER.blocks(source, "x") == markdown.READER.blocks(source, "x")


def test_headings_of_both_styles() -> None:
    """A rule under an answer is no underline."""
    source = """\
    # Homework
    ### 2. Pooling ###
    ##Problem 3
    Results
    =======
    Theory
    ---
    Answer: 5
    ---
    #5 is no heading
    """
    assert [(block.kind, block.level, block.text) for block in read(source)] == [
        (HEADING, 1, "Homework"),
        (HEADING, 3, "2. Pooling"),
        (HEADING, 2, "Problem 3"),
        (HEADING, 1, "Results"),
        (HEADING, 2, "Theory"),
        (TEXT, 0, "Answer: 5"),
        (TEXT, 0, "#5 is no heading"),
    ]


def test_wrapped_lines_are_one_paragraph() -> None:
    """The line ends stay, so that the line of every word can be counted."""
    assert outline("The receptive field\ngrows by two\n\nin each layer.") == [
        (1, TEXT, "The receptive field\ngrows by two"),
        (4, TEXT, "in each layer."),
    ]


@pytest.mark.parametrize(
    "start",
    [
        "(a) one", "a) one", "ca). one", "(ii) one", "ii. one", "ii: one", "Qii) one", "1. one", "2b) one",
        "(2.1) one",
        "5.one", "1.2: one", "Answer: one", "Ans: one", "Sol: one", "**Solution:** one", "**(b)** one", "① one",
        "Question 2 one", "Problem 1.1: one", "3.2",
    ],
)  # fmt: skip
def test_a_label_begins_a_block_of_its_own(start: str) -> None:
    """Labels stay in the text: the locate stage reads them."""
    assert outline(f"some prose\n{start}") == [(1, TEXT, "some prose"), (2, TEXT, start)]


@pytest.mark.parametrize(
    "line", ["3.5 million of them", "(5,4) is the size", "in the end", "-5 is its value", "2019. It"]
)
def test_wrapped_prose_is_not_taken_for_a_label(line: str) -> None:
    """Numbers and brackets begin lines, too."""
    assert outline(f"some prose\n{line}") == [(1, TEXT, f"some prose\n{line}")]


def test_what_follows_a_bare_label_stands_on_its_own_line() -> None:
    """So that an answer below its label has its own place."""
    assert outline(" - (b)\n The size is (5,4)") == [(1, TEXT, "(b)"), (2, TEXT, "The size is (5,4)")]


def test_bullets_and_their_levels() -> None:
    """The marker is kept apart from the text, the indentation in columns."""
    source = "- one\n  * two\n\t+ three\n• four\n1. five\n"
    assert [(block.bullet, block.level, block.text) for block in read(source)] == [
        ("-", 0, "one"),
        ("*", 2, "two"),
        ("+", 4, "three"),
        ("•", 0, "four"),
        ("", 0, "1. five"),
    ]


def test_a_bullet_before_a_formula_goes_with_it() -> None:
    """Else the formula would seem to belong to the item above."""
    (block,) = read("- $$x = 1$$")
    assert (block.kind, block.bullet, block.text) == (MATH, "-", "x = 1")


def test_display_formulas_in_every_dress() -> None:
    """Each is one block without its delimiters, on the line where it begins."""
    source = r"""
    $$a = 1$$
    $$b = 2$$ and $$c = 3$$
    (1) $$
    d = 4
    $$ done
    \[ e = 5 \]
    \begin{equation}
      f = 6
    \end{equation}
    \begin{align*} g &= 7 \\ h &= 8 \end{align*}
    $$\begin{align} i &= 9 \end{align}$$
    \begin{bmatrix} 1 & 2 \end{bmatrix}
    """
    assert outline(source) == [
        (2, MATH, "a = 1"),
        (3, MATH, "b = 2"),
        (3, TEXT, "and"),
        (3, MATH, "c = 3"),
        (4, TEXT, "(1)"),
        (5, MATH, "d = 4"),
        (6, TEXT, "done"),
        (7, MATH, "e = 5"),
        (9, MATH, "f = 6"),
        (11, MATH, r"g &= 7 \\ h &= 8"),
        (12, MATH, "i &= 9"),
        (13, MATH, r"\begin{bmatrix} 1 & 2 \end{bmatrix}"),
    ]


def test_inline_formulas_stay_in_their_paragraph() -> None:
    """Whole, also over line ends, and next to each other."""
    assert outline("so $a\n(b) = c$ it is") == [(1, TEXT, "so $a"), (2, TEXT, "(b) = c$ it is")]
    assert outline("so $a\n- b$ it is") == [(1, TEXT, "so $a\n- b$ it is")]
    assert outline("both $a$$b$ are") == [(1, TEXT, "both $a$$b$ are")]
    assert outline("for 5 $ and $$x$$") == [(1, TEXT, "for 5 $ and"), (1, MATH, "x")]
    assert outline(r"the size \( 3 \times 3 \) is") == [(1, TEXT, r"the size $3 \times 3$ is")]


def test_a_formula_that_never_closes_ends_at_the_blank_line() -> None:
    """It swallows nothing, and the student is told."""
    reading = markdown.blocks("(a) $$x = 1\n\n(b) 5\n\n(c) $$y = 2$", "hw.md")
    assert [block.text for block in reading.blocks] == ["(a)", "x = 1", "(b) 5", "(c)", "y = 2"]
    assert reading.notes == (
        "line 1: the formula that $$ opens never closes; read up to the next blank line",
        "line 5: the formula that $$ opens never closes; read up to the next blank line",
    )


def test_an_escaped_bracket_is_no_formula() -> None:
    """Markdown writers escape brackets."""
    assert outline(r"\[name removed") == [(1, TEXT, r"\[name removed")]


def test_pipe_tables() -> None:
    """With a rule under the header or with outer pipes; pipes in formulas part no cells."""
    source = r"""
    Layer | Shape
    ------|:-----:
    Conv  | $|x|$ \| y
    FC    |

    | 1 | 2 |
    | 3 | $$4$$ |
    text | with a pipe
    """
    first, second, third = read(source)
    assert (first.kind, first.where.line) == (TABLE, 2)
    assert first.rows == (("Layer", "Shape"), ("Conv", r"$|x|$ \| y"), ("FC",))
    assert (second.where.line, second.rows) == (7, (("1", "2"), ("3", "$4$")))
    assert (third.kind, third.text) == (TEXT, "text | with a pipe")


def test_tab_tables() -> None:
    """Two lines or more; a label, a tab and its answer are no row."""
    table, one, two = read("109\t92\t72\n108\t85\t74\n\n(a)\tone\n(b)\ttwo\n")
    assert (table.kind, table.where.line, table.rows) == (TABLE, 1, (("109", "92", "72"), ("108", "85", "74")))
    assert table.text == "109\t92\t72\n108\t85\t74"
    assert [one.text, two.text] == ["(a)\tone", "(b)\ttwo"]


def test_a_break_in_a_cell_stays_in_the_cell() -> None:
    """Elsewhere it ends the block."""
    table, one, two = read("| a<br>b | c |\n|---|---|\n\none<br/>two")
    assert table.rows == (("a\nb", "c"),)
    assert (one.text, two.text, two.where.line) == ("one", "two", 4)


def test_code_is_kept_as_it_stands() -> None:
    """Nothing in a fence is prose."""
    source = "```python\n\n    # no heading\n    $$x\n```\n~~~\ny\n~~~\n"
    assert outline(source) == [(3, CODE, "    # no heading\n    $$x"), (7, CODE, "y")]
    assert outline("```x = 1\ny = 2\n```") == [(1, CODE, "x = 1\ny = 2")]


def test_a_fence_that_never_ends_hides_nothing() -> None:
    """What follows is read as prose."""
    reading = markdown.blocks("```\n(a) 5", "hw.md")
    assert [block.text for block in reading.blocks] == ["(a) 5"]
    assert reading.notes == ("line 1: the code that ``` opens never ends; read as prose",)


def test_dollars_in_code_open_nothing() -> None:
    """Nor do escaped ones."""
    assert outline("use `$$` for \\$5") == [(1, TEXT, "use `$$` for \\$5")]


def test_pictures() -> None:
    """An answer that is only a picture is known as one; the picture itself is not kept."""
    source = '(a) ![result](data:image/png;base64,AAAA)\n<img src="x (1).png">\n![b](x (1).png)'
    assert outline(source) == [
        (1, TEXT, "(a)"),
        (1, IMAGE, "![result](data:image/png)"),
        (2, IMAGE, '<img src="x (1).png">'),
        (3, IMAGE, "![b](x (1).png)"),
    ]


def test_comments_and_formatting_tags_fall_away() -> None:
    """Lines keep their numbers; what only looks like a tag stays."""
    source = "<!-- your\n\nanswer -->\n<font color='red'>**Answer:**</font> 3 &times; 3, if a <b and c> d"
    assert outline(source) == [(4, TEXT, "**Answer:** 3 × 3, if a <b and c> d")]


def test_quotations_lose_their_mark_and_inequalities_keep_it() -> None:
    """A line that goes on with ``>`` is an inequality."""
    assert outline("> quoted\n> $$x\n> y$$\n\nso that k\n> 5") == [
        (1, TEXT, "quoted"),
        (2, MATH, "x\ny"),
        (5, TEXT, "so that k\n> 5"),
    ]


@pytest.mark.parametrize(
    "front",
    ["---\nassignment: hw4\n---", "---\ntitle: x\ngrader: {assignment: hw4}\n...", '---\nassignment: "hw4"\n---'],
)
def test_front_matter_names_the_assignment(front: str) -> None:
    """And is no part of the text."""
    reading = markdown.blocks(f"{front}\n\n(a) 5", "hw.md")
    assert reading.assignment == "hw4"
    assert [(block.text, block.where.line) for block in reading.blocks] == [("(a) 5", front.count("\n") + 3)]


def test_what_only_looks_like_front_matter_is_text() -> None:
    """A rule at the top of a page begins no YAML."""
    assert [block.text for block in read("---\nsome prose\n---\n(a) 5")] == ["some prose", "(a) 5"]
    reading = markdown.blocks("---\nassignment: [hw4\n---\n(a) 5", "hw.md")
    assert (reading.assignment, [block.text for block in reading.blocks]) == (None, ["assignment: [hw4", "(a) 5"])
    assert reading.notes[0].startswith("line 3: the front matter is no YAML")


ODD = st.lists(
    st.sampled_from(
        ["$", "$$", "\\[", "\\]", "\\(", "\\begin{align}", "\\end{align}", "```", "~~~", "|", "\t", "- ", "# ",
        "---", "===",
         "\n", "\n\n", "(a)", "1.", "x", "y1", "<!--", "-->", "<br>", "![", "](", ")", "`", "\\", "> ", "&lt;", " "]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(st.one_of(ODD, st.text()))
@settings(deadline=None, max_examples=300)
def test_no_text_makes_it_fail(source: str) -> None:
    """There is no wrong Markdown."""
    for block in markdown.blocks(source, "hw.md").blocks:
        assert block.where.line >= 1


@given(ODD.filter(lambda source: not any(taken in source for taken in ("<", "&", "---\n"))))
@settings(deadline=None, max_examples=300)
def test_every_block_stands_where_it_says(source: str) -> None:
    """The line that a block names holds its first word."""
    lines = source.split("\n")
    for block in markdown.blocks(source, "hw.md").blocks:
        words = re.findall(r"[a-z0-9]+", block.text)
        first = block.text.split("\n")[0]
        if words and words[0] in first:
            assert words[0] in lines[block.where.line - 1]


@given(ODD.filter(lambda source: not any(taken in source for taken in ("<", "&", "```", "~~~"))))
@settings(deadline=None, max_examples=300)
def test_no_letter_and_no_digit_is_lost(source: str) -> None:
    """Delimiters and marks go, words stay, in their order."""
    found = "".join(block.text for block in markdown.blocks(source, "hw.md").blocks)
    for mark in (r"\begin{align}", r"\end{align}"):
        source, found = source.replace(mark, ""), found.replace(mark, "")
    assert re.findall(r"[a-z0-9]", found) == re.findall(r"[a-z0-9]", source)


@pytest.mark.parametrize(
    "unit",
    ["$", "$x", "$$x", "\\[", "\\(", "\\begin{align}", "[", "![", "![](", "`", "```x\n", "- a\n", "<!--", "<img ", "|",
     "| a |\n", "a\t", "#", "> ", "$a\n", "\n ", "*", "1.1.", "---\na: b\n"],
)  # fmt: skip
def test_hostile_repetition_costs_next_to_nothing(unit: str, within: Any) -> None:
    """Thirty thousand of them; in quadratic time they would take minutes."""
    within(300, lambda: markdown.blocks(unit * 30_000, "hw.md"))
