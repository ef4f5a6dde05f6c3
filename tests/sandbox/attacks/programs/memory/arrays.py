# Makes arrays and touches each page, slowly.
import numpy as np

kept = []
try:
    while True:
        kept.append(np.ones(1 << 20))
except MemoryError:
    print("held: MemoryError after", len(kept))
if len(kept) > 64:
    print("REACHED: memory,", len(kept))
