# Writes into its own memory through /proc, past what is mapped as read-only.
import os

try:
    os.open("/proc/self/mem", os.O_RDWR)
    print("REACHED: its memory as a file")
except OSError as refusal:
    print("held:", refusal)
