# Takes what it gets, and whenever it is refused it goes on asking.
# ends by: deadline
import numpy as np

kept = []
while True:
    try:
        kept.append(np.ones(1 << 18))
    except MemoryError:
        pass
