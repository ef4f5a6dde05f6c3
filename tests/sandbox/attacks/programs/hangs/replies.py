# Answers without end, on the descriptor that answers go by.
# ends by: deadline
import os

while True:
    os.write(4, b"\xff" * 65_536)
