"""Where a given names another part's answer, and what stands there afterwards."""

from __future__ import annotations

from grader.problems.follow import answers_in, substitute

GIVEN = {"input": {"answer": "3c"}, "sizes": [1, {"answer": "3d"}], "options": {"answer": "3c", "stride": 1}}


def test_answers_are_found_at_any_depth() -> None:
    """Only a mapping of `answer` alone names a part."""
    assert list(answers_in(GIVEN)) == [("3c", ("input", "answer")), ("3d", ("sizes", 1, "answer"))]


def test_substitution_leaves_the_rest_alone() -> None:
    """The given itself is not changed."""
    assert substitute(GIVEN, {"3c": [[1]], "3d": 2}) == {
        "input": [[1]],
        "sizes": [1, 2],
        "options": {"answer": "3c", "stride": 1},
    }
    assert GIVEN["input"] == {"answer": "3c"}
