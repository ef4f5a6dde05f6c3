# Reads, changes and lists the folder of a submission that is marked at the same time.
import os

for touch in (
    lambda: open("@NEIGHBOUR@/secret").read(),
    lambda: open("@NEIGHBOUR@/secret", "w").write("changed"),
    lambda: os.listdir("@NEIGHBOUR@"),
    lambda: os.unlink("@NEIGHBOUR@/secret"),
    lambda: os.rename("@NEIGHBOUR@/secret", "secret"),
    lambda: os.listdir(".."),
):
    try:
        print("REACHED:", touch())
    except OSError as refusal:
        print("held:", refusal)
