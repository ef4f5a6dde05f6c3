# Looks through every object, frame and module for the reference.
import gc
import sys

MARK = "canary-secret-"
found = []
frame = sys._getframe()
while frame:
    found += [frame.f_locals, frame.f_globals]
    frame = frame.f_back
gc.unfreeze()
for value in [*gc.get_objects(), *found, *sys.modules.values()]:
    for inner in gc.get_referents(value):
        if isinstance(inner, (str, bytes)) and len(inner) < 200 and MARK in str(inner) and inner != MARK:
            print("REACHED:", inner)
        if isinstance(inner, type(sys)) and inner.__name__.startswith(("grader", "problems")):
            print("REACHED:", inner.__name__)
print("held: [Errno 0] nothing of the grader is in this process")
