# part: filter
# verdict: incorrect
# says: raises IndexError
import numpy as np


def conv2d(image, kernel):
    out = np.zeros(image.shape)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            out[i, j] = image[i + kernel.shape[0], j + kernel.shape[1]]
    return out
