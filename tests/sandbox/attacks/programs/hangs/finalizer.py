# Hangs when an object goes away.
import time


class Clinging:
    def __del__(self):
        time.sleep(3600)


clinging = Clinging()
clinging.itself = clinging
