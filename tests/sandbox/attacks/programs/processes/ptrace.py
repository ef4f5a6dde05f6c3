# Attaches to a process of the same user, to its parent, and offers itself.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for request, pid in ((16, @VICTIM@), (16, os.getppid()), (0x4206, @VICTIM@), (0, 0)):
    if libc.ptrace(request, pid, 0, 0) == 0:
        print("REACHED: another process")
    print("held: [Errno %d]" % ctypes.get_errno(), os.strerror(ctypes.get_errno()))
