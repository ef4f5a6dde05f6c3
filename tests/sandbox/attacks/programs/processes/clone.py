# Asks the kernel itself for a process, in the old way and in the new one, with namespaces.
import ctypes
import os
import platform

clone = {"x86_64": 56, "aarch64": 220}[platform.machine()]
libc = ctypes.CDLL(None, use_errno=True)
for number, arguments in ((clone, (17, 0, 0, 0, 0)), (clone, (0x10000011, 0, 0, 0, 0)), (435, (b"\0" * 88, 88))):
    result = libc.syscall(number, *arguments)
    if result == 0:
        os._exit(0)
    if result > 0:
        print("REACHED: a second process")
    print("held: [Errno %d]" % ctypes.get_errno(), os.strerror(ctypes.get_errno()))
