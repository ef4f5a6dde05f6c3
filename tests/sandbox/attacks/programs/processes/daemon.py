# Leaves its session and its parent, to go on when the grader is done.
import os
import time

try:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(600)
        os._exit(0)
    print("REACHED: a second process")
except OSError as refusal:
    print("held:", refusal)
