# Reads what a user has at home.
import os
import pathlib

for path in ("@HOME@/secret", os.path.expanduser("~root/.profile"), "/home", "/root"):
    try:
        print("REACHED:", pathlib.Path(path).read_text() if os.path.isfile(path) else os.listdir(path))
    except OSError as refusal:
        print("held:", refusal)
