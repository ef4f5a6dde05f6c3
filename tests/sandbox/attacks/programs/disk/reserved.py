# Reserves the disk without writing to it.
import os

try:
    with open("reserved", "wb") as file:
        os.posix_fallocate(file.fileno(), 0, 1 << 40)
    print("REACHED: a terabyte")
except OSError as refusal:
    print("held:", refusal)
