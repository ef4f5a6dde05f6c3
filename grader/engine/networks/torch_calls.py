"""PyTorch's functions as operations: which one a call is, on which tensors, with which of them as weights.

Each reader below has the arguments of the function in ``torch`` or ``torch.nn.functional`` that it is named after, so
that Python itself sorts out which is which. Nothing here imports PyTorch: tensors are looked at by their shape alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from inspect import signature
from typing import Any, TypeAlias

from grader.engine.networks.calls import Call
from grader.engine.networks.operations.convolving import Conv, ConvTranspose
from grader.engine.networks.operations.dense import Linear
from grader.engine.networks.operations.joining import Add, Concat, Multiply
from grader.engine.networks.operations.norms import BatchNorm, GroupNorm, InstanceNorm, LayerNorm
from grader.engine.networks.operations.operation import Join
from grader.engine.networks.operations.pointwise import FUNCTIONS, Pointwise, PReLU
from grader.engine.networks.operations.pooling import AdaptivePool, GlobalPool, Pool, Pooled
from grader.engine.networks.operations.reshaping import Flatten, Pad, Reshape, Upsample
from grader.errors import EngineError

Tensor: TypeAlias = Any


def read_call(name: str, args: Sequence[Any], kwargs: Mapping[str, Any], result: Tensor) -> Call | None:
    """What the call of the function `name` does; None where it hands on its tensor as it is.

    Args:
        name: the function's name, without the underscores of methods that work in place.
        args: as PyTorch was called.
        kwargs: as PyTorch was called.
        result: the tensor that it gave.

    Raises:
        EngineError: the function is not among those known, or its arguments are none that a layer can have.
    """
    if name in _UNCHANGED:
        return None
    if name in _RESHAPING:
        return _reshaped(args[0] if args else kwargs["input"], result)
    plain = name.rstrip("d").rstrip("123") if name[-2:] in {"1d", "2d", "3d"} else name
    if plain in _POINTWISE:
        return Call(Pointwise(_POINTWISE[plain]), (args[0] if args else kwargs["input"],))
    if plain not in _READERS:
        raise EngineError(f"there is no layer for the function {name}")
    reader = _READERS[plain]
    try:
        given = signature(reader).bind(*args, **kwargs)
    except TypeError as error:
        raise EngineError(f"{name}: {error}") from None
    return reader(*given.args, **given.kwargs)


def _conv(
    input: Tensor,  # noqa: A002 - PyTorch's name for it, as in all that follow
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Call:
    kernel, channels = tuple(weight.shape[2:]), weight.shape[1] * groups
    has_bias = bias is not None
    operation = Conv(weight.shape[0], kernel, stride, padding, dilation, groups, has_bias, channels)
    return Call(operation, (input,), {"weight": weight, "bias": bias})


def _conv_transpose(
    input: Tensor,  # noqa: A002
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    groups: int = 1,
    dilation: Any = 1,
) -> Call:
    filters, kernel, has_bias = weight.shape[1] * groups, tuple(weight.shape[2:]), bias is not None
    operation = ConvTranspose(
        filters, kernel, stride, padding, dilation, groups, has_bias, weight.shape[0], output_padding
    )
    return Call(operation, (input,), {"weight": weight, "bias": bias})


def _linear(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Call:  # noqa: A002
    outputs, inputs = weight.shape
    return Call(Linear(outputs, bias is not None, inputs), (input,), {"weight": weight, "bias": bias})


def _affine(name: str, weight: Tensor | None, bias: Tensor | None) -> bool:
    if (weight is None) != (bias is None):
        raise EngineError(f"{name}: found a scale without a shift, or a shift without a scale")
    return weight is not None


def _batch_norm(
    input: Tensor,  # noqa: A002
    running_mean: Tensor | None,  # noqa: ARG001
    running_var: Tensor | None,  # noqa: ARG001
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    *_: object,
    **__: object,
) -> Call:
    return Call(BatchNorm(_affine("batch_norm", weight, bias)), (input,), {"weight": weight, "bias": bias})


def _instance_norm(
    input: Tensor,  # noqa: A002
    running_mean: Tensor | None = None,  # noqa: ARG001
    running_var: Tensor | None = None,  # noqa: ARG001
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    *_: object,
    **__: object,
) -> Call:
    return Call(InstanceNorm(_affine("instance_norm", weight, bias)), (input,), {"weight": weight, "bias": bias})


def _group_norm(
    input: Tensor,  # noqa: A002
    num_groups: int,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    *_: object,
    **__: object,
) -> Call:
    operation = GroupNorm(num_groups, _affine("group_norm", weight, bias))
    return Call(operation, (input,), {"weight": weight, "bias": bias})


def _layer_norm(
    input: Tensor,  # noqa: A002
    normalized_shape: Sequence[int],
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    *_: object,
    **__: object,
) -> Call:
    operation = LayerNorm(tuple(normalized_shape), weight is not None, bias is not None)
    return Call(operation, (input,), {"weight": weight, "bias": bias})


def _prelu(input: Tensor, weight: Tensor) -> Call:  # noqa: A002
    return Call(PReLU(weight.shape[0]), (input,), {"weight": weight})


def _max_pool(
    input: Tensor,  # noqa: A002
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    **_: object,
) -> Call:
    return Call(Pool(kernel_size, stride or None, padding, dilation, ceil_mode), (input,))


def _avg_pool(
    input: Tensor,  # noqa: A002
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    *_: object,
    **__: object,
) -> Call:
    return Call(Pool(kernel_size, stride or None, padding, ceil_mode=ceil_mode, function="avg"), (input,))


def _lp_pool(
    input: Tensor,  # noqa: A002
    norm_type: float,  # noqa: ARG001
    kernel_size: Any,
    stride: Any = None,
    ceil_mode: bool = False,
) -> Call:
    return Call(Pool(kernel_size, stride or None, ceil_mode=ceil_mode, function="lp"), (input,))


def _adaptive(function: Pooled) -> Callable[..., Call]:
    def read(input: Tensor, output_size: Any, *_: object, **__: object) -> Call:  # noqa: A002
        return Call(AdaptivePool(output_size, function), (input,))

    return read


def _global(function: Pooled) -> Callable[..., Call]:
    def read(input: Tensor, dim: Any = None, keepdim: bool = False, **_: object) -> Call:  # noqa: A002
        axes = input.ndim
        asked = dim if isinstance(dim, Sequence) else (dim,)
        if dim is None or sorted(axis % axes for axis in asked) != list(range(2, axes)):
            raise EngineError(f"a mean or maximum over the axes {dim} is no pooling of all spatial axes")
        return Call(GlobalPool(function, keepdim), (input,))

    return read


def _cat(tensors: Sequence[Tensor], dim: int = 0) -> Call:
    axis = dim % tensors[0].ndim
    if axis == 0:
        raise EngineError("cat: joins images of the batch, which no layer does")
    return Call(Concat(axis - 1), tuple(tensors))


def _entrywise(join: type[Join], constant: str) -> Callable[..., Call]:
    def read(input: Tensor, other: Any, **_: object) -> Call:  # noqa: A002
        parts = [part for part in (input, other) if hasattr(part, "shape")]
        return Call(join(), tuple(parts)) if len(parts) > 1 else Call(Pointwise(constant), tuple(parts))

    return read


def _divided(input: Tensor, other: float, **_: object) -> Call:  # noqa: A002
    if hasattr(other, "shape"):
        raise EngineError("a division by a tensor is no layer")
    return Call(Pointwise("scale"), (input,))


def _interpolate(
    input: Tensor,  # noqa: A002
    size: Any = None,
    scale_factor: Any = None,
    mode: str = "nearest",
    *_: object,
    **__: object,
) -> Call:
    return Call(Upsample(size, scale_factor, mode), (input,))


def _pad(input: Tensor, pad: Sequence[int], *_: object, **__: object) -> Call:  # noqa: A002
    pairs = list(zip(pad[::2], pad[1::2], strict=True))[::-1]  # PyTorch begins with the last axis
    axes = input.ndim - 2
    if any(any(pair) for pair in pairs[: len(pairs) - axes]):
        raise EngineError(f"pad: adds channels or images, got {tuple(pad)} for input of rank {input.ndim}")
    return Call(Pad(((0, 0),) * (axes - len(pairs)) + tuple(pairs[max(len(pairs) - axes, 0) :])), (input,))


def _getitem(input: Tensor, key: Any) -> Call:  # noqa: A002
    keys = key if isinstance(key, tuple) else (key,)
    if Ellipsis in keys or not all(isinstance(part, slice) and part.step in {None, 1} for part in keys):
        raise EngineError(f"a tensor is cut by {key}; only ranges of the spatial axes are read")
    cuts = [part.indices(extent)[:2] for part, extent in zip(keys, input.shape, strict=False)]
    trimmed = [(-start, stop - extent) for (start, stop), extent in zip(cuts, input.shape, strict=False)]
    if any(any(pair) for pair in trimmed[:2]):
        raise EngineError(f"a tensor is cut by {key}; only ranges of the spatial axes are read")
    rest = ((0, 0),) * (input.ndim - len(keys))
    return Call(Pad((*trimmed[2:], *rest)[: input.ndim - 2]), (input,))


def _reshaped(before: Tensor, result: Tensor) -> Call:
    if result.ndim < 2 or result.shape[0] != before.shape[0]:
        raise EngineError(
            f"a reshaping of {tuple(before.shape)} to {tuple(result.shape)} mixes images of a batch of "
            f"{before.shape[0]}; keep the first axis"
        )
    dims = tuple(result.shape[1:])
    return Call(Flatten() if len(dims) == 1 else Reshape(dims), (before,))


_UNCHANGED = frozenset("clone contiguous detach float requires_grad to".split())
_RESHAPING = frozenset("flatten reshape squeeze unflatten unsqueeze view".split())
_POINTWISE = {
    **{name: name for name in FUNCTIONS - {"identity", "scale", "shift"}},
    **dict.fromkeys(("alpha_dropout", "feature_alpha_dropout"), "dropout"),
    "clamp": "clip",
}
_READERS: dict[str, Callable[..., Call]] = {
    "conv": _conv,
    "conv_transpose": _conv_transpose,
    "linear": _linear,
    "batch_norm": _batch_norm,
    "instance_norm": _instance_norm,
    "group_norm": _group_norm,
    "layer_norm": _layer_norm,
    "prelu": _prelu,
    "max_pool": _max_pool,
    "avg_pool": _avg_pool,
    "lp_pool": _lp_pool,
    "adaptive_avg_pool": _adaptive("avg"),
    "adaptive_max_pool": _adaptive("max"),
    "mean": _global("avg"),
    "amax": _global("max"),
    **dict.fromkeys(("div", "truediv", "true_divide", "itruediv"), _divided),
    "interpolate": _interpolate,
    "upsample": _interpolate,
    "pad": _pad,
    "getitem": _getitem,
    **dict.fromkeys(("cat", "concat", "concatenate"), _cat),
    **dict.fromkeys(("add", "iadd", "radd"), _entrywise(Add, "shift")),
    **dict.fromkeys(("sub", "isub", "rsub"), _entrywise(Add, "shift")),
    **dict.fromkeys(("mul", "imul", "rmul", "multiply"), _entrywise(Multiply, "scale")),
}
