"""Which definition of a program is the one that a part asks for, and whether it can be called as the part says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from grader.kinds import Trial
from grader.kinds._code.slots import Signature
from grader.model import Verdict
from grader.sandbox import Definition, Program, Sort

_NEAR = 0.75
"""How alike two names are for one to be taken for a misspelling of the other: `conv_foward`, not `max_pool_forward`
for `conv_forward`."""


@dataclass(frozen=True)
class Found:
    """The definition to call."""

    name: str
    """With dots, as it is called."""
    definition: Definition
    note: str = ""
    """What a reader should know of how it was found."""


def find(program: Program, signature: Signature, located: str | None) -> Found | Trial:
    """The definition that answers `signature`, or why there is none to ask.

    Args:
        program: the submission's.
        signature: what is asked for.
        located: the name of the definition that stands at the part's place.
    """
    name = signature.name
    head, _, attribute = name.partition(".")
    found = program.definitions.get(name) or program.definitions.get(head)
    note = ""
    if found is None and located is not None and located in program.definitions:
        found = program.definitions[located]
        name, note = f"{located}.{attribute}" if attribute else located, f"it is called {located}, not {head}"
    if found is None:
        return absent(program, head, tuple(_functions(program, signature)))
    if found.sort is Sort.VALUE:
        reason = f"{head} is a value of type {found.type}, expected a function {signature.parameters}"
        return Trial(Verdict.INCORRECT, 0.0, reason, answered=found.name)
    if found.blank:
        return Trial(Verdict.MISSING, 0.0, f"{name} is still the template: it has no body", answered=found.name)
    if found.sort is Sort.FUNCTION and not attribute and not fits(found, signature):
        return _misfit(program, found, signature)
    return Found(name, found, note)


def absent(program: Program, name: str, candidates: tuple[str, ...]) -> Trial:
    """What to say where nothing is called `name`."""
    near = get_close_matches(name, candidates, n=1, cutoff=_NEAR)
    if near:
        where = told(program.definitions[near[0]])
        reason = f"there is no {name}; {near[0]} may be meant ({where}): a person has to say, or it is to be renamed"
        return Trial(Verdict.REVIEW, 0.0, reason, answered=near[0])
    if program.faults:
        first = program.faults[0]
        reason = f"there is no {name}; it may stand in {first.name}, which did not run: {first.message}"
        return Trial(Verdict.REVIEW, 0.0, reason)
    return Trial(Verdict.MISSING, 0.0, f"there is no {name}")


def told(definition: Definition) -> str:
    """A definition and where it stands, as it is shown."""
    line = f", line {definition.line}" if definition.line else ""
    cell = f", cell {definition.cell}{line}" if definition.cell >= 0 else ""
    match definition.sort:
        case Sort.FUNCTION:
            return f"def {definition.name}({', '.join(definition.parameters)}){cell}"
        case Sort.CLASS:
            return f"class {definition.name}{cell}"
        case Sort.VALUE:
            return f"{definition.name}{cell}"


def fits(definition: Definition, signature: Signature) -> bool:
    """Whether the function takes the arguments that it will get."""
    plain = [name for name in definition.parameters if not name.startswith("*")]
    starred = any(name.startswith("*") and not name.startswith("**") for name in definition.parameters)
    named = any(name.startswith("**") for name in definition.parameters)
    given = len(signature.positional)
    too_many = given > len(plain) and not starred
    unknown = [key for key in signature.keywords if key not in plain[given:] and not named]
    return not too_many and not unknown and given + len(signature.keywords) >= definition.required


def _misfit(program: Program, found: Definition, signature: Signature) -> Trial:
    parameters = ", ".join(found.parameters)
    reason = f"{found.name} takes ({parameters}), expected {signature.parameters}"
    others = [name for name in _functions(program, signature) if name != found.name]
    near = get_close_matches(found.name, others, n=1, cutoff=_NEAR)
    if near:
        reason = f"{reason}; {near[0]} would fit ({told(program.definitions[near[0]])}): a person has to say"
        return Trial(Verdict.REVIEW, 0.0, reason, answered=found.name)
    return Trial(Verdict.INCORRECT, 0.0, reason, answered=found.name)


def _functions(program: Program, signature: Signature) -> Iterator[str]:
    """The functions that could be called as the part says."""
    dotted = "." in signature.name
    for name, definition in program.definitions.items():
        if definition.blank:
            continue
        if definition.sort is (Sort.CLASS if dotted else Sort.FUNCTION) and (dotted or fits(definition, signature)):
            yield name
