# Hangs when the interpreter shuts down.
import atexit
import time

atexit.register(time.sleep, 3600)
