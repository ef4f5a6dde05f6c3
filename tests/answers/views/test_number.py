"""Numbers: exact integers, rounded ones, chains of equalities, arithmetic left undone."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers.values import Number
from grader.answers.views.number import NumberView
from grader.model import Verdict

VIEW = NumberView()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("73728", 73728),
        ("73,728", 73728),
        ("73{,}728", 73728),
        (r"73\,728", 73728),
        ("73'728", 73728),
        ("1,048,576", 1048576),
        ("-3", -3),
        ("−3", -3),
        ("$10$", 10),
        (r"\boxed{10}", 10),
        ("k = 10.", 10),
        ("= 10", 10),
        ("3*3*3*10+10", 280),
        ("3·3·3·10 + 10", 280),
        (r"3 \cdot 3 \cdot 3 \cdot 10 + 10", 280),
        ("10(3x3x3 + 1)", 280),
        ("2**10", 1024),
        ("2^{10}", 1024),
        (r"\frac{504}{2}", 252),
        ("⌊7/2⌋ + 1", 4),
        (r"\lfloor 7/2 \rfloor + 1", 4),
        ("floor(7/2) + 1", 4),
        ("7//2 + 1", 4),
        ("5.13 * 10^6", 5130000),
        (r"5.13 \times 10^{6}", 5130000),
        ("5.13·10⁶", 5130000),
        ("5.13e6", 5130000),
        ("3.2M", 3200000),
        ("1.11 billion", 1110000000),
    ],
)
def test_notations_of_a_number(text: str, value: int, say: Any) -> None:
    """LaTeX, Unicode, ASCII, Python, and words for powers of ten."""
    reading = VIEW.read(say(text))
    assert reading.value is not None, reading.reason
    assert reading.value.value == value


def test_a_unit_word_behind_the_number(say: Any) -> None:
    """`1.11 billion multiplications` in a sentence."""
    reading = VIEW.read(say("1.11", after=" billion multiplications."))
    assert reading.value is not None
    assert reading.value.value == 1_110_000_000


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("490*3+3 = 1473", 1473, None),
        ("k = 205 - 65*3 = 10", 10, None),
        ("205 - 65*3 = 10 = k", 10, None),
        ("8 + 3*3 = 16", 16, "17 is not 16"),
        ("3*3 = 9*2 = 18", 18, "9 is not 18"),
        ("3*3*64 = 576 + 1 = 577", 577, "576 is not 577"),
        ("2/3 = 0.67", Fraction("0.67"), None),
        ("7/2 = 3", 3, "3.5 is not 3"),
    ],
)
def test_chains_of_equalities(text: str, value: Any, note: str | None, say: Any) -> None:
    """The last member counts; the first false step is named."""
    reading = VIEW.read(say(text))
    assert reading.value is not None, reading.reason
    assert reading.value.value == value
    assert bool(reading.notes) == bool(note)
    assert note is None or note in reading.notes[0]


@pytest.mark.parametrize(
    "text",
    ["1234567 = 1.23 * 10^6", "5/3 ≈ 1.67", "x = 5/3 ≈ 1.67", "1234567 = 1.2M", "1234567 = 1*10^6", "1234567 ≈ 1.23e6"],
)
def test_a_rounding_at_the_end_of_a_chain(text: str, say: Any) -> None:
    """The exact member before it is the answer."""
    reading = VIEW.read(say(text))
    assert reading.value is not None
    assert reading.value.value in {Fraction(1234567), Fraction(5, 3)}
    assert reading.notes == ()


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("73,728", "73728"),
        ("73728.0", "73728"),
        ("3*3*3*10+10", "280"),
        ("5.13 * 10^6", "5133600"),
        ("5.13e6", "5133600"),
        ("3.2M", "3211264"),
        ("3.2 million", "3211264"),
        ("1.11 billion", "1110000123"),
        ("12.3 million", "12345678"),
        ("0.333", "1/3"),
        ("1/3", "1/3"),
        ("33.3%", "0.333"),
        ("2.83", "sqrt(8)"),
        (r"2\sqrt{2}", "sqrt(8)"),
        ("0.125", "1/8"),
    ],
)
def test_what_is_right(text: str, reference: str, mark: Any) -> None:
    """Exactly, as rounded, or to the digits written."""
    assert mark(VIEW, text, reference).verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("73725", "73728"),
        ("73700", "73728"),
        ("73727.99999", "73728"),
        ("5.1 * 10^6", "5133600"),
        ("5.14 * 10^6", "5133600"),
        ("5130000", "5133600"),
        ("3M", "3211264"),
        ("3.3M", "3211264"),
        ("0.33", "1/3"),
        ("0.334", "1/3"),
        ("12", "10"),
        ("-10", "10"),
        ("1000000001", "1000000000"),
    ],
)
def test_what_is_wrong(text: str, reference: str, mark: Any) -> None:
    """A plain integer is never taken for a rounded one, and two digits are too few."""
    result = mark(VIEW, text, reference)
    assert (result.verdict, result.credit) == (Verdict.INCORRECT, 0.0)
    assert "is not the number asked for" in result.reason


def test_the_reference_is_not_told(mark: Any) -> None:
    """The reason names what was given, not what was asked for."""
    assert "73728" not in mark(VIEW, "73725", "73728").reason


def test_the_exact_count_can_be_asked_for(mark: Any) -> None:
    """Then a rounded number is wrong."""
    assert mark(NumberView(rounded=False), "5.13e6", "5133600").verdict is Verdict.INCORRECT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "k",
        "a x b",
        "3 4",
        "3, 4",
        "3 or 4",
        "10 < k",
        "1/0",
        "NaN",
        "∞",
        "3!",
        "1,2",
        "12,34",
        "3 ± 1",
        "1.2.3",
    ],
)
def test_what_is_no_number(text: str, say: Any) -> None:
    """Nothing, several things, or nothing certain: a code and a reason, no value."""
    reading = VIEW.read(say(text))
    assert reading.value is None
    assert reading.code
    assert reading.reason


def test_a_shape_is_not_apt(say: Any) -> None:
    """`4x4` can be read as 16 and does not look like a number; `4x4 = 16` does."""
    assert not VIEW.read(say("4x4")).apt
    assert VIEW.read(say("4x4 = 16")).apt


@given(value=st.one_of(st.integers(-(10**30), 10**30).map(Fraction), st.fractions(max_denominator=10**6)))
def test_reading_what_was_rendered(value: Fraction, say: Any) -> None:
    """The value, exactly."""
    reading = VIEW.read(say(VIEW.render(Number(value))))
    assert reading.value is not None
    assert reading.value.value == value


@given(value=st.floats(allow_nan=False, allow_infinity=False, min_value=1e-30, max_value=1e30))
def test_reading_a_rendered_float(value: float, say: Any) -> None:
    """To the last digit."""
    reading = VIEW.read(say(VIEW.render(Number(value))))
    assert reading.value is not None
    assert float(reading.value.value) == value


@given(value=st.integers(0, 10**15))
def test_thousands_separators_change_nothing(value: int, say: Any) -> None:
    """A comma between groups of three."""
    reading = VIEW.read(say(f"{value:,}"))
    assert reading.value is not None
    assert reading.value.value == value


@given(value=st.integers(-(10**18), 10**18), slip=st.integers(1, 1000))
def test_no_integer_passes_for_another(value: int, slip: int, mark: Any) -> None:
    """However close."""
    assert mark(VIEW, str(value + slip), str(value)).verdict is Verdict.INCORRECT


@pytest.mark.parametrize(
    "text",
    [
        "12 + 3k",
        "10 = 4 + 2K",
        "(2) 3",
        "3 (3.2)",
        r"3 \quad (3.2)",
        "6/2(1+2)",
        "3:4",
        "> 3",
        r"\boxed{3}\boxed{4}",
        "0x10",
        "log(100)",
        "log 100",
        "3 log(100)",
    ],
)
def test_no_number_is_guessed(text: str, say: Any) -> None:
    """Two readings that would be marked differently go to a person."""
    assert VIEW.read(say(text)).value is None


@pytest.mark.parametrize(
    "text", ["1,234,567 = 1.23 million", "1234567 ≈ 1.2 million", "1.23 million = 1,234,567", "1234567 = 1.23M"]
)
def test_a_unit_word_in_a_chain(text: str, say: Any) -> None:
    """No step of it is false."""
    assert VIEW.read(say(text)).notes == ()


def test_a_rounding_before_the_exact_number(say: Any) -> None:
    """`1.23*10^6 = 1234567` is no false step either."""
    assert VIEW.read(say("1.23*10^6 = 1234567")).notes == ()


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("sqrt(2)*sqrt(2)", "2"),
        ("33.33 percent", "1/3"),
        ("5.12 * 10^6", "5125000"),
        ("10.0e5", "999500"),
        ("2/3 = 0.67", "2/3"),
        ("2/3 = 0.67", "0.67"),
        ("2/3 ≈ 0.7", "2/3"),
        ("33.3%", "1/3"),
        ("5.13 * 10^6", "5125000"),
    ],
)
def test_right_to_the_digits_written(text: str, reference: str, mark: Any) -> None:
    """A careful person accepts each of them."""
    assert mark(VIEW, text, reference).verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    ("text", "reference"),
    [("9.96e5", "995500"), ("1.00e6", "999499"), ("5.12e6", "5125001"), ("sqrt(2)*sqrt(2)", "3"), ("33.4%", "1/3")],
)
def test_wrong_in_the_last_digit_written(text: str, reference: str, mark: Any) -> None:
    """A half goes either way, and nothing else does."""
    expected = Verdict.CORRECT if text == "9.96e5" else Verdict.INCORRECT
    assert mark(VIEW, text, reference).verdict is expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two", 2),
        ("Twenty-five", 25),
        ("one thousand two hundred and eighty", 1280),
        ("two hundred fifty-six parameters", 256),
        ("three million", 3_000_000),
        ("zero", 0),
    ],
)
def test_numbers_in_words(text: str, value: int, say: Any) -> None:
    """As they are spoken."""
    reading = VIEW.read(say(text))
    assert reading.value is not None, reading.reason
    assert reading.value.value == value


@pytest.mark.parametrize(
    "text", ["two three", "twenty twelve", "one or two", "thousand", "ten-one", "hundred two", "and"]
)
def test_words_that_are_no_number(text: str, say: Any) -> None:
    """Two of them, or half of one."""
    assert VIEW.read(say(text)).value is None


@pytest.mark.parametrize(
    "text",
    [
        "28px", "28 px", "28 pixels", r"28 \text{ pixels}", r"28\mbox{ px}^2", r"$28 \textnormal{ parameters}$",
        "28 px²", "28 trainable parameters", "28 weights", "28 FLOPs", "28 MACs", "28 multiplications in total",
        "28 feature maps.", "about 28", "approx. 28", "roughly 28 bytes", "≈ 28", "~28", r"\approx 28",
        "N = 28 filters",
        r"\boxed{28 \mbox{ px}^2}.", r"$\boxed{28\textnormal{ parameters}}$", "28 \u200bpx",
    ],
)  # fmt: skip
def test_words_around_a_number(text: str, say: Any) -> None:
    """What is counted, and "about", change nothing."""
    reading = VIEW.read(say(text))
    assert reading.value is not None, reading.reason
    assert reading.value.value == 28


@pytest.mark.parametrize(
    "text",
    [
        "1,234,567", "1 234 567", "1'234'567", "1\u2009234\u2009567", "1\u00a0234\u00a0567", r"1\,234\,567",
        "1{,}234{,}567", r"1,\!234,\!567", r"1,\! 234,\! 567", "1_234_567", "1.234.567", "1234567", "1234.567e3",
        "1234567.0", "12345.67 * 10^2", r"1.234567 \times 10^{6}", "1.234567·10⁶", "1.234567E+06", "1.234567 x 10^6",
        "1.234567 million", "1.234567M", "1234.567K", "1234.567 thousand",
    ],
)  # fmt: skip
def test_one_count_in_many_notations(text: str, say: Any) -> None:
    """Thousands, powers of ten, units."""
    reading = VIEW.read(say(text))
    assert reading.value is not None, reading.reason
    assert reading.value.value == 1234567


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,5", "1/2"),
        ("0,125", "1/8"),
        ("-0,25", "-1/4"),
        ("1.234,5", "2469/2"),
        ("1,234.5", "2469/2"),
        ("1,234", "1234"),
        ("28%", "7/25"),
        (r"28\%", "7/25"),
        ("28 percent", "7/25"),
        ("2.5 per cent", "1/40"),
        (r"\frac{\pi}{3}", str(3.141592653589793 / 3)),
        ("e^2", "7.38905609893065"),
        (r"\log_2 8", "3"),
        (r"\ln(1)", "0"),
    ],
)
def test_decimals_percentages_constants(text: str, value: str, say: Any) -> None:
    """A decimal comma where a leading zero or a point between thousands shows it."""
    reading = VIEW.read(say(text))
    assert reading.value is not None, reading.reason
    assert float(reading.value.value) == pytest.approx(float(Fraction(value)), rel=1e-14)


@pytest.mark.parametrize("text", ["2,74", "3 1/2", r"3\frac12", "3½", "(0,5)", "e", "1.5 + 2M", "K", "12 + 3 px 4"])
def test_what_could_be_two_things(text: str, say: Any) -> None:
    """A list or a decimal, a sum or a product, a unit or a symbol."""
    assert VIEW.read(say(text)).value is None


@pytest.mark.parametrize(
    ("text", "reference", "verdict"),
    [
        ("73.728", "73728", Verdict.REVIEW),
        ("73.728", "73.728", Verdict.CORRECT),
        ("73.725", "73728", Verdict.INCORRECT),
        ("3*24576 = 73.728", "73728", Verdict.CORRECT),
        ("75%", "75", Verdict.REVIEW),
        ("75%", "3/4", Verdict.CORRECT),
        ("1.8 GFLOPs", "1.8", Verdict.CORRECT),
        ("1.80 GFLOPs", "1800000000", Verdict.CORRECT),
        ("12.5 MB", "12.5", Verdict.CORRECT),
        ("12.5 MB", "12500000", Verdict.CORRECT),
        ("12.5 MB", "13107200", Verdict.REVIEW),
        ("12.5 MB", "13000000", Verdict.INCORRECT),
    ],
)
def test_what_depends_on_the_question(text: str, reference: str, verdict: Verdict, mark: Any) -> None:
    """In the unit or without; and where the text alone does not say which, a person decides."""
    assert mark(VIEW, text, reference).verdict is verdict


@pytest.mark.parametrize(("text", "note"), [("490*3 = 1,500", True), ("490*3 ≈ 1,500", False), ("2/3 = 0.67", False)])
def test_roundings_among_steps(text: str, note: bool, say: Any) -> None:
    """A whole number is a rounded one where a sign says so."""
    assert bool(VIEW.read(say(text)).notes) is note


@given(
    value=st.integers(0, 999_999_999), form=st.sampled_from(["{:,}", "{:_}", "{:d}", "{:e}", "${}$", "= {}", "{} px"])
)
def test_every_notation_gives_the_same_number(value: int, form: str, say: Any) -> None:
    """Whatever stands around it."""
    text = form.format(value) if form != "{:e}" else f"{value:.9e}"
    reading = VIEW.read(say(text))
    assert reading.value is not None, (text, reading.reason)
    assert reading.value.value == value


@pytest.mark.parametrize(
    "text",
    [r"\boxed{15 \text{ px}}", r"3 \cdot 5 = \boxed{15\mbox{ px}^2}.", r"{15\textnormal{ parameters}}"],
)
def test_a_unit_within_the_box(text: str, say: Any) -> None:
    """The box is the number's, and so is the unit."""
    assert VIEW.read(say(text)).value == Number(Fraction(15))


@pytest.mark.parametrize("text", [r"2\boxed{15 \text{ px}}", r"\{0,5\}", "0.1(6)", "0.(3)", r"1 + \begin + 2"])
def test_no_number_is_made_of_pieces(text: str, say: Any) -> None:
    """Two values, a set, repeating decimals, broken LaTeX."""
    assert VIEW.read(say(text)).value is None


@pytest.mark.parametrize(
    ("text", "value"), [(r"x = 1/3 \approx 0.33", Fraction(1, 3)), (r"n = 12345 \approx 12000", Fraction(12345))]
)
def test_about_behind_a_name(text: str, value: Fraction, say: Any) -> None:
    """What stands behind the sign is a rounding; the value stands before it."""
    found = VIEW.read(say(text)).value
    assert found is not None
    assert found.value == value


def test_pct_is_percent(say: Any) -> None:
    """A hundredth, as a word."""
    found = VIEW.read(say("28 pct")).value
    assert found is not None
    assert found.value == Fraction(28, 100)
