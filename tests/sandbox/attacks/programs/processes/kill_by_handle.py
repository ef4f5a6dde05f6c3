# Kills a process of the same user by a handle, and by the calls for threads.
import ctypes
import os
import platform
import signal

try:
    signal.pidfd_send_signal(os.pidfd_open(@VICTIM@), signal.SIGKILL)
    print("REACHED: a signal")
except OSError as refusal:
    print("held:", refusal)
libc = ctypes.CDLL(None, use_errno=True)
numbers = {"x86_64": (200, 234, 129), "aarch64": (130, 131, 138)}[platform.machine()]
for number, arguments in zip(numbers, ((@VICTIM@, 9), (@VICTIM@, @VICTIM@, 9), (@VICTIM@, 9, b"\0" * 128))):
    if libc.syscall(number, *arguments) == 0:
        print("REACHED: a signal")
    print("held: [Errno %d]" % ctypes.get_errno(), os.strerror(ctypes.get_errno()))
