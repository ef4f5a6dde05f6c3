# part: single.step
# verdict: correct
import numpy as np


def conv_single_step(a_slice_prev, W, b):
    s = a_slice_prev * W
    Z = np.sum(s)
    Z = Z + float(b[0, 0, 0])
    return Z
