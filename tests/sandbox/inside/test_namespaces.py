"""Own views, on systems that grant some of them."""

from __future__ import annotations

import errno
from typing import Any

import pytest

from grader.sandbox.inside import namespaces


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`system(*refused)` grants everything but the calls and namespaces of these names."""

    def build(*refused: str) -> list[tuple[Any, ...]]:
        made: list[tuple[Any, ...]] = []
        flags = {flag: name for name, flag in namespaces._FLAGS.items()}

        def call(name: str, *arguments: Any) -> int:
            if name in refused or flags.get(arguments[0]) in refused:
                raise PermissionError(errno.EPERM, "Operation not permitted")
            made.append((name, flags.get(arguments[0])))
            return 0

        monkeypatch.setattr(namespaces, "call", call)
        monkeypatch.setattr(namespaces, "_in_a_trial", lambda _what: "user" not in refused)
        monkeypatch.setattr(namespaces, "_own_user", lambda: made.append(("unshare", "user")))
        return made

    return build


def test_all_are_taken(system: Any) -> None:
    """The user's comes first: it grants the rest."""
    made = system()
    assert namespaces.enter() == {}
    assert [name for call, name in made if call == "unshare"] == ["user", "net", "ipc", "uts", "mnt", "pid"]


def test_a_user_namespace_without_rights(system: Any) -> None:
    """Where a trial shows that it gives no rights it is not taken; the others are asked for all the same."""
    made = system("user", "net", "ipc", "uts", "mnt", "pid")
    refused = namespaces.enter()
    assert made == []
    assert refused["user"] == "the system grants no user namespace"
    assert refused["pid"] == "Operation not permitted"


def test_mounts_that_cannot_be_changed(system: Any) -> None:
    """Some containers grant a view of mounts that is then of no use."""
    system("mount")
    assert namespaces.enter() == {"mnt": "Operation not permitted"}
