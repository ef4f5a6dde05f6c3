# Lets the kernel kill: the owner of a pipe is sent a signal of choice when something comes in.
import fcntl
import os
import signal

reader, writer = os.pipe()
for command, value in ((fcntl.F_SETOWN, @VICTIM@), (10, signal.SIGKILL), (15, b"\0" * 8)):
    try:
        fcntl.fcntl(reader, command, value)
        print("REACHED: the owner of a pipe")
    except OSError as refusal:
        print("held:", refusal)
fcntl.fcntl(reader, fcntl.F_SETFL, os.O_ASYNC)
os.write(writer, b"x")
