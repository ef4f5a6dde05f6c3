# part: conv.forward
# verdict: missing
# says: still the template
def conv_forward_naive(x, w, b, conv_param):
    out = None
    # TODO: Implement the convolutional forward pass.
    cache = (x, w, b, conv_param)
    return out, cache
