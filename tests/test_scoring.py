"""Points: what is certain, what a review can still give, and that shown points add up."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model import Finding, Report, Submission, Verdict
from grader.scoring import percent, reaches, score

SUBMISSION = Submission("ada.md", "0" * 64, ())

credits_ = st.floats(0, 1)
points_ = st.floats(0, 1000)
rows_ = st.lists(st.tuples(st.sampled_from(Verdict), credits_, points_), max_size=30)
laws = settings(max_examples=100, deadline=None)


def scored(*rows: tuple[Verdict, float, float]) -> Report:
    """The report on parts of these verdicts, credits and points."""
    findings = [
        (Finding(f"1.{number}", verdict, credit, "because"), points, "")
        for number, (verdict, credit, points) in enumerate(rows)
    ]
    return score("hw4", "Homework 4", SUBMISSION, findings)


def cents(points: float) -> int:
    """Whole hundredths; fails where there is more behind them."""
    assert math.isclose(points * 100, round(points * 100), abs_tol=1e-6)
    return round(points * 100)


def test_points_are_credit_times_the_points_of_the_part() -> None:
    """8 of 9 entries right, of 3 points: 2.67, with the credit told to four decimals."""
    report = scored((Verdict.PARTIAL, 8 / 9, 3))
    assert report.parts[0].points == 2.67
    assert report.parts[0].finding.credit == 0.8889
    assert (report.score, report.score_possible, report.max_score) == (2.67, 2.67, 3.0)


def test_half_a_hundredth_is_rounded_up() -> None:
    """0.145 of 3 points is 0.435, which no binary float holds, and yet 0.44 is told."""
    assert scored((Verdict.PARTIAL, 0.145, 3)).score == 0.44


@pytest.mark.parametrize("verdict", [Verdict.REVIEW, Verdict.ERROR])
def test_what_is_not_decided_makes_the_score_a_range(verdict: Verdict) -> None:
    """Neither a review nor the grader's own failure costs a point that can still be had."""
    report = scored((Verdict.CORRECT, 1, 2), (verdict, 0.7, 3))
    assert (report.score, report.score_possible, report.max_score) == (2.0, 5.0, 5.0)
    assert report.parts[1].finding.credit == 0


def test_three_thirds_are_told_as_they_add_up() -> None:
    """Three parts of 0.33 each are 0.99 in all, because that is what a student can add up."""
    assert scored(*[(Verdict.PARTIAL, 1 / 3, 1)] * 3).score == 0.99


def test_title_notes_and_statement_are_passed_on() -> None:
    """The report carries what it was given."""
    finding = Finding("1a", Verdict.CORRECT, 1, "the same")
    report = score("hw4", "Homework 4", SUBMISSION, [(finding, 1, "How many?")], ["a note"])
    assert (report.assignment, report.title, report.notes) == ("hw4", "Homework 4", ("a note",))
    assert report.parts[0].statement == "How many?"
    assert report.submission is SUBMISSION


@pytest.mark.parametrize("credit", [-0.1, 1.1, math.nan])
def test_a_credit_that_is_none_is_refused(credit: float) -> None:
    """A kind's mistake is told with the part's name, not scored."""
    with pytest.raises(ValueError, match=r"part 1\.0: credit"):
        scored((Verdict.PARTIAL, credit, 1))


@pytest.mark.parametrize("points", [-1, math.inf, math.nan])
def test_points_that_are_none_are_refused(points: float) -> None:
    """Nobody can earn less than nothing, or without end."""
    with pytest.raises(ValueError, match=r"part 1\.0: .* points found"):
        scored((Verdict.CORRECT, 1, points))


@laws
@given(rows_)
def test_score_possible_score_and_maximum_are_in_order(rows: list[tuple[Verdict, float, float]]) -> None:
    """0 <= score <= score_possible <= max, for any findings."""
    report = scored(*rows)
    assert 0 <= report.score <= report.score_possible <= report.max_score


@laws
@given(rows_)
def test_shown_points_add_up_to_the_shown_score(rows: list[tuple[Verdict, float, float]]) -> None:
    """Whoever adds the parts by hand gets the total that is printed."""
    report = scored(*rows)
    assert sum(cents(part.points) for part in report.parts) == cents(report.score)
    assert sum(cents(part.max_points) for part in report.parts) == cents(report.max_score)


@laws
@given(rows_, st.data())
def test_a_review_never_lowers_what_is_possible(rows: list[tuple[Verdict, float, float]], data: st.DataObject) -> None:
    """Turning any decided part over to a person leaves at least as much to be had."""
    before = scored(*rows)
    chosen = data.draw(st.sets(st.sampled_from(range(len(rows)))) if rows else st.just(set()))
    after = scored(*((Verdict.REVIEW, 0, row[2]) if number in chosen else row for number, row in enumerate(rows)))
    assert after.score_possible >= before.score_possible
    assert after.score <= before.score


@pytest.mark.parametrize(
    ("points", "most", "shown"),
    [(2, 3, 66.6), (59.99, 60, 99.9), (60, 60, 100.0), (0, 60, 0.0), (0, 0, 100.0)],
)
def test_percent_is_rounded_down(points: float, most: float, shown: float) -> None:
    """59.99 of 60 is not shown as 100 %."""
    assert percent(points, most) == shown


def test_a_threshold_is_compared_before_rounding() -> None:
    """2 of 3 reaches 66.65 %, though it is shown as 66.6; 60 % reaches 60; nothing of nothing is all."""
    assert reaches(2, 3, 66.65)
    assert not reaches(2, 3, 66.67)
    assert reaches(0.6, 1, 60)
    assert reaches(0, 0, 100)
