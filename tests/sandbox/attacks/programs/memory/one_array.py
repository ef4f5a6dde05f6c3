# Asks for an array of a terabyte at once.
import numpy as np

try:
    np.zeros((1 << 20, 1 << 20), dtype=np.uint8)
    print("REACHED: a terabyte of addresses")
except MemoryError:
    print("held: MemoryError")
