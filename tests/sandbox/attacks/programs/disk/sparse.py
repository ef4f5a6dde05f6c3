# Makes a file of a petabyte that takes no place, for whoever reads or copies it.
import os

try:
    with open("sparse", "wb") as file:
        os.ftruncate(file.fileno(), 1 << 50)
    print("REACHED: a petabyte")
except OSError as refusal:
    print("held:", refusal)
