# Becomes another program.
import os

for program in ("/bin/sh", "/usr/bin/env", "/usr/bin/sudo"):
    try:
        os.execv(program, [program, "-c", "echo REACHED: a shell"])
    except OSError as refusal:
        print("held:", refusal)
