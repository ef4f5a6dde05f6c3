"""The child's loop: requests are read from one pipe and answered into the other, until the trusted side closes it.

    cell    source, name, statements               -> faults, definitions, gone
    call    name, arguments, keywords, keep        -> outcome returned, raised, stopped or lost
    method  receiver, name, arguments, keywords, keep
    value   name, keep

Each request has a number ``n``, which its reply repeats, and ``seconds``, after which it is interrupted. What becomes
of a student's code is a reply; what breaks the loop itself ends the process, which the trusted side sees.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from .alarm import Alarm, Interrupted
from .calls import Calls, LostError
from .cells import Cells
from .faults import told
from .frames import Bounds, Frame, pack, read

_read, _write = os.read, os.write
_REQUESTS = Bounds(header=1 << 30, values=1 << 30, payload=1 << 40)
_MOST_NOTES = 200
_LONGEST_NOTE = 300


class EndOfRequestsError(EOFError):
    """The trusted side closed its pipe."""


def serve(requests: int, replies: int, folder: str, limits: Mapping[str, Any]) -> None:
    """Answer the requests that come through the descriptor `requests`, in the folder that may be written.

    `limits` are the fields of `grader.sandbox.limits.Limits`.
    """
    server = Server(folder, int(limits["answer"]))

    def take(count: int) -> bytearray:
        return _exactly(requests, count)

    while True:
        try:
            request = read(take, _REQUESTS)
        except EndOfRequestsError:
            return
        _send(replies, server.reply(request))


class Server:
    """Cells and calls behind one door, whose every answer is bytes."""

    def __init__(self, folder: str, room: int) -> None:
        self._notes: list[str] = []
        self._noted: set[str] = set()
        self._alarm = Alarm()
        self._cells = Cells(folder, self._alarm, self._note)
        self._calls = Calls(self._cells.namespace, self._cells.names, room)

    def reply(self, request: Frame) -> list[bytes]:
        """The bytes of the reply to `request`."""
        number = request.body["n"]
        try:
            return self._packed(number, self._answer(request))
        except Interrupted:
            self._alarm.off()
            return self._packed(number, Frame({"outcome": "stopped"}))
        except BaseException as error:  # noqa: BLE001  a student's code reaches far, and costs its own answer alone
            self._alarm.off()
            return self._packed(
                number, Frame({"outcome": "raised", "type": type(error).__name__, "message": told(error)})
            )

    def _packed(self, number: int, frame: Frame) -> list[bytes]:
        notes, self._notes = self._notes, []
        return pack(Frame({**frame.body, "n": number, "notes": notes}, frame.arrays))

    def _answer(self, request: Frame) -> Frame:
        if request.body["do"] == "cell":
            return self._cell(request)
        try:
            self._alarm.on(request.body["seconds"])
            return self._outcome(request)
        except Interrupted:
            return Frame({"outcome": "stopped"})
        finally:
            self._alarm.off()

    def _outcome(self, request: Frame) -> Frame:
        try:
            return self._calls.answer(request)
        except Interrupted:
            raise
        except LostError:
            return Frame({"outcome": "lost"})
        except BaseException as error:  # noqa: BLE001  whatever a student's code raises is told
            return self._calls.raised(error)

    def _cell(self, request: Frame) -> Frame:
        body = request.body
        source = request.arrays[0].tobytes().decode("utf-8", "surrogatepass")
        ran = self._cells.run(source, body["name"], statements=body["statements"], seconds=body["seconds"])
        faults = [[line, message] for line, message in ran.faults]
        return Frame({"outcome": "ran", "faults": faults, "definitions": ran.definitions, "gone": ran.gone})

    def _note(self, text: str) -> None:
        """Told once, and not without end."""
        text = text[:_LONGEST_NOTE]
        if text not in self._noted and len(self._noted) < _MOST_NOTES:
            self._noted.add(text)
            self._notes.append(text)


def _exactly(descriptor: int, count: int) -> bytearray:
    data = bytearray()
    while len(data) < count:
        piece = _read(descriptor, min(count - len(data), 1 << 20))
        if not piece:
            raise EndOfRequestsError
        data += piece
    return data


def _send(descriptor: int, pieces: Sequence[bytes]) -> None:
    for piece in pieces:
        rest = memoryview(piece)
        while rest:
            rest = rest[_write(descriptor, rest) :]
