# part: single.step
# verdict: partial
# slip: bias-per-tap
import numpy as np


def conv_single_step(a_slice_prev, W, b):
    s = np.multiply(a_slice_prev, W) + b
    return np.sum(s)
