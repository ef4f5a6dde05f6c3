# Makes folders in folders, deeper than a path can be written, to break who removes them.
import os
import time

try:
    for _ in range(3_000):
        os.mkdir("d")
        os.chdir("d")
    time.sleep(2)
    print("REACHED: depth")
except OSError as refusal:
    print("held:", refusal)
