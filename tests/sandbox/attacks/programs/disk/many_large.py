# Writes file after file, each within the limit.
import time

number = 0
try:
    while number < 400:
        with open(f"part-{number}", "wb", buffering=0) as file:
            file.write(b"x" * 262_144)
        number += 1
    time.sleep(2)
    print("REACHED: the disk")
except OSError as refusal:
    print("held:", refusal)
