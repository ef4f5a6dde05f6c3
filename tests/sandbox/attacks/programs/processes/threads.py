# Starts threads until the machine is full.
import threading
import time

started = 0
try:
    while True:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        started += 1
except RuntimeError as refusal:
    print("held: [Errno 1]", refusal)
if started:
    print("REACHED: threads,", started)
