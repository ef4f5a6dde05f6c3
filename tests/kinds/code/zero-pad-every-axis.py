# part: zero.pad
# verdict: partial
# slip: every-axis
import numpy as np


def zero_pad(X, pad):
    return np.pad(X, pad)
