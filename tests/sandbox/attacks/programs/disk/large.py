# Writes one file until the disk is full.
written = 0
try:
    with open("large", "wb", buffering=0) as file:
        while written < 1 << 30:
            written += file.write(b"x" * 65_536)
    print("REACHED: the disk")
except OSError as refusal:
    print("held:", refusal)
