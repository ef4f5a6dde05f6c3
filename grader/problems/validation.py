"""Data against a pydantic model; what does not fit becomes one line that points into the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from grader.errors import ProblemError
from grader.problems.source import Source, Step, did_you_mean

M = TypeVar("M", bound=BaseModel)

_SHOWN = 60
_SHOULD = re.compile(r"\w+ should (?:be|have|match) (.*?)(?: after validation.*)?")
_PLAIN_WORDS = (
    (re.compile(r"a valid dictionary.*"), "a mapping"),
    (re.compile(r"a valid string"), "text"),
    (re.compile(r"a valid (?:list|tuple|array)"), "a list"),
    (re.compile(r"a valid integer.*"), "an integer"),
    (re.compile(r"a valid number.*"), "a number"),
    (re.compile(r"a valid boolean.*"), "true or false"),
    (re.compile(r"(greater|less) than"), r"a number \1 than"),
)


def validate(model: type[M], data: Any, source: Source) -> M:
    """`data` as an instance of `model`.

    Raises:
        ProblemError: it does not fit; `source` says where it stands.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        complaints = error.errors(include_url=False)
    raise _complaint(complaints, model, source)


def keys_of(model: type[BaseModel]) -> dict[str, bool]:
    """The keys that `model` takes, and whether each is required."""
    return {field.alias or name: field.is_required() for name, field in model.model_fields.items()}


def keys_in_words(models: Sequence[type[BaseModel]]) -> str:
    """The keys that `models` take, as a message lists them."""
    required = _names(models, required=True)
    optional = [name for name in _names(models, required=False) if name not in required]
    return ", ".join(required) + (f" (and perhaps {', '.join(optional)})" if optional else "")


def _complaint(errors: list[ErrorDetails], model: type[BaseModel], source: Source) -> ProblemError:
    """One line for the first of `errors`; an unknown key goes first, since it explains a missing one."""
    first = next((error for error in errors if error["type"] == "extra_forbidden"), errors[0])
    loc, context = first["loc"], first.get("ctx", {})
    match first["type"]:
        case "extra_forbidden":
            return _unknown_key(loc, _models_at(model, loc[:-1]), source)
        case "missing":
            keys = f"the keys {keys_in_words(_models_at(model, loc[:-1]))}"
            return ProblemError(f"{source.where(*loc[:-1])}: found no {loc[-1]!r}, expected {keys}; add it")
        case "union_tag_not_found":
            missing = f"found no {context['discriminator']}, expected which it is; add it"
            return ProblemError(f"{source.where(*loc)}: {missing}")
        case "union_tag_invalid":
            where = source.where(*loc, context["discriminator"].strip("'"))
            return ProblemError(f"{where}: found {context['tag']!r}, expected one of {context['expected_tags']}")
        case "value_error" | "assertion_error":
            return ProblemError(f"{source.where(*loc)}: {first['msg'].partition(', ')[2]}")
    where = source.where(*loc)
    expectations = [_expected(error["msg"]) for error in errors if source.where(*error["loc"]) == where]
    expected = " or ".join(dict.fromkeys(expectations))
    return ProblemError(f"{where}: found {in_words(first['input'])}, expected {expected}")


def _unknown_key(loc: tuple[Step, ...], models: Sequence[type[BaseModel]], source: Source) -> ProblemError:
    key = str(loc[-1])
    known = [name for required in (True, False) for name in _names(models, required=required)]
    expected = f"one of {', '.join(known)}" if known else "no keys"
    remedy = did_you_mean(key, known, "remove it")
    return ProblemError(f"{source.where(*loc, key=True)}: found the key {key!r}, expected {expected}; {remedy}")


def in_words(value: Any) -> str:
    """A value from a file, short enough for a message."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case dict():
            return "a mapping"
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _expected(message: str) -> str:
    should = _SHOULD.fullmatch(message)
    text = should[1] if should else f"what fits ({message})"
    for pattern, words in _PLAIN_WORDS:
        text = pattern.sub(words, text)
    return text


def _names(models: Sequence[type[BaseModel]], *, required: bool) -> list[str]:
    names = (name for model in models for name, needed in keys_of(model).items() if needed == required)
    return list(dict.fromkeys(names))


def _models_at(model: type[BaseModel], loc: Sequence[Step]) -> list[type[BaseModel]]:
    """The models that may stand at `loc`: several, where a field is a union of them."""
    models = [model]
    for step in loc:
        fields = [m.model_fields[str(step)] for m in models if step in m.model_fields]
        inner = [found for field in fields for found in _models_in(field.annotation)]
        models = inner or [m for m in models if _is_tagged(m, step)] or models
    return models


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _is_tagged(model: type[BaseModel], tag: Step) -> bool:
    """Whether `tag` is how pydantic tells `model` from the other members of its union."""
    return tag == model.__name__ or any(tag in get_args(field.annotation) for field in model.model_fields.values())
