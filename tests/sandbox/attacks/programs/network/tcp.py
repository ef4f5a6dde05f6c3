# Sends what it knows to a listener on this machine, and to the world.
import socket

for address in (("127.0.0.1", @PORT@), ("::1", @PORT@), ("192.0.2.1", 80)):
    try:
        socket.create_connection(address, timeout=1).sendall(b"taken")
        print("REACHED:", address)
    except OSError as refusal:
        print("held:", refusal)
