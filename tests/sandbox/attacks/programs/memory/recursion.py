# Recurses without end, with the guard taken off, in Python and in C.
import sys

sys.setrecursionlimit(1 << 30)


class Deep:
    def __repr__(self):
        return repr(self)


def deeper(levels):
    return deeper(levels + 1)


for fall in (lambda: repr(Deep()), lambda: deeper(0)):
    try:
        fall()
    except (RecursionError, MemoryError) as refusal:
        print("held:", type(refusal).__name__)
