"""An assignment out of its file: kinds looked up, ids kept unique, givens validated, tables taken apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from grader import kinds
from grader.kinds import Kind
from grader.problems.expansion import expand
from grader.problems.file import StatedAssignment, StatedConvention, StatedPart, StatedProblem, as_written
from grader.problems.follow import answers_in
from grader.problems.labels import begins, label_of
from grader.problems.models import Assignment, Convention, Part, Problem
from grader.problems.source import Source, did_you_mean
from grader.problems.validation import keys_in_words, keys_of, validate
from grader.yamlfile import YamlFile


def build(file: YamlFile) -> Assignment:
    """The assignment that `file` states.

    Raises:
        ProblemError: it is not right; the message says where and why.
    """
    source = Source(file)
    stated = validate(StatedAssignment, as_written(file), source)
    builder = _Builder(later={part.id for problem in stated.problems for part in problem.parts})
    problems = [builder.problem(problem, source.at("problems", i)) for i, problem in enumerate(stated.problems)]
    return Assignment(stated.id, stated.title, file.path, tuple(problems))


@dataclass
class _Builder:
    """What has been seen of the file so far."""

    later: set[str]
    """Part ids that are still to come."""
    problems: dict[str, Source] = field(default_factory=dict)
    ids: dict[str, Source] = field(default_factory=dict)
    """Where each part, table or cell stands."""
    tables: set[str] = field(default_factory=set)
    kinds: dict[str, Kind[Any]] = field(default_factory=dict)
    table: dict[str, tuple[StatedConvention, Source]] = field(default_factory=dict)
    """The conventions of the problem at hand."""

    def problem(self, stated: StatedProblem, source: Source) -> Problem:
        _once(stated.id, self.problems, source.at("id"))
        self.table = {name: (one, source.at("conventions", name)) for name, one in stated.conventions.items()}
        parts = [
            part for i, one in enumerate(stated.parts) for part in self.parts(one, stated.id, source.at("parts", i))
        ]
        return Problem(stated.id, stated.title, stated.statement, tuple(parts))

    def parts(self, stated: StatedPart, problem: str, source: Source) -> Iterator[Part]:
        """The part that is stated, or those it stands for."""
        if not begins(stated.id, problem):
            expected = f"one that begins with its problem's id {problem!r}"
            raise source.at("id").error(
                f"the part id {stated.id!r}", expected, f"rename it, for instance {problem}.{stated.id}"
            )
        _once(stated.id, self.ids, source.at("id"))
        part = self.part(stated, problem, source)
        own = {name: (one, source.at("conventions", name)) for name, one in stated.conventions.items()}
        if part.spec.expand is None:
            yield self.with_conventions(self.validated(part), own)
        else:
            self.tables.add(part.id)
            for cell in expand(part, lambda name: self.kind(name, source)):
                _once(cell.id, self.ids, cell.source)
                yield self.with_conventions(self.validated(cell), own)
        self.later.discard(stated.id)

    def part(self, stated: StatedPart, problem: str, source: Source) -> Part:
        spec = self.kind(stated.kind, source.at("kind"))
        if "given" not in stated.model_fields_set and any(keys_of(spec.given).values()):
            expected = f"what {stated.kind!r} needs: {keys_in_words([spec.given])}"
            raise source.error(f"no 'given' in {stated.id!r}", expected, "add it")
        return Part(
            id=stated.id,
            problem=problem,
            kind=stated.kind,
            spec=spec,
            given_raw=stated.given,
            statement=stated.statement,
            points=stated.points,
            names=stated.names,
            label=label_of(stated.label or stated.id),
            source=source.at("given"),
            where=source.where(),
        )

    def validated(self, part: Part) -> Part:
        """`part` with the parts it uses, and with its given where it uses none."""
        used = list(answers_in(part.given_raw))
        for other, steps in used:
            self.earlier(other, part, part.source.at(*steps))
        if used:
            return replace(part, uses=tuple(dict.fromkeys(other for other, _ in used)))
        return replace(part, stated=validate(part.spec.given, part.given_raw, part.source))

    def with_conventions(self, part: Part, own: dict[str, tuple[StatedConvention, Source]]) -> Part:
        """`part` with the problem's conventions and its own; one that states what its kind does not have is not its."""
        found: dict[str, Convention] = {}
        for name, (stated, source) in {**self.table, **own}.items():
            if name not in own and not stated.given.keys() <= keys_of(part.spec.given).keys():
                continue
            given = None
            if stated.given:
                if part.uses:
                    raise source.error(
                        "a convention with a given", "none on a part built on another answer", "remove it"
                    )
                given = validate(part.spec.given, {**part.given_raw, **stated.given}, source.at("given"))
            found[name] = Convention(stated.credit, stated.feedback, given)
        return replace(part, conventions=found)

    def earlier(self, other: str, part: Part, source: Source) -> None:
        """Refuse `other` as what `part` is built on, unless it is an earlier part."""
        found, remedy = f"the answer of {other!r}", ""
        if other == part.id:
            found, remedy = f"{found}, this part itself", "name another"
        elif other in self.later:
            found, remedy = f"{found}, which comes later", "move it up"
        elif other in self.tables:
            found, remedy = f"{found}, which stands for many parts", "name one of its cells"
        elif other not in self.ids:
            known = [name for name in self.ids if name not in self.tables and name != part.id]
            found, remedy = f"{found}, which is not there", did_you_mean(other, known, "correct the id")
        if remedy:
            raise source.error(found, "an earlier part's id", remedy)

    def kind(self, name: str, source: Source) -> Kind[Any]:
        if name not in self.kinds:
            try:
                self.kinds[name] = kinds.load(name)
            except KeyError:
                known = kinds.names()
                if name in known:
                    raise  # the kind's own code is broken
                remedy = did_you_mean(name, known, "choose one")
                raise source.error(f"the kind {name!r}", f"one of {', '.join(known)}", remedy) from None
        return self.kinds[name]


def _once(name: str, seen: dict[str, Source], source: Source) -> None:
    if name in seen:
        first = seen[name].file.where(seen[name].loc)
        raise source.error(f"the id {name!r} again", f"it once (it is at {first})", "rename one of them")
    seen[name] = source
