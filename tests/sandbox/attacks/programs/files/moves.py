# Moves files in and out, swaps them, and removes those of others.
import os
import shutil

open("mine", "w").close()
for move in (
    lambda: os.rename("@HOME@/secret", "taken"),
    lambda: os.rename("mine", "@HOME@/secret"),
    lambda: os.replace("mine", "@HOME@/secret"),
    lambda: shutil.copy("@HOME@/secret", "taken"),
    lambda: os.unlink("@HOME@/secret"),
    lambda: os.rmdir("@HOME@"),
    lambda: shutil.rmtree("@HOME@"),
    lambda: shutil.rmtree(".."),
):
    try:
        move()
        print("REACHED: a move")
    except OSError as refusal:
        print("held:", refusal)
