"""JUnit XML that any CI system can read."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from grader.model import Report
from grader.reports import render


@pytest.fixture(scope="session")
def suite(report: Report) -> ET.Element:
    """The one test suite of the report of 15 parts."""
    found = ET.fromstring(render("junit", report)).find("testsuite")  # noqa: S314  # our own text
    assert found is not None
    return found


def outcome(suite: ET.Element, part: str) -> ET.Element | None:
    """What stands in the test case of `part`; None for a test that passed."""
    case = suite.find(f"testcase[@name='{part}']")
    assert case is not None
    return next(iter(case), None)


def test_a_test_case_a_part(suite: ET.Element) -> None:
    """Fifteen parts, counted by outcome as the format asks for."""
    assert len(suite.findall("testcase")) == 15
    assert [suite.get(key) for key in ("tests", "failures", "errors", "skipped")] == ["15", "6", "1", "2"]
    assert [len(suite.findall(f"testcase/{tag}")) for tag in ("failure", "error", "skipped")] == [6, 1, 2]


def test_a_correct_part_passes(suite: ET.Element) -> None:
    """No child element means passed, and the place is told where the format has room for it."""
    assert outcome(suite, "2a.weights") is None
    case = suite.find("testcase[@name='2a.weights']")
    assert case is not None
    assert case.attrib == {
        "classname": "hw4.2",
        "name": "2a.weights",
        "file": "ada.md",
        "time": "0",
        "line": "13",
    }


@pytest.mark.parametrize(
    ("part", "tag", "kind"),
    [
        ("2e.conv1.params", "failure", "incorrect"),
        ("3c.output", "failure", "partial"),
        ("2e.fc.params", "failure", "missing"),
        ("4d.ii", "skipped", "review"),
        ("4b", "error", "error"),
    ],
)
def test_a_verdict_has_its_element(suite: ET.Element, part: str, tag: str, kind: str) -> None:
    """What is wrong fails, what a person decides is skipped, the grader's own failure is an error."""
    element = outcome(suite, part)
    assert element is not None
    assert (element.tag, element.get("type")) == (tag, kind)


def test_the_reason_is_the_message(suite: ET.Element) -> None:
    """CI systems show the message in a list and the text when it is opened."""
    element = outcome(suite, "3c.output")
    assert element is not None
    assert element.get("message") == "8 of 9 entries agree; row 2, column 2 is -5"
    assert (element.text or "").splitlines()[0] == "partial, 2.67 of 3 points"
    assert "look at: one product of the overlap was counted twice" in (element.text or "")


def test_hostile_text_stays_text(hostile: Report) -> None:
    """``]]>``, tags, NUL and lone surrogates leave valid XML, in ASCII."""
    text = render("junit", hostile)
    assert text.isascii()
    root = ET.fromstring(text)  # noqa: S314
    assert {element.tag for element in root.iter()} == {
        "testsuites", "testsuite", "properties", "property", "testcase", "failure", "skipped", "error",
    }  # fmt: skip
    assert "<script>alert(1)</script>" in (root.findtext(".//failure") or "")
