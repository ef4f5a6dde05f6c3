# Reads the assignments and the references of the grader, by every way to a file.
import io
import linecache
import mmap
import os
import pathlib

import numpy as np

path = "@PROBLEMS@"
for read in (
    lambda: open(path).read(20),
    lambda: pathlib.Path(path).read_bytes()[:20],
    lambda: os.read(os.open(path, os.O_RDONLY), 20),
    lambda: os.read(os.open(path, os.O_RDONLY | os.O_PATH), 20),
    lambda: np.fromfile(path, np.uint8, 20),
    lambda: np.memmap(path, np.uint8, "r")[:20],
    lambda: io.FileIO(path).read(20),
    lambda: os.listdir(os.path.dirname(path)),
):
    try:
        print("REACHED:", read())
    except OSError as refusal:
        print("held:", refusal)
print(*linecache.getlines(path))
