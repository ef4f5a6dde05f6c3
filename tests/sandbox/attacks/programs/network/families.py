# Tries sockets of every family there is: raw, packets, the kernel's own, Bluetooth, virtual machines.
import socket

refusals = set()
for family in range(46):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
        try:
            socket.socket(family, kind, 0)
            print("REACHED: family", family)
        except OSError as refusal:
            refusals.add(str(refusal))
print("held:", *refusals)
