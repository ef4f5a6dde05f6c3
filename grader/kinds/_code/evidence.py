"""A failing attempt as Python that can be pasted: the arguments, the call, what is expected, what came."""

from __future__ import annotations

from grader.kinds._code.attempt import Attempt
from grader.kinds._code.pasted import told
from grader.kinds._code.question import Question
from grader.sandbox import Raised, Stopped


def evidence(question: Question, attempt: Attempt) -> str:
    """The lines of a counterexample."""
    values = attempt.case.values
    forward = question.forward
    lines = [*(forward.signature.lines(values) if forward else []), *question.signature.lines(values)]
    lines = list(dict.fromkeys(lines))
    if forward is not None:
        names = {path[0]: name for name, path in forward.kept.items()}
        names |= dict.fromkeys(forward.result.path[:1], forward.result.name)
        places = ", ".join(names.get(place, "_") for place in range(1 + max(p for p in names if isinstance(p, int))))
        lines.append(f"{places} = {forward.signature.text(values)}")
    lines.append(question.signature.text(values))
    match attempt.outcome:
        case Raised(type=name, message=message):
            return "\n".join([*lines, f"# raised: {name}: {message}".rstrip(" :")])
        case Stopped(reason=reason):
            return "\n".join([*lines, f"# stopped: {reason}"])
    for result in question.results:
        if result.name in attempt.faults:
            lines.append(f"# expected {result.name}: {told(question.expected(result, values))}")
            lines.append(f"# got {result.name}: {told(attempt.got.get(result.name))}")
    return "\n".join(lines)
