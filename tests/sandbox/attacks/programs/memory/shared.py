# Fills shared memory, of both kinds, that outlives the process.
import ctypes
import os
from multiprocessing import shared_memory

libc = ctypes.CDLL(None, use_errno=True)
if libc.shmget(0, 1 << 26, 0o1666) >= 0:
    print("REACHED: shared memory")
print("held: [Errno %d]" % ctypes.get_errno(), os.strerror(ctypes.get_errno()))
try:
    shared_memory.SharedMemory(create=True, size=1 << 26)
    print("REACHED: shared memory")
except OSError as refusal:
    print("held:", refusal)
