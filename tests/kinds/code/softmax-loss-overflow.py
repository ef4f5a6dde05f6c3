# part: softmax.loss
# verdict: partial
# slip: overflow
# says: large scores
import numpy as np


def softmax_loss(x, y):
    shifted = x
    probs = np.exp(shifted) / np.sum(np.exp(shifted), axis=1, keepdims=True)
    N = x.shape[0]
    loss = -np.sum(shifted[np.arange(N), y] - np.log(np.exp(shifted).sum(axis=1))) / N
    dx = probs.copy()
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx
