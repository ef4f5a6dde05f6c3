"""Ids and other texts are taken as they stand in the file, whatever YAML would make of them."""

from __future__ import annotations

from pathlib import Path

from grader import yamlfile
from grader.problems.file import StatedAssignment, as_written

TEXT = """\
id: 1e3
title: 2026
problems:
  - id: 1.10
    parts:
      - {id: 1.10, kind: true, label: 4.20, names: [1, w], statement: 7, points: 2.50}
      - {id: 0x1, kind: a, given: {id: 1.10, answer: 2, of: {answer: 4.20}, list: [{answer: 4.20}]}}
"""


def test_texts_are_as_written() -> None:
    """Inside a given only the id of an answer is a text; numbers there stay numbers."""
    path = Path("1e3.yaml")
    path.write_text(TEXT)
    data = as_written(yamlfile.load(path))
    first, second = data["problems"][0]["parts"]
    assert (data["id"], data["title"], data["problems"][0]["id"]) == ("1e3", "2026", "1.10")
    assert first == {
        "id": "1.10",
        "kind": "true",
        "label": "4.20",
        "names": ["1", "w"],
        "statement": "7",
        "points": 2.5,
    }
    assert second["id"] == "0x1"
    assert second["given"] == {"id": 1.1, "answer": 2, "of": {"answer": "4.20"}, "list": [{"answer": "4.20"}]}


def test_the_shape_has_a_schema() -> None:
    """Editors complete and check a file by it."""
    schema = StatedAssignment.model_json_schema()
    assert schema["required"] == ["id", "title", "problems"]
    assert schema["additionalProperties"] is False
