# Kills itself, to look like one that was stopped for memory.
import os
import signal

os.kill(os.getpid(), signal.SIGKILL)
