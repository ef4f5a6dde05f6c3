# Leaves names and modes that break who lists, prints or removes them.
import os

for name in (b"\xff\xfe", b"new\nline", b"-rf", b"\x1b[2J", b"a" * 255, b"moved-0", b"..."):
    os.mkdir(name, 0o000)
os.umask(0o777)
os.makedirs("closed")
open("unreadable", "w").close()
print("held: [Errno 0] left to whoever removes it")
