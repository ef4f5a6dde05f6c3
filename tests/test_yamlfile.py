"""YAML files: what scalars mean, where everything stands, and one clear line for each thing that is wrong."""

from __future__ import annotations

from math import inf, isnan
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from grader import yamlfile
from grader.errors import ProblemError


@pytest.fixture(autouse=True)
def _in_tmp_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Messages name the file as it was named, without the folder."""
    monkeypatch.chdir(tmp_path)


def read(text: str | bytes) -> yamlfile.YamlFile:
    """What stands in a file with `text`."""
    path = Path("a.yaml")
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return yamlfile.load(path)


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("0x1F", 31),
        ("0o17", 15),
        ("010", 10),
        ("1.5", 1.5),
        ("1e-3", 0.001),
        (".5", 0.5),
        ("3.", 3.0),
        ("-.inf", -inf),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("no", "no"),
        ("yes", "yes"),
        ("1:30", "1:30"),
        ("1_000", "1_000"),
        ("2026-01-31", "2026-01-31"),
        ("3b.filter", "3b.filter"),
        ("+", "+"),
        ("'12'", "12"),
        ('"1e-3"', "1e-3"),
        ("|\n  12", "12"),
    ],
)
def test_scalars_follow_the_core_schema(scalar: str, value: Any) -> None:
    """What looks like a number is one, and only that; quotes make text."""
    found = read(f"v: {scalar}").data["v"]
    assert found == value
    assert type(found) is type(value)


def test_nan_is_read() -> None:
    """A reference may be no number."""
    assert isnan(read("v: .nan").data["v"])


@settings(deadline=None, max_examples=60)
@given(
    st.recursive(
        st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.none(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
        max_leaves=8,
    )
)
def test_data_is_what_ruamel_reads(tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
    """The lean reading agrees with ruamel's own loader on what ruamel writes."""
    path = tmp_path_factory.mktemp("yaml") / "a.yaml"
    with path.open("w") as file:
        YAML(typ="safe", pure=True).dump({"v": data}, file)
    assert yamlfile.load(path).data == YAML(typ="safe", pure=True).load(path) == {"v": data}


NESTED = """\
id: 1.10
parts:
  - given: {input: [1, two], x: 1}
    "label": '3b'
"""


@pytest.mark.parametrize(
    ("loc", "where"),
    [
        ((), "a.yaml:1:1"),
        (("id",), "a.yaml:1:5"),
        (("parts",), "a.yaml:3:3"),
        (("parts", 0), "a.yaml:3:5"),
        (("parts", 0, "given", "input", 1), "a.yaml:3:24"),
        (("parts", 0, "label"), "a.yaml:4:14"),
        (("parts", 0, "missing"), "a.yaml:3:5"),
        (("parts", 0, "given", "list[int]", "input", 0), "a.yaml:3:21"),
    ],
)
def test_where_points_at_the_value(loc: tuple[str | int, ...], where: str) -> None:
    """A step that is not in the file, such as the name of a union's member, is passed over."""
    assert read(NESTED).where(loc) == where


def test_where_points_at_a_key() -> None:
    """An unknown key is shown itself, not its value."""
    assert read(NESTED).where(("parts", 0, "given", "x"), key=True) == "a.yaml:3:30"


def test_text_is_what_the_file_has() -> None:
    """`1.10` is the number 1.1, and still `1.10` as an id."""
    file = read(NESTED)
    assert file.data["id"] == 1.1
    assert file.text(("id",)) == "1.10"
    assert file.text(("parts", 0, "label")) == "3b"
    assert file.text(("parts",)) is None
    assert file.text(("nowhere",)) is None


def test_keys_are_text() -> None:
    """Ids as keys stay as they are written."""
    assert read("{1.10: a, true: b, no: c}").data == {"1.10": "a", "true": "b", "no": "c"}


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    """Editors on Windows write both."""
    file = read(b"\xef\xbb\xbfa: 1\r\nb: x\r\n")
    assert file.data == {"a": 1, "b": "x"}
    assert file.where(("b",)) == "a.yaml:2:4"


