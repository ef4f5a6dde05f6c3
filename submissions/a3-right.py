# grader: assignment=a3
"""Assignment 3, Noor H."""
import numpy as np

# %% [markdown] 1
# 1.1 See `show()` below for the figure.
#
# 1.2 The filter is a mean filter, so it blurs the image.


def show(image: np.ndarray) -> np.ndarray:
    out = image.copy()
    for i in range(1, image.shape[0] - 1):
        for j in range(1, image.shape[1] - 1):
            out[i, j] = image[i - 1 : i + 2, j - 1 : j + 2].mean()
    return out


# %% [markdown] 2
# H' = floor((H - k + 2*P)/S) + 1
#
# W' = floor((W - k + 2*P)/S) + 1
#
# C' = N
#
# | layer         | output size | parameters |
# |---------------|-------------|------------|
# | INPUT         | 32x32x3     | 0          |
# | CONV3-10      | 32x32x10    | 280        |
# | ReLU          | 32x32x10    | 0          |
# | POOL-2        | 16x16x10    | 0          |
# | CONV3-20(3,2) | 6x6x20      | 1820       |
# | ReLU          | 6x6x20      | 0          |
# | POOL-2        | 3x3x20      | 0          |
# | FLATTEN       | 1x1x180     | 0          |
# | FC-10         | 1x1x10      | 1810       |

# %% [markdown] 3
# 3.1 The weights are w_1 and w_2, the filter k_1, k_2, k_3, and the biases a and b.
#
# 3.2
# dL/da = y_hat - y
#
# dL/dw_1 = (y_hat - y) * v_1
#
# dL/dw_2 = (y_hat - y) * v_2
#
# 3.3 A z gets the delta of each pool that it wins, if it is positive; else nothing.
#
# 3.4
# dL/dk_1 = alpha_1*x_1 + alpha_2*x_2 + alpha_3*x_3
#
# dL/dk_2 = alpha_1*x_2 + alpha_2*x_3 + alpha_3*x_4
#
# dL/dk_3 = alpha_1*x_3 + alpha_2*x_4 + alpha_3*x_5
#
# dL/db = alpha_1 + alpha_2 + alpha_3
#
# 3.5 The same with m terms instead of three.

# %% [markdown] 4
# 4.1 k = 205 - 65*3 = 10, so the filters are of size 10 x 10 x 10.
#
# 4.2 10*10*10*96 + 96 = 96096
#
# 4.3 66 * 66 * 96 * 10 * 10 * 10 = 418,176,000
