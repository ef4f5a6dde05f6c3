# Locks memory into the machine.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
if libc.mlockall(3) == 0:
    print("REACHED: locked memory")
print("held: [Errno %d]" % ctypes.get_errno(), os.strerror(ctypes.get_errno()))
