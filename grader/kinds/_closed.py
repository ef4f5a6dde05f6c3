"""Field types for numbers that a problem states as digits or as a closed expression: ``"3*3*10*20 + 20"``."""

from __future__ import annotations

from fractions import Fraction
from math import isfinite
from typing import Annotated, Any, TypeAlias

from pydantic import PlainValidator, WithJsonSchema

from grader.answers.formulas.evaluate import exact, real
from grader.answers.syntax.parse import parse
from grader.answers.syntax.unread import Unread
from grader.answers.values import Number


def _number(value: Any) -> Fraction | float:
    match value:
        case Fraction():
            return value
        case bool():
            pass
        case int():
            return Fraction(value)
        case float() if isfinite(value):
            return Fraction(repr(value))
        case str():
            return _worked_out(value)
    raise ValueError(f"found {value!r}, expected a number or an expression such as '3*3*10 + 10'")


def _worked_out(text: str) -> Fraction | float:
    try:
        tree = parse(text)
        try:
            return exact(tree)
        except Unread as unread:
            if unread.code != "irrational":
                raise
            return real(tree)
    except Unread as unread:
        raise ValueError(
            f"found {text!r}, expected an expression without symbols ({unread.reason}); correct it"
        ) from unread


def _extent(value: Any) -> int:
    number = _number(value)
    if not isinstance(number, Fraction) or number.denominator != 1 or number < 1:
        raise ValueError(f"found the extent {value!r}, expected a whole number of 1 or more; correct it")
    return int(number)


_SCHEMA = WithJsonSchema({"type": ["number", "string"]})

ClosedNumber: TypeAlias = Annotated[Fraction | float, PlainValidator(_number), _SCHEMA]
"""Exact where the expression is rational, else a float."""

ClosedExtent: TypeAlias = Annotated[int, PlainValidator(_extent), _SCHEMA]
"""A whole number of 1 or more."""


def exactly(entry: Any) -> Number:
    """An entry of an array as the number of an answer: exact where it is an integer."""
    value = entry.item()
    return Number(Fraction(value) if isinstance(value, int) else value)
