"""Where a formula or code that opens at some place closes again: linear searches, whatever the text holds."""

from __future__ import annotations

import re

_BLANK_LINE = re.compile(r"\n[ \t]*+(?=\n|\Z)")
_DOLLARS = re.compile(r"\\.|\$\$?", re.DOTALL)
_FENCES = re.compile(r"^[ \t]*+(`{3,}+|~{3,}+)[ \t]*+$", re.MULTILINE)


class Closings:
    """Finds what closes in `source`. What is known to be absent is remembered and never looked for twice.

    Places must be asked for in rising order.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self._paragraph_end = -1
        self._absent: dict[str, int] = {}

    def paragraph_end(self, at: int) -> int:
        """The first blank line at or behind `at`, or the end of the text."""
        if at > self._paragraph_end:
            found = _BLANK_LINE.search(self.source, at)
            self._paragraph_end = found.start() if found else len(self.source)
        return self._paragraph_end

    def literal(self, closer: str, at: int, *, whole: bool = False) -> int:
        """Where `closer` next stands in the paragraph (in the `whole` text), or -1."""
        limit = len(self.source) if whole else self.paragraph_end(at)
        if self._absent.get(closer, -1) >= limit:
            return -1
        found = self.source.find(closer, at, limit)
        if found < 0:
            self._absent[closer] = limit
        return found

    def fence(self, opener: str, at: int) -> tuple[int, int] | None:
        """Start and end of the line that closes the code fence `opener`, or None."""
        if self._absent.get(opener, -1) >= 0:
            return None
        for found in _FENCES.finditer(self.source, at):
            if found[1].startswith(opener):
                return found.span()
        self._absent[opener] = len(self.source)
        return None

    def double_dollar(self, at: int) -> int:
        """Where the next ``$$`` of the paragraph stands, or -1."""
        start, end = self._dollars(at)
        while 0 <= start == end - 1:
            start, end = self._dollars(end)
        return start

    def inline(self, at: int) -> int:
        """Where the formula that the ``$`` at `at` opens has ended, or -1 where it opens none.

        ``$a$$b$`` are two formulas, but in ``5 $ and $$x$$`` the first dollar is a coin: what counts is
        whether a single dollar follows the double one.
        """
        start, end = self._dollars(at + 1)
        if start < 0 or end - start == 1:
            return end
        after, after_end = self._dollars(end)
        return start + 1 if after < 0 or after_end - after == 1 else -1

    def _dollars(self, at: int) -> tuple[int, int]:
        """Start and end of the next ``$`` or ``$$`` of the paragraph that no backslash escapes, or (-1, -1)."""
        limit = self.paragraph_end(at)
        if self._absent.get("$", -1) >= limit:
            return -1, -1
        for found in _DOLLARS.finditer(self.source, at, limit):
            if found[0][0] == "$":
                return found.span()
        self._absent["$"] = limit
        return -1, -1
