# Lets a ring of the kernel open files and sockets, past the filter of calls.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
parameters = ctypes.create_string_buffer(120)
for number, arguments in ((425, (8, parameters)), (426, (3, 1, 0, 0, None, 0)), (427, (3, 0, None, 0))):
    if libc.syscall(number, *arguments) >= 0:
        print("REACHED: a ring")
    print("held: [Errno %d]" % ctypes.get_errno(), os.strerror(ctypes.get_errno()))
