# Closes all its pipes, so that it seems to be gone, and goes on.
# ends by: deadline
import os

os.closerange(0, 64)
while True:
    pass
