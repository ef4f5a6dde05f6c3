# Gives a file of another place a name in its folder.
import os

for target in ("@HOME@/secret", "/etc/passwd", os.__file__):
    try:
        os.link(target, "mine-" + str(len(os.listdir())))
        print("REACHED: a link")
    except OSError as refusal:
        print("held:", refusal)
