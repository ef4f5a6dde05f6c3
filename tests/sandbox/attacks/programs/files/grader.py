# Imports the grader, from where it is installed and from where it lies.
import importlib
import importlib.util
import sys

for way in ([], ["@CHECKOUT@"], ["@CHECKOUT@/grader", "@CHECKOUT@/grader/sandbox"]):
    sys.path[:0] = way
    for name in ("grader", "grader.engine", "grader.kinds", "problems"):
        try:
            if importlib.import_module(name).__file__:  # there is none for the name of a folder that cannot be read
                print("REACHED:", name)
        except (ImportError, OSError) as refusal:
            print("held: [Errno 13]", refusal)
spec = importlib.util.spec_from_file_location("grader", "@CHECKOUT@/grader/__init__.py")
try:
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    print("REACHED: the grader")
except OSError as refusal:
    print("held:", refusal)
