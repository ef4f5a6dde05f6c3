# Sleeps, which costs no processor time.
# ends by: deadline
import time

while True:
    time.sleep(3600)
