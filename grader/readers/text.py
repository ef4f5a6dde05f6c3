"""Plain text, and text whose format nobody knows: what students write is near Markdown, and so it is read."""

from __future__ import annotations

from grader.readers._reading import Reader
from grader.readers.markdown import blocks

READER = Reader((".txt", ".text"), blocks)
