# Kills a process of the same user, and asks whether it could kill its parent, its group and everything.
import os
import signal

for victim in (@VICTIM@, -1, os.getppid(), 0, 1, -@VICTIM@):
    try:
        os.kill(victim, signal.SIGKILL if victim == @VICTIM@ else 0)
        print("REACHED: a signal to", victim)
    except OSError as refusal:
        print("held:", refusal)
