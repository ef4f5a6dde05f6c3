# Forks by the C library's other names.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for name in ("fork", "daemon"):
    if getattr(libc, name)(1, 1) >= 0:
        print("REACHED: a second process")
    print("held: [Errno %d]" % ctypes.get_errno(), os.strerror(ctypes.get_errno()))
