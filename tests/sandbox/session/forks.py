"""Forks children that serve without walls: what tests of the session use in the zygote's place. Run as a program.

Its arguments are a descriptor, the folder that holds ``inside``, and where NumPy lies.
"""

from __future__ import annotations

import json
import os
import resource
import socket
import sys
import time
from typing import Any


def main() -> None:
    """Answer questions until there are no more."""
    descriptor, *folders = sys.argv[1:]
    sys.path[:0] = folders
    from inside.serve import serve  # type: ignore[import-not-found]  # it is put there by the argument

    control = socket.socket(fileno=int(descriptor))
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, 1 << 16, 3)
        if not data:
            return
        question = json.loads(data)
        if question["do"] == "spawn":
            answer: dict[str, Any] = {"pid": spawn(control, serve, question, descriptors)}
        else:
            answer = {"cpu": cpu, "end": end}[question["do"]](question["pid"])
        control.sendall(json.dumps(answer).encode())


def spawn(control: socket.socket, serve: Any, question: dict[str, Any], descriptors: list[int]) -> int:
    """A child that serves."""
    pid = os.fork()
    if pid == 0:
        try:
            control.close()
            requests, replies, output = descriptors
            os.dup2(output, 1)
            os.dup2(output, 2)
            space = 4 << 30  # of addresses, most of them the libraries' own
            resource.setrlimit(resource.RLIMIT_AS, (space, space))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            serve(requests, replies, question["folder"], question["limits"])
        finally:
            os._exit(0)
    for descriptor in descriptors:
        os.close(descriptor)
    return pid


def cpu(pid: int) -> dict[str, float]:
    """Processor time of a child."""
    return {"seconds": time.clock_gettime((~pid << 3) | 2)}


def end(pid: int) -> dict[str, Any]:
    """Kill a child that may have ended by itself."""
    time.sleep(0.01)  # one that has closed its pipes is about to end
    done, status = os.waitpid(pid, os.WNOHANG)
    if not done:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
    return {"stopped": not done, "status": status}


main()
