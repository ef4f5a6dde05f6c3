# Forks until the machine is full.
import os

while True:
    try:
        os.fork()
        print("REACHED: a second process")
    except OSError as refusal:
        print("held:", refusal)
        break
