"""Reference mathematics of convolutional networks: exact on integers, n-dimensional, on NumPy alone.

Arrays are laid out as in PyTorch, (N, C, *size), with weights (O, C / groups, *kernel). Names and arguments
follow ``torch.nn.functional`` without the dimension, which the arrays tell. Shapes that do not fit are an
`EngineError`.
"""

from __future__ import annotations

from grader.engine.convolutions.columns import fold, unfold
from grader.engine.convolutions.deformable import deform_conv
from grader.engine.convolutions.deformable_gradients import (
    deform_conv_grad_bias,
    deform_conv_grad_input,
    deform_conv_grad_mask,
    deform_conv_grad_offset,
    deform_conv_grad_weight,
)
from grader.engine.convolutions.forward import conv, flip
from grader.engine.convolutions.gradients import conv_grad_bias, conv_grad_input, conv_grad_weight
from grader.engine.convolutions.transposed import conv_transpose
from grader.engine.convolutions.transposed_gradients import (
    conv_transpose_grad_bias,
    conv_transpose_grad_input,
    conv_transpose_grad_weight,
)
from grader.engine.geometry.shapes import conv_shape, conv_size, conv_transpose_shape, conv_transpose_size, pool_shape
from grader.engine.poolings.adaptive import (
    adaptive_avg_pool,
    adaptive_avg_pool_grad,
    adaptive_max_pool,
    adaptive_max_pool_grad,
)
from grader.engine.poolings.average import avg_pool, avg_pool_grad
from grader.engine.poolings.fractional import fractional_max_pool, fractional_max_pool_grad
from grader.engine.poolings.lp import lp_pool, lp_pool_grad
from grader.engine.poolings.max import max_pool, max_pool_grad
from grader.engine.poolings.unpool import max_unpool, max_unpool_grad
from grader.engine.poolings.whole import (
    global_avg_pool,
    global_avg_pool_grad,
    global_lp_pool,
    global_lp_pool_grad,
    global_max_pool,
    global_max_pool_grad,
)
from grader.engine.reasoning.counts import (
    conv_multiplications,
    conv_parameters,
    conv_transpose_multiplications,
    flops,
    linear_multiplications,
    linear_parameters,
)
from grader.engine.reasoning.receptive_fields import KernelLayer, ReceptiveField, receptive_field, receptive_fields
from grader.engine.reasoning.recovery import RecoveredFilter, recover_filter

__all__ = [
    "KernelLayer",
    "ReceptiveField",
    "RecoveredFilter",
    "adaptive_avg_pool",
    "adaptive_avg_pool_grad",
    "adaptive_max_pool",
    "adaptive_max_pool_grad",
    "avg_pool",
    "avg_pool_grad",
    "conv",
    "conv_grad_bias",
    "conv_grad_input",
    "conv_grad_weight",
    "conv_multiplications",
    "conv_parameters",
    "conv_shape",
    "conv_size",
    "conv_transpose",
    "conv_transpose_grad_bias",
    "conv_transpose_grad_input",
    "conv_transpose_grad_weight",
    "conv_transpose_multiplications",
    "conv_transpose_shape",
    "conv_transpose_size",
    "deform_conv",
    "deform_conv_grad_bias",
    "deform_conv_grad_input",
    "deform_conv_grad_mask",
    "deform_conv_grad_offset",
    "deform_conv_grad_weight",
    "flip",
    "flops",
    "fold",
    "fractional_max_pool",
    "fractional_max_pool_grad",
    "global_avg_pool",
    "global_avg_pool_grad",
    "global_lp_pool",
    "global_lp_pool_grad",
    "global_max_pool",
    "global_max_pool_grad",
    "linear_multiplications",
    "linear_parameters",
    "lp_pool",
    "lp_pool_grad",
    "max_pool",
    "max_pool_grad",
    "max_unpool",
    "max_unpool_grad",
    "pool_shape",
    "receptive_field",
    "receptive_fields",
    "recover_filter",
    "unfold",
]
