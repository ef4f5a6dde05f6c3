# Writes a program into memory that has no name, and becomes it.
import os

try:
    program = os.memfd_create("program")
    os.write(program, b"#!/bin/sh\necho REACHED: a shell\n")
    os.execve(program, ["program"], {})
except OSError as refusal:
    print("held:", refusal)
