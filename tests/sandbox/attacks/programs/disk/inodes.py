# Makes files until no more can be made, on any disk.
import time

try:
    for number in range(20_000):
        open(f"file-{number}", "w").close()
    time.sleep(2)
    print("REACHED: files without number")
except OSError as refusal:
    print("held:", refusal)
