"""Finds kinds, readers and report formats: one file each in their folder, or a stranger's entry point.

A folder is scanned by name and nothing is imported until it is asked for, so a run pays only for what it uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any


def built_in(package: ModuleType) -> dict[str, str]:
    """The public modules of `package`: plugin name (``conv-output``) to module name (``grader.kinds.conv_output``)."""
    return {
        found.name.replace("_", "-"): f"{package.__name__}.{found.name}"
        for found in iter_modules(package.__path__)
        if not found.name.startswith("_")
    }


def strangers(group: str) -> Mapping[str, Any]:
    """Entry points of other distributions in `group`, by name, not yet loaded."""
    from importlib.metadata import entry_points  # 13 ms that only a stranger's plugin costs

    return {point.name: point for point in entry_points(group=group)}


def names(package: ModuleType) -> list[str]:
    """Every plugin there is for `package`, built in or not, sorted."""
    return sorted({*built_in(package), *strangers(package.__name__)})


def load(package: ModuleType, name: str, attribute: str) -> Any:
    """The object called `attribute` of the plugin `name`.

    What is built in wins over a stranger of the same name, so that an installed package cannot take a kind over.

    Raises:
        KeyError: there is no such plugin; `names` lists those there are.
    """
    modules = built_in(package)
    if name in modules:
        return getattr(import_module(modules[name]), attribute)
    return strangers(package.__name__)[name].load()
