# Maps memory without Python's knowledge, shared and private.
import mmap

kept = []
try:
    while True:
        kept.append(mmap.mmap(-1, 1 << 20, flags=mmap.MAP_SHARED if len(kept) % 2 else mmap.MAP_PRIVATE))
        kept[-1][:] = b"x" * (1 << 20)
except (OSError, MemoryError) as refusal:
    print("held: MemoryError", refusal)
if len(kept) > 64:
    print("REACHED: memory,", len(kept))
