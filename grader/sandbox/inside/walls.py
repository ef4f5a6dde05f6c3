"""All layers in their order: what the machine offers is found out once, and put up around each child."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

from . import cgroup, landlock, namespaces, privileges, rlimits, seccomp
from .plan import Plan

LINUX = sys.platform == "linux"


@dataclass(slots=True)
class Ground:
    """What this machine offers to every child alike."""

    plan: Plan
    files: landlock.Rules | None = None
    calls: seccomp.Filter | None = None
    own_folder: bool = False
    """Whether a child's folder is a file system of its own."""
    group: Path | None = None
    """The control group that may be divided."""
    refused: dict[str, str] = field(default_factory=dict)
    """What is not to be had, by name, with the reason. A child that gets less than the first one did does not begin."""


def survey(plan: Plan) -> Ground:
    """What this machine offers; own namespaces are taken at once, and that of processes begins with the next fork."""
    ground = Ground(plan)
    if plan.walls == "none":
        return ground
    if not LINUX:
        ground.refused["namespaces"] = "this system has none"
        return ground
    ground.group = cgroup.delegated()
    ground.refused = {f"{name} namespace": why for name, why in namespaces.enter().items()}
    privileges.bound()
    ground.own_folder = "mnt namespace" not in ground.refused
    ground.calls = seccomp.Filter(plan.threads) if seccomp.offered() else None
    ground.files = _rules(plan) if landlock.version() else None
    return ground


def _rules(plan: Plan) -> landlock.Rules:
    rules = landlock.Rules()
    rules.readable(plan.readable)
    rules.listable(plan.listable)
    rules.devices()
    rules.own(plan.children)
    return rules


def put_up(ground: Ground, folder: str, taken: int | None) -> None:
    """Put all layers up around this process, for good; optional ones that the system refuses go into `ground.refused`.

    Args:
        ground: what the machine offers.
        folder: the one folder that can be written.
        taken: bytes of address space that this process has already.

    Raises:
        OSError: a layer that the machine offers could not be put up.
    """
    plan = ground.plan
    if plan.walls == "none":
        return
    if LINUX:
        rlimits.last_to_live()
        _enter_group(ground, folder)
        _own_folder(ground, folder)
    limits = plan.limits
    for name in rlimits.apply(limits["memory"], limits["disk"], limits["total_seconds"], taken, plan.threads):
        ground.refused[f"limit {name}"] = "this system does not set it"
    if LINUX:
        privileges.drop()
    if ground.files:
        _restrict(ground.files, plan, folder)
    if ground.calls:
        ground.calls.apply()


def _enter_group(ground: Ground, folder: str) -> None:
    if ground.group is None:
        return
    limits = ground.plan.limits
    try:
        # What it shares with its siblings is copied as it writes, so it is allowed more than it may add.
        cgroup.enter(ground.group, Path(folder).name, 2 * limits["memory"] + limits["disk"])
    except OSError as fault:
        ground.refused["cgroup"] = str(fault)
        ground.group = None


def _own_folder(ground: Ground, folder: str) -> None:
    if not ground.own_folder:
        return
    try:
        namespaces.own_folder(folder, ground.plan.limits["disk"], ground.plan.limits["files"])
    except OSError as fault:
        ground.refused["own folder"] = str(fault)
        ground.own_folder = False


def _restrict(shared: landlock.Rules, plan: Plan, folder: str) -> None:
    """What may be read, entry by entry, and of the children's folders this one alone."""
    shared.apply()
    own = landlock.Rules()
    own.readable(plan.roots)
    own.devices()
    own.own(folder)
    own.apply()
    own.close()
