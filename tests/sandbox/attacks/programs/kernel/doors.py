# Knocks at the kernel's doors: keys, tracing, modules, faults of pages, clocks, names, power.
import ctypes
import os
import platform

numbers = {
    "x86_64": (321, 298, 250, 248, 323, 313, 175, 246, 169, 167, 135, 159, 227, 103, 310, 312, 240, 29, 68, 64, 163),
    "aarch64": (280, 241, 219, 217, 282, 273, 105, 104, 142, 224, 92, 171, 112, 116, 270, 272, 180, 194, 186, 190, 89),
}[platform.machine()]
libc = ctypes.CDLL(None, use_errno=True)
for number in numbers:
    if libc.syscall(number, 0, 0, 0, 0, 0, 0) >= 0:
        print("REACHED: call", number)
    elif ctypes.get_errno() not in (1, 38):
        print("REACHED: call", number, os.strerror(ctypes.get_errno()))
print("held: [Errno 1] each of", len(numbers))
