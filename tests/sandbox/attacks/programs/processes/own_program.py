# Writes a program into its folder and starts it.
import os

with open("program", "w") as file:
    file.write("#!/bin/sh\necho REACHED: a shell\n")
try:
    os.chmod("program", 0o700)
except OSError as refusal:
    print("held:", refusal)
try:
    os.execv("./program", ["program"])
except OSError as refusal:
    print("held:", refusal)
