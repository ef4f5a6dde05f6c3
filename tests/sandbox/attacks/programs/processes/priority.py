# Slows other processes down, and puts itself before them.
import os

for take in (
    lambda: os.setpriority(os.PRIO_PROCESS, @VICTIM@, 19),
    lambda: os.setpriority(os.PRIO_USER, 0, 19),
    lambda: os.sched_setaffinity(@VICTIM@, {0}),
    lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50)),
):
    try:
        take()
        print("REACHED: the order of processes")
    except OSError as refusal:
        print("held:", refusal)
