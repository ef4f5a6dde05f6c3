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
from grader.engine.layers.batch_norm import (
    batch_norm,
    batch_norm_grad_bias,
    batch_norm_grad_input,
    batch_norm_grad_weight,
    batch_norm_statistics,
)
from grader.engine.layers.binary_losses import (
    binary_cross_entropy,
    binary_cross_entropy_grad_input,
    binary_cross_entropy_grad_target,
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_grad_input,
    binary_cross_entropy_with_logits_grad_target,
)
from grader.engine.layers.class_losses import (
    cross_entropy,
    cross_entropy_grad_input,
    cross_entropy_grad_target,
    nll_loss,
    nll_loss_grad,
)
from grader.engine.layers.clipped import (
    hardsigmoid,
    hardsigmoid_grad,
    hardswish,
    hardswish_grad,
    hardtanh,
    hardtanh_grad,
    relu6,
    relu6_grad,
)
from grader.engine.layers.difference_losses import (
    huber_loss,
    huber_loss_grad,
    l1_loss,
    l1_loss_grad,
    mse_loss,
    mse_loss_grad,
    smooth_l1_loss,
    smooth_l1_loss_grad,
)
from grader.engine.layers.divergence import kl_div, kl_div_grad_input, kl_div_grad_target
from grader.engine.layers.dropout import dropout, dropout_grad
from grader.engine.layers.exponentials import celu, celu_grad, elu, elu_grad, selu, selu_grad, softplus, softplus_grad
from grader.engine.layers.gates import gelu, gelu_grad, mish, mish_grad, silu, silu_grad
from grader.engine.layers.group_norm import (
    group_norm,
    group_norm_grad_bias,
    group_norm_grad_input,
    group_norm_grad_weight,
    instance_norm,
    instance_norm_grad_bias,
    instance_norm_grad_input,
    instance_norm_grad_weight,
)
from grader.engine.layers.layer_norm import (
    layer_norm,
    layer_norm_grad_bias,
    layer_norm_grad_input,
    layer_norm_grad_weight,
)
from grader.engine.layers.linear import linear, linear_grad_bias, linear_grad_input, linear_grad_weight
from grader.engine.layers.local_response_norm import local_response_norm, local_response_norm_grad
from grader.engine.layers.margin_losses import hinge_loss, hinge_loss_grad, multi_margin_loss, multi_margin_loss_grad
from grader.engine.layers.rectifiers import (
    leaky_relu,
    leaky_relu_grad,
    prelu,
    prelu_grad_input,
    prelu_grad_weight,
    relu,
    relu_grad,
    threshold,
    threshold_grad,
)
from grader.engine.layers.sigmoids import (
    logsigmoid,
    logsigmoid_grad,
    sigmoid,
    sigmoid_grad,
    softsign,
    softsign_grad,
    tanh,
    tanh_grad,
)
from grader.engine.layers.softmax import hardmax, log_softmax, log_softmax_grad, softmax, softmax_grad
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
    "adaptive_avg_pool",
    "adaptive_avg_pool_grad",
    "adaptive_max_pool",
    "adaptive_max_pool_grad",
    "as_latex",
    "as_text",
    "avg_pool",
    "avg_pool_grad",
    "batch_norm",
    "batch_norm_grad_bias",
    "batch_norm_grad_input",
    "batch_norm_grad_weight",
    "batch_norm_statistics",
    "bias_gradient_moments",
    "binary_cross_entropy",
    "binary_cross_entropy_grad_input",
    "binary_cross_entropy_grad_target",
    "binary_cross_entropy_with_logits",
    "binary_cross_entropy_with_logits_grad_input",
    "binary_cross_entropy_with_logits_grad_target",
    "celu",
    "celu_grad",
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
    "conv_transpose_grad_bias",
    "conv_transpose_grad_input",
    "conv_transpose_grad_weight",
    "conv_transpose_multiplications",
    "conv_transpose_operations",
    "conv_transpose_shape",
    "conv_transpose_shape_formula",
    "conv_transpose_size",
    "conv_transpose_size_formula",
    "cross_entropy",
    "cross_entropy_grad_input",
    "cross_entropy_grad_target",
    "deform_conv",
    "deform_conv_grad_bias",
    "deform_conv_grad_input",
    "deform_conv_grad_mask",
    "deform_conv_grad_offset",
    "deform_conv_grad_weight",
    "divided",
    "dropout",
    "dropout_grad",
    "elu",
    "elu_grad",
    "embedding_parameters",
    "entry_moments",
    "equivariance_gap",
    "flip",
    "flops",
    "fold",
    "fractional_max_pool",
    "fractional_max_pool_grad",
    "gelu",
    "gelu_grad",
    "global_avg_pool",
    "global_avg_pool_grad",
    "global_lp_pool",
    "global_lp_pool_grad",
    "global_max_pool",
    "global_max_pool_grad",
    "graph_receptive_fields",
    "group_norm",
    "group_norm_grad_bias",
    "group_norm_grad_input",
    "group_norm_grad_weight",
    "hardmax",
    "hardsigmoid",
    "hardsigmoid_grad",
    "hardswish",
    "hardswish_grad",
    "hardtanh",
    "hardtanh_grad",
    "hinge_loss",
    "hinge_loss_grad",
    "huber_loss",
    "huber_loss_grad",
    "independent",
    "input_gradient_moments",
    "instance_norm",
    "instance_norm_grad_bias",
    "instance_norm_grad_input",
    "instance_norm_grad_weight",
    "invariance_gap",
    "kl_div",
    "kl_div_grad_input",
    "kl_div_grad_target",
    "l1_loss",
    "l1_loss_grad",
    "layer_norm",
    "layer_norm_grad_bias",
    "layer_norm_grad_input",
    "layer_norm_grad_weight",
    "leaky_relu",
    "leaky_relu_grad",
    "linear",
    "linear_grad_bias",
    "linear_grad_input",
    "linear_grad_weight",
    "linear_multiplications",
    "linear_operations",
    "linear_parameters",
    "linear_parameters_formula",
    "local_response_norm",
    "local_response_norm_grad",
    "log_softmax",
    "log_softmax_grad",
    "logsigmoid",
    "logsigmoid_grad",
    "lp_pool",
    "lp_pool_grad",
    "max_pool",
    "max_pool_grad",
    "max_unpool",
    "max_unpool_grad",
    "minimum",
    "mirrored",
    "mish",
    "mish_grad",
    "mse_loss",
    "mse_loss_grad",
    "multi_margin_loss",
    "multi_margin_loss_grad",
    "nll_loss",
    "nll_loss_grad",
    "norm_operations",
    "norm_parameters",
    "output_moments",
    "parameter_memory",
    "permuted",
    "pool_shape",
    "pool_shape_formula",
    "prelu",
    "prelu_grad_input",
    "prelu_grad_weight",
    "receptive_field",
    "receptive_fields",
    "recover_filter",
    "recover_layer",
    "relu",
    "relu6",
    "relu6_grad",
    "relu_grad",
    "root",
    "selu",
    "selu_grad",
    "shifted",
    "sigmoid",
    "sigmoid_grad",
    "silu",
    "silu_grad",
    "size_formulas",
    "smooth_l1_loss",
    "smooth_l1_loss_grad",
    "softmax",
    "softmax_grad",
    "softplus",
    "softplus_grad",
    "softsign",
    "softsign_grad",
    "sum_of_products",
    "symbol",
    "tanh",
    "tanh_grad",
    "threshold",
    "threshold_grad",
    "turned",
    "unfold",
    "weight_gradient_moments",
]
