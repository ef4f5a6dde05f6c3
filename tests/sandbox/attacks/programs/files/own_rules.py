# Puts up rules of its own, which might take the place of those that hold it.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
rules = (ctypes.c_uint64 * 3)(0, 0, 0)
for number, arguments in ((444, (rules, 24, 0)), (446, (3, 0)), (317, (1, 0, None))):
    if libc.syscall(number, *arguments) >= 0:
        print("REACHED: the rules")
    print("held: [Errno %d]" % ctypes.get_errno(), os.strerror(ctypes.get_errno()))
