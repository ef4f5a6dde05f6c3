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
from grader.engine.reasoning.count_formulas import (
    conv_multiplications_formula,
    conv_parameters_formula,
    linear_parameters_formula,
)
from grader.engine.reasoning.counts import (
    conv_multiplications,
    conv_parameters,
    conv_transpose_multiplications,
    embedding_parameters,
    flops,
    linear_multiplications,
    linear_parameters,
    norm_parameters,
)
from grader.engine.reasoning.design import conv_designs, conv_transpose_designs
from grader.engine.reasoning.entry_moments import (
    EntryMoments,
    conv_grad_input_terms,
    conv_grad_weight_terms,
    entry_moments,
)
from grader.engine.reasoning.equivariance import EquivarianceGap, equivariance_gap, invariance_gap
from grader.engine.reasoning.expression_text import as_latex, as_text
from grader.engine.reasoning.expressions import Expression, symbol
from grader.engine.reasoning.graphs import Node, graph_receptive_fields
from grader.engine.reasoning.kernel_layers import KernelLayer, TransposedLayer
from grader.engine.reasoning.matrices import conv_matrix
from grader.engine.reasoning.memory import ActivationMemory, activation_memory, parameter_memory
from grader.engine.reasoning.moments import (
    Independent,
    Moments,
    bias_gradient_moments,
    independent,
    input_gradient_moments,
    output_moments,
    sum_of_products,
    weight_gradient_moments,
)
from grader.engine.reasoning.node_fields import NodeField
from grader.engine.reasoning.operations import (
    Convention,
    Operations,
    conv_operations,
    conv_transpose_operations,
    linear_operations,
    norm_operations,
)
from grader.engine.reasoning.receptive_fields import ReceptiveField, receptive_field, receptive_fields
from grader.engine.reasoning.recovery import RecoveredFilter, RecoveredLayer, recover_filter, recover_layer
from grader.engine.reasoning.simplifying import divided, minimum, root
from grader.engine.reasoning.size_formulas import (
    conv_shape_formula,
    conv_size_formula,
    conv_transpose_shape_formula,
    conv_transpose_size_formula,
    pool_shape_formula,
    size_formulas,
)
from grader.engine.reasoning.symmetries import mirrored, permuted, shifted, turned

__all__ = [
    "ActivationMemory",
    "Convention",
    "EntryMoments",
    "EquivarianceGap",
    "Expression",
    "Independent",
    "KernelLayer",
    "Moments",
    "Node",
    "NodeField",
    "Operations",
    "ReceptiveField",
    "RecoveredFilter",
    "RecoveredLayer",
    "TransposedLayer",
    "activation_memory",
    "as_latex",
    "as_text",
    "avg_pool",
    "avg_pool_grad",
    "bias_gradient_moments",
    "conv",
    "conv_designs",
    "conv_grad_bias",
    "conv_grad_input",
    "conv_grad_input_terms",
    "conv_grad_weight",
    "conv_grad_weight_terms",
    "conv_matrix",
    "conv_multiplications",
    "conv_multiplications_formula",
    "conv_operations",
    "conv_parameters",
    "conv_parameters_formula",
    "conv_shape",
    "conv_shape_formula",
    "conv_size",
    "conv_size_formula",
    "conv_transpose",
    "conv_transpose_designs",
    "conv_transpose_multiplications",
    "conv_transpose_operations",
    "conv_transpose_shape",
    "conv_transpose_shape_formula",
    "conv_transpose_size",
    "conv_transpose_size_formula",
    "divided",
    "embedding_parameters",
    "entry_moments",
    "equivariance_gap",
    "flip",
    "flops",
    "graph_receptive_fields",
    "independent",
    "input_gradient_moments",
    "invariance_gap",
    "linear_multiplications",
    "linear_operations",
    "linear_parameters",
    "linear_parameters_formula",
    "lp_pool",
    "lp_pool_grad",
    "max_pool",
    "max_pool_grad",
    "minimum",
    "mirrored",
    "norm_operations",
    "norm_parameters",
    "output_moments",
    "parameter_memory",
    "permuted",
    "pool_shape",
    "pool_shape_formula",
    "receptive_field",
    "receptive_fields",
    "recover_filter",
    "recover_layer",
    "root",
    "shifted",
    "size_formulas",
    "sum_of_products",
    "symbol",
    "turned",
    "weight_gradient_moments",
]
