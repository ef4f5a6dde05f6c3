# Asks not to be killed with its parent, leaves its session, and can be looked into again.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for option, value in ((1, 0), (4, 1), (36, 1), (0x59616D61, -1)):
    if libc.prctl(option, value, 0, 0, 0) == 0:
        print("REACHED: prctl", option)
    print("held: [Errno %d]" % ctypes.get_errno(), os.strerror(ctypes.get_errno()))
try:
    os.setsid()
    print("REACHED: a session of its own")
except OSError as refusal:
    print("held:", refusal)