BAD: list[tuple[str | bytes, str, str, str]] = [
    ("", "1:1", "an empty file", "a mapping; write one"),
    ("# a note\n", "1:1", "an empty file", "a mapping; write one"),
    ("a: 1\nb: 2\na: 3\n", "3:1", "the key 'a' twice (first on line 1)", "it once; remove one"),
    ("{1: a, '1': b}", "1:8", "the key '1' twice (first on line 1)", "it once; remove one"),
    ("a: &x 1\n", "1:4", "the anchor or alias 'x'", "the value itself; write it out"),
    ("a: *x\n", "1:4", "the anchor or alias 'x'", "the value itself; write it out"),
    ("&k a: 1\n", "1:1", "the anchor or alias 'k'", "the value itself; write it out"),
    ("a: !thing 1\n", "1:4", "the tag !thing", "plain data; take the tag out"),
    (
        "a: !!python/object {}\n",
        "1:4",
        "the tag tag:yaml.org,2002:python/object",
        "plain data; take the tag out",
    ),
    ("? [1]\n: 2\n", "1:3", "a list or mapping as a key", "text; give the value a name"),
    ("a: 1\n---\nb: 2\n", "2:1", "a second document", "one document a file; put it into a file of its own"),
    ("%YAML 1.1\n---\na: 1\n", "2:1", "a % directive", "plain YAML; take it out"),
    ("a:\n\t- 1\n", "2:1", "a tab", "spaces; indent with spaces"),
    ("a: b: c\n", "1:5", "': ' where no key can stand", "it in quotes or on a line of its own; add either"),
    (
        "a:\n  - 1\n b: 2\n",
        "3:2",
        "a line that does not fit in",
        "the indentation of its neighbours; align it",
    ),
    ("a: 'x\n", "2:1", "the end of the file inside quotes", "the closing quote; add it"),
    (
        "a: [1, 2\nb: 3\n",
        "2:2",
        "what is no YAML (expected ',' or ']', but got ':' while parsing a flow sequence, begun on line 1)",
        "YAML; check brackets, quotes and indentation",
    ),
    (
        "a: @x\n",
        "1:4",
        "what is no YAML (found character '@' that cannot start any token)",
        "YAML; check brackets, quotes and indentation",
    ),
    ("a: 1e999\n", "1:4", "a number of 5 characters", "one that fits a float; write a smaller one"),
    (
        f"a: {'9' * 5000}\n",
        "1:4",
        "a number of 5000 characters",
        "one that fits a float; write a smaller one",
    ),
    ("[" * 60, "1:51", "more than 50 levels", "a flatter file; nest less"),
    ("a: x\x01\n", "1:5", "the control character U+0001", "text; remove it"),
    (b"a: 1\nb: \xff\n", "2:4", "the byte 0xff", "UTF-8; save the file as UTF-8"),
    (b"x" * (2**20 + 1), "1:1", "more than 1 MiB", "a smaller file; split it"),
]


@pytest.mark.parametrize(("text", "where", "found", "expected"), BAD)
def test_what_is_wrong_is_said_in_one_line(text: str | bytes, where: str, found: str, expected: str) -> None:
    """Where, what was found, what was expected, what to do."""
    with pytest.raises(ProblemError) as error:
        read(text)
    assert str(error.value) == f"a.yaml:{where}: found {found}, expected {expected}"


def test_a_file_that_is_not_there() -> None:
    """No traceback for a wrong path."""
    with pytest.raises(ProblemError, match=r"^gone\.yaml: cannot be read \(No such file or directory\)"):
        yamlfile.load(Path("gone.yaml"))


@settings(deadline=None, max_examples=150)
@given(text=st.text(st.sampled_from(list("ab1-: \n[]{},'\"#&*!|>?%@\t\\.")), max_size=40))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever stands in a file, it is data or one line."""
    path = tmp_path_factory.mktemp("yaml") / "a.yaml"
    path.write_text(text)
    try:
        yamlfile.load(path)
    except ProblemError as error:
        message = str(error)
    else:
        message = f"{path}:"
    assert message.startswith(f"{path}:")
    assert "\n" not in message
