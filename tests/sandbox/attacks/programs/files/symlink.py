# Leaves links for the grader to follow, and follows them itself.
import os

for target in ("@HOME@/secret", "/etc/passwd", "@PROBLEMS@"):
    try:
        os.symlink(target, "link-" + str(len(os.listdir())))
        print("REACHED: a link")
    except OSError as refusal:
        print("held:", refusal)
