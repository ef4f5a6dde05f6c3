"""Reference mathematics of convolutional networks: exact on integers, n-dimensional, on NumPy alone.

Arrays are laid out as in PyTorch, (N, C, *size), with weights (O, C / groups, *kernel). Names and arguments
follow ``torch.nn.functional`` without the dimension, which the arrays tell. Shapes that do not fit are an
`EngineError`.
"""

from __future__ import annotations

from grader.engine.convolutions.forward import conv, flip
from grader.engine.convolutions.gradients import conv_grad_bias, conv_grad_input, conv_grad_weight
from grader.engine.convolutions.transposed import conv_transpose
from grader.engine.geometry.shapes import conv_shape, conv_size, conv_transpose_shape, conv_transpose_size, pool_shape
from grader.engine.poolings.average import avg_pool, avg_pool_grad
from grader.engine.poolings.lp import lp_pool, lp_pool_grad
from grader.engine.poolings.max import max_pool, max_pool_grad
from grader.engine.reasoning.counts import (
    conv_multiplications,
    conv_parameters,
    conv_transpose_multiplications,
    flops,
    linear_multiplications,
    linear_parameters,
)
from grader.engine.reasoning.expression_text import as_latex, as_text
from grader.engine.reasoning.expressions import Expression, symbol
from grader.engine.reasoning.graphs import Node, graph_receptive_fields
from grader.engine.reasoning.kernel_layers import KernelLayer, TransposedLayer
from grader.engine.reasoning.node_fields import NodeField
from grader.engine.reasoning.receptive_fields import ReceptiveField, receptive_field, receptive_fields
from grader.engine.reasoning.recovery import RecoveredFilter, recover_filter
from grader.engine.reasoning.simplifying import divided, minimum, root
from grader.engine.reasoning.size_formulas import (
    conv_shape_formula,
    conv_size_formula,
    conv_transpose_shape_formula,
    conv_transpose_size_formula,
    pool_shape_formula,
    size_formulas,
)

__all__ = [
    "Expression",
    "KernelLayer",
    "Node",
    "NodeField",
    "ReceptiveField",
    "RecoveredFilter",
    "TransposedLayer",
    "as_latex",
    "as_text",
    "avg_pool",
    "avg_pool_grad",
    "conv",
    "conv_grad_bias",
    "conv_grad_input",
    "conv_grad_weight",
    "conv_multiplications",
    "conv_parameters",
    "conv_shape",
    "conv_shape_formula",
    "conv_size",
    "conv_size_formula",
    "conv_transpose",
    "conv_transpose_multiplications",
    "conv_transpose_shape",
    "conv_transpose_shape_formula",
    "conv_transpose_size",
    "conv_transpose_size_formula",
    "divided",
    "flip",
    "flops",
    "graph_receptive_fields",
    "linear_multiplications",
    "linear_parameters",
    "lp_pool",
    "lp_pool_grad",
    "max_pool",
    "max_pool_grad",
    "minimum",
    "pool_shape",
    "pool_shape_formula",
    "receptive_field",
    "receptive_fields",
    "recover_filter",
    "root",
    "size_formulas",
    "symbol",
]
