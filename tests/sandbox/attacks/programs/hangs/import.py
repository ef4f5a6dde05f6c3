# Hangs in a module of its own that is imported.
# ends by: deadline
with open("slow_module.py", "w") as file:
    file.write("while True: pass\n")
import sys

sys.path.insert(0, "")
import slow_module
