# Stops itself, and does not even react to the wish to end it.
# ends by: deadline
import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
