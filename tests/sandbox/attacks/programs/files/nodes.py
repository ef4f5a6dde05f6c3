# Makes devices, pipes with names, and files without.
import os
import stat

for make in (
    lambda: os.mknod("disk", 0o600 | stat.S_IFBLK, os.makedev(8, 0)),
    lambda: os.mknod("memory", 0o600 | stat.S_IFCHR, os.makedev(1, 1)),
    lambda: os.mkfifo("pipe"),
    lambda: os.open("@HOME@", os.O_TMPFILE | os.O_RDWR),
):
    try:
        make()
        print("REACHED: a node")
    except OSError as refusal:
        print("held:", refusal)
