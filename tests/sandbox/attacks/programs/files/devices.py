# Opens devices: the disk, the memory, the terminal, into which it types a command.
import fcntl
import os

for path in ("/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/vda", "/dev/tty", "/dev/console", "/dev/ptmx", "/dev/fuse", "/dev/kvm"):
    try:
        os.open(path, os.O_RDWR | os.O_NOCTTY)
        print("REACHED:", path)
    except FileNotFoundError:
        continue
    except OSError as refusal:
        print("held:", refusal)
for descriptor in range(3):
    try:
        fcntl.ioctl(descriptor, 0x5412, b"x")
        print("REACHED: the terminal")
    except OSError as refusal:
        print("held:", refusal)
