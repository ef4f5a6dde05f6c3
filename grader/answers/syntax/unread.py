"""Why a text could not be read: a code for machines, words for people, a position. And the limits on what is tried."""

from __future__ import annotations

MAX_LENGTH = 4_000
"""Characters of one answer."""
MAX_TOKENS = 1_500
MAX_DEPTH = 60
"""Brackets, fractions, roots and exponents within one another."""
MAX_CHAIN = 150
"""Terms and factors in a row, brackets among them counted with what they hold: the depth of the tree."""
MAX_DIGITS = 40
"""Digits of one number as written."""
MAX_BITS = 900
"""Bits of an exact intermediate result: what is larger is no answer to any homework, and no float either."""
MAX_CELLS = 100_000
"""Entries of a tensor as written."""


class Unread(Exception):  # noqa: N818 - a result of reading, raised inside the parser and caught by every view
    """A text that cannot be read for certain; it goes to a person with the reason."""

    def __init__(self, code: str, reason: str, position: int | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason if position is None else f"{reason} (at character {position + 1})"
        self.position = position
