# part: size
# verdict: partial
# slip: not-rounded
# says: leaves something over
def output_size(n, f, p, s):
    return (n + 2 * p - f) / s + 1
