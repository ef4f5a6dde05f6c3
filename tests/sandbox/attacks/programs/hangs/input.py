# Waits for somebody to type.
try:
    print("REACHED:", input("password: "))
except EOFError:
    print("held: [Errno 0] nobody is there")
