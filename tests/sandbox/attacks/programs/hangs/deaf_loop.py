# Loops, deaf to every signal that can be ignored, with all clocks of its own turned off.
# ends by: deadline
import signal

signal.setitimer(signal.ITIMER_REAL, 0)
for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        continue
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
