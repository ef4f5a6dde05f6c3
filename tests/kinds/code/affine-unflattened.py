# part: affine
# verdict: partial
# says: have to be flattened
import numpy as np


def affine_forward(x, w, b):
    out = x.reshape(x.shape[0], -1, order='F').dot(w) + b
    return out, (x, w, b)
