# part: softmax.loss
# verdict: partial
# slip: not-averaged
# says: several examples
import numpy as np


def softmax_loss(x, y):
    shifted = x - np.max(x, axis=1, keepdims=True)
    probs = np.exp(shifted) / np.sum(np.exp(shifted), axis=1, keepdims=True)
    N = x.shape[0]
    loss = -np.sum(shifted[np.arange(N), y] - np.log(np.exp(shifted).sum(axis=1)))
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    return loss, dx
