# Prints without end.
# ends by: deadline
import sys

while True:
    sys.stdout.write("x" * 65_536)
