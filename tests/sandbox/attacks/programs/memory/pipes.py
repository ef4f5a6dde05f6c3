# Fills the kernel's own memory through pipes.
import fcntl
import os

kept = []
try:
    while len(kept) < 10_000:
        kept.append(os.pipe())
        os.set_blocking(kept[-1][1], False)
        os.write(kept[-1][1], b"x" * 65_536)
    print("REACHED: descriptors,", len(kept))
except OSError as refusal:
    print("held:", refusal)
try:
    fcntl.fcntl(kept[0][1], 1031, 1 << 20)
    print("REACHED: a larger pipe")
except OSError as refusal:
    print("held:", refusal)
