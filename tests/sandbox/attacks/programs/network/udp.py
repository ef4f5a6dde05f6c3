# Sends a packet without a connection, and asks for a name.
import socket

try:
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"taken", ("127.0.0.1", @PORT@))
    print("REACHED: a packet")
except OSError as refusal:
    print("held:", refusal)
try:
    print("REACHED:", socket.getaddrinfo("localhost", 80))
except OSError as refusal:
    print("held: [Errno 1]", refusal)
