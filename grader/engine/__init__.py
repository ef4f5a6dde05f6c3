"""Reference mathematics of convolutional networks: exact on integers, n-dimensional, on NumPy alone.

Arrays are laid out as in PyTorch, (N, C, *size), with weights (O, C / groups, *kernel). Names and arguments
follow ``torch.nn.functional`` without the dimension, which the arrays tell. Shapes that do not fit are an
`EngineError`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

# A run needs a few of these; importing all of them takes as long as importing NumPy.
_NAMES = {
    "convolutions.columns": "fold unfold",
    "convolutions.deformable": "deform_conv",
    "convolutions.deformable_gradients": (
        "deform_conv_grad_bias deform_conv_grad_input deform_conv_grad_mask deform_conv_grad_offset "
        "deform_conv_grad_weight"
    ),
    "convolutions.forward": "conv flip",
    "convolutions.gradients": "conv_grad_bias conv_grad_input conv_grad_weight",
    "convolutions.transposed": "conv_transpose",
    "convolutions.transposed_gradients": (
        "conv_transpose_grad_bias conv_transpose_grad_input conv_transpose_grad_weight"
    ),
    "geometry.shapes": "conv_shape conv_size conv_transpose_shape conv_transpose_size pool_shape",
    "layers.batch_norm": (
        "batch_norm batch_norm_grad_bias batch_norm_grad_input batch_norm_grad_weight batch_norm_statistics"
    ),
    "layers.binary_losses": (
        "binary_cross_entropy binary_cross_entropy_grad_input binary_cross_entropy_grad_target "
        "binary_cross_entropy_with_logits binary_cross_entropy_with_logits_grad_input "
        "binary_cross_entropy_with_logits_grad_target"
    ),
    "layers.class_losses": "cross_entropy cross_entropy_grad_input cross_entropy_grad_target nll_loss nll_loss_grad",
    "layers.clipped": "hardsigmoid hardsigmoid_grad hardswish hardswish_grad hardtanh hardtanh_grad relu6 relu6_grad",
    "layers.difference_losses": (
        "huber_loss huber_loss_grad l1_loss l1_loss_grad mse_loss mse_loss_grad smooth_l1_loss smooth_l1_loss_grad"
    ),
    "layers.divergence": "kl_div kl_div_grad_input kl_div_grad_target",
    "layers.dropout": "dropout dropout_grad",
    "layers.exponentials": "celu celu_grad elu elu_grad selu selu_grad softplus softplus_grad",
    "layers.gates": "gelu gelu_grad mish mish_grad silu silu_grad",
    "layers.group_norm": (
        "group_norm group_norm_grad_bias group_norm_grad_input group_norm_grad_weight instance_norm "
        "instance_norm_grad_bias instance_norm_grad_input instance_norm_grad_weight"
    ),
    "layers.layer_norm": "layer_norm layer_norm_grad_bias layer_norm_grad_input layer_norm_grad_weight",
    "layers.linear": "linear linear_grad_bias linear_grad_input linear_grad_weight",
    "layers.local_response_norm": "local_response_norm local_response_norm_grad",
    "layers.margin_losses": "hinge_loss hinge_loss_grad multi_margin_loss multi_margin_loss_grad",
    "layers.rectifiers": (
        "leaky_relu leaky_relu_grad prelu prelu_grad_input prelu_grad_weight relu relu_grad threshold threshold_grad"
    ),
    "layers.sigmoids": "logsigmoid logsigmoid_grad sigmoid sigmoid_grad softsign softsign_grad tanh tanh_grad",
    "layers.softmax": "hardmax log_softmax log_softmax_grad softmax softmax_grad",
    "poolings.adaptive": "adaptive_avg_pool adaptive_avg_pool_grad adaptive_max_pool adaptive_max_pool_grad",
    "poolings.average": "avg_pool avg_pool_grad",
    "poolings.fractional": "fractional_max_pool fractional_max_pool_grad",
    "poolings.lp": "lp_pool lp_pool_grad",
    "poolings.max": "max_pool max_pool_grad",
    "poolings.unpool": "max_unpool max_unpool_grad",
    "poolings.whole": (
        "global_avg_pool global_avg_pool_grad global_lp_pool global_lp_pool_grad global_max_pool global_max_pool_grad"
    ),
    "reasoning.count_formulas": "conv_multiplications_formula conv_parameters_formula linear_parameters_formula",
    "reasoning.counts": (
        "conv_multiplications conv_parameters conv_transpose_multiplications embedding_parameters flops "
        "linear_multiplications linear_parameters norm_parameters"
    ),
    "reasoning.design": "conv_designs conv_transpose_designs",
    "reasoning.entry_moments": "EntryMoments conv_grad_input_terms conv_grad_weight_terms entry_moments",
    "reasoning.equivariance": "EquivarianceGap equivariance_gap invariance_gap",
    "reasoning.expression_text": "as_latex as_text",
    "reasoning.expressions": "Expression symbol",
    "reasoning.graphs": "Node graph_receptive_fields",
    "reasoning.kernel_layers": "KernelLayer TransposedLayer",
    "reasoning.matrices": "conv_matrix",
    "reasoning.memory": "ActivationMemory activation_memory parameter_memory",
    "reasoning.moments": (
        "Independent Moments bias_gradient_moments independent input_gradient_moments output_moments "
        "sum_of_products weight_gradient_moments"
    ),
    "reasoning.node_fields": "NodeField",
    "reasoning.operations": (
        "Convention Operations conv_operations conv_transpose_operations linear_operations norm_operations"
    ),
    "reasoning.receptive_fields": "ReceptiveField receptive_field receptive_fields",
    "reasoning.recovery": "RecoveredFilter RecoveredLayer recover_filter recover_layer",
    "reasoning.simplifying": "divided minimum root",
    "reasoning.size_formulas": (
        "conv_shape_formula conv_size_formula conv_transpose_shape_formula conv_transpose_size_formula "
        "pool_shape_formula size_formulas"
    ),
    "reasoning.symmetries": "mirrored permuted shifted turned",
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names.split()}

__all__ = sorted(_HOMES)  # noqa: PLE0605 - the names are looked up below


def __dir__() -> list[str]:
    return [*__all__]


def __getattr__(name: str) -> Any:
    """The function or class `name`, imported where it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'grader.engine' has no attribute {name!r}")
    value = getattr(import_module(f"grader.engine.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
