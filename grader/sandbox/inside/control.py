"""Messages between the trusted side and the process that children are forked from: lines of JSON, and descriptors.

One asks, the other answers; nothing of a child ever passes here.
"""

from __future__ import annotations

import json
import socket
from typing import Any

_ROOM = 1 << 16


class Line:
    """One end of the socket."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._read = b""

    def send(self, message: dict[str, Any], descriptors: tuple[int, ...] = ()) -> None:
        """Send `message`, and copies of `descriptors` with it.

        Raises:
            OSError: the other side is gone.
        """
        text = json.dumps(message).encode() + b"\n"
        sent = socket.send_fds(self._end, [text], descriptors) if descriptors else 0
        self._end.sendall(text[sent:])

    def receive(self) -> tuple[dict[str, Any], list[int]] | None:
        """The next message and the descriptors that came with it; None at the end.

        Raises:
            OSError: the socket's time is over, or the connection broke.
        """
        descriptors: list[int] = []
        while b"\n" not in self._read:
            text, came, _, _ = socket.recv_fds(self._end, _ROOM, 4)
            descriptors += came
            if not text:
                return None
            self._read += text
        line, self._read = self._read.split(b"\n", 1)
        return json.loads(line), descriptors

    def fileno(self) -> int:
        """The descriptor of this end."""
        return self._end.fileno()

    def close(self) -> None:
        """Hang up."""
        self._end.close()
