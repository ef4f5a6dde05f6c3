# part: size
# verdict: correct
def output_size(n, f, p, s):
    return (n + 2 * p - f) // s + 1
