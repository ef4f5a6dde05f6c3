# Changes what files there are: mounts, other roots, other namespaces.
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for call in (
    lambda: libc.mount(b"proc", b".", b"proc", 0, None),
    lambda: libc.mount(b"@HOME@", b".", None, 4096, None),
    lambda: libc.umount2(b".", 2),
    lambda: libc.chroot(b"."),
    lambda: libc.pivot_root(b".", b".") if hasattr(libc, "pivot_root") else -1,
    lambda: libc.unshare(0x10000000),
    lambda: libc.unshare(0x00020000),
    lambda: libc.setns(3, 0),
):
    if call() == 0:
        print("REACHED: another view")
    print("held: [Errno %d]" % ctypes.get_errno(), os.strerror(ctypes.get_errno()))
