"""The job summary: a table that students' text can neither leave nor format."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model import Report
from grader.reports import render

TAGS = {"h2", "p", "strong", "br", "ul", "li", "table", "tr", "th", "td", "code"}


def tags(text: str) -> set[str]:
    """The names of all elements in `text`."""
    found: set[str] = set()
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.add(tag)  # type: ignore[method-assign]  # noqa: ARG005
    parser.feed(text)
    return found


def test_a_row_a_part(report: Report) -> None:
    """Part, verdict, points, what was read, why."""
    assert (
        "<tr><td><code>2e.conv1.params</code></td><td>❌ incorrect</td><td>0 of 1</td>"
        "<td><code>3 \\times 3 \\times 1 \\times 10 = 90</code><br>line 57, row &#x27;Conv3-10&#x27;, column "
        "&#x27;params&#x27;</td>"
        "<td>90 is not the number of parameters<br>Look at: the biases were left out</td></tr>"
    ) in render("summary", report).splitlines()


def test_the_score_stands_above_the_table(report: Report) -> None:
    """With the verdicts counted below it."""
    head = render("summary", report).split("<table>", maxsplit=1)[0]
    assert "<strong>11.17 to 17.17 of 26 points</strong>" in head
    assert "✅ 6 correct, 🟡 2 partial, ❌ 3 incorrect, ⚪ 1 missing, 👀 2 review, ⚠️ 1 error" in head


def test_students_text_forms_no_html_and_no_markdown(saying: Callable[[str], Report]) -> None:
    """All elements are ours; without a blank line all stays one HTML block, where Markdown is off."""

    @settings(max_examples=60, deadline=None)
    @given(st.text(st.sampled_from("<>/&\"'`|*_[]()!#\n\r\t -scriptb@$\\\u2028\x0b"), max_size=60))
    def holds(text: str) -> None:
        rendered = render("summary", saying(text))
        assert tags(rendered) <= TAGS
        assert all(line.strip() for line in rendered.splitlines())

    holds()


def test_it_fits_into_what_github_takes(many: Callable[[int], Report]) -> None:
    """Below 1 MiB for any number of parts, with the rest counted."""
    text = render("summary", many(5000))
    assert len(text.encode()) < 2**20
    rows = text.count("<tr><td><code>")
    assert f"and {5000 - rows} parts more" in text
