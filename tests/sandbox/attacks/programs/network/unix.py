# Speaks to services of this machine through files, names without files, and pairs.
import socket

for speak in (
    lambda: socket.socket(socket.AF_UNIX).connect("@SOCKET@"),
    lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"taken", "@SOCKET@"),
    lambda: socket.socket(socket.AF_UNIX).connect("\0grader"),
    lambda: socket.socket(socket.AF_UNIX).bind("here"),
    lambda: socket.socketpair(),
):
    try:
        speak()
        print("REACHED: a socket")
    except OSError as refusal:
        print("held:", refusal)
