# Becomes root, or gets the powers of root back.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
header = (ctypes.c_uint32 * 2)(0x20080522, 0)
full = (ctypes.c_uint32 * 6)(*[0xFFFFFFFF] * 6)
for take in (
    lambda: os.setuid(0),
    lambda: os.setresuid(0, 0, 0),
    lambda: os.setgid(0),
    lambda: os.setgroups([0]),
):
    try:
        take()
        print("REACHED: another user")
    except OSError as refusal:
        print("held:", refusal)
if libc.capset(header, full) == 0:
    print("REACHED: capabilities")
print("held: [Errno %d]" % ctypes.get_errno(), os.strerror(ctypes.get_errno()))
