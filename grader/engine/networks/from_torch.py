"""A network out of a PyTorch module, by watching its forward pass on tensors without data.

Every function that is called on the input or on what comes of it becomes a layer, so branches are followed wherever
they go and whether they are modules or plain code. Parameters and input are on PyTorch's meta device: nothing is
computed, and the module's own arrays are not touched. PyTorch is imported here alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from grader.engine.geometry.sizes import Shape, shape
from grader.engine.networks.calls import Call
from grader.engine.networks.network import INPUT, Layer, Network
from grader.engine.networks.operations.operation import Dims
from grader.engine.networks.torch_calls import read_call
from grader.errors import EngineError

_OP = "network_from_torch"
_IMAGES = 2
"""Two images go through, so that a reshaping that mixes them shows itself."""


def network_from_torch(module: Any, input_shape: Shape) -> Network:
    """The layers that `module` runs an image through in evaluation mode.

    Layers are named after the modules that call them, ``layer1.0.conv1``; a function called beside them, as the sum
    of a residual block, is ``layer1.0.add``; the second call of either ends in ``@2``. Weights used twice are counted
    once. Parameters that the forward pass does not reach (auxiliary heads in evaluation mode) are not there.

    Args:
        module: a ``torch.nn.Module`` whose forward takes one tensor.
        input_shape: of one image, (channels, *size), without the batch.

    Raises:
        EngineError: PyTorch is not installed, the forward pass fails or calls a function that is no layer, or a
            parameter is used in another way than as a layer's weight; the message names the module.
    """
    try:
        torch = import_module("torch")
    except ImportError:
        raise EngineError(f"{_OP}: needs PyTorch; install it with the extra `torch`") from None
    if not isinstance(module, torch.nn.Module):
        raise EngineError(f"{_OP}: expected a torch.nn.Module, got {type(module).__name__}")
    extents = shape(_OP, "input_shape", input_shape)
    recorder = _Recorder(torch, module)
    with _evaluating(module), _scopes(module, recorder), torch.no_grad():
        _run(torch, module, extents, recorder)
    network = Network(extents, tuple(recorder.layers))
    for layer, ours, theirs in zip(network.layers, network.shapes, recorder.shapes, strict=True):
        if ours != theirs:
            raise EngineError(f"{_OP}: layer {layer.name!r}: gives shape {ours}, and {theirs} in PyTorch")
    return network


def _run(torch: Any, module: Any, extents: Dims, recorder: _Recorder) -> None:
    kind = next((value.dtype for value in module.parameters()), None)

    def watched(_mode: Any, function: Any, _types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return recorder.called(function, args, kwargs or {})

    mode = type("Mode", (torch.overrides.TorchFunctionMode,), {"__torch_function__": watched})
    try:
        own = (*module.named_parameters(), *module.named_buffers())
        arrays = {name: torch.empty_like(value, device="meta") for name, value in own}
        image = torch.empty((_IMAGES, *extents), dtype=kind, device="meta")
        recorder.start(arrays, image)
        with mode():
            torch.func.functional_call(module, arrays, (image,))
    except EngineError:
        raise
    except Exception as error:  # a module's code may raise anything
        said = (str(error) or type(error).__name__).splitlines()[0]
        raise EngineError(f"{_OP}: the module cannot take {_IMAGES} images of shape {extents}: {said}") from error


class _Recorder:
    """What has been called so far."""

    def __init__(self, torch: Any, module: Any) -> None:
        self.layers: list[Layer] = []
        self.shapes: list[Dims] = []
        self.scopes: list[tuple[str, Any]] = []
        """The modules that are running, outermost first, with their names."""
        self._tensor = torch.Tensor
        self._own = {**dict(module.named_parameters()), **dict(module.named_buffers())}
        self._learned = {id(value) for value in module.parameters()}
        self._given: dict[int, Any] = {}
        """The module's own parameters and buffers, by the id of what stands for them."""
        self._origins: dict[int, str] = {}
        """Which layer made a tensor, by its id."""
        self._kept: list[Any] = []
        """All tensors, so that no id is given twice."""
        self._used: set[int] = set()

    def start(self, arrays: Mapping[str, Any], image: Any) -> None:
        """The forward pass begins with `image`, and with `arrays` in the place of the module's."""
        self._given = {id(arrays[name]): value for name, value in self._own.items()}
        self._kept += [*arrays.values(), image]
        self._origins[id(image)] = INPUT

    def called(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Runs `function` as the module does, and keeps what it was."""
        before = [self._origins.get(id(value)) for value in _flat((*args, *kwargs.values()))]
        result = function(*args, **kwargs)
        first = result[0] if isinstance(result, tuple | list) and result else result
        if any(before) and isinstance(first, self._tensor):
            self._record(function.__name__.strip("_"), args, kwargs, first)
        return result

    def _record(self, function: str, args: Any, kwargs: Any, result: Any) -> None:
        path, running = self.scopes[-1] if self.scopes else ("", None)
        try:
            call = read_call(function, args, kwargs, result)
            inputs = self._inputs(call, (*args, *kwargs.values())) if call else ()
        except EngineError as error:
            raise EngineError(f"{_OP}: in {path or 'the module'!r}: {error}") from None
        self._kept.append(result)
        if call is None:
            self._origins[id(result)] = self._origins[id(next(_flat(args)))]
            return
        name = self._name(path, running, function, call)
        self.layers.append(self._layer(name, call, inputs))
        self.shapes.append(tuple(result.shape[1:]))
        self._origins[id(result)] = name

    def _inputs(self, call: Call, arguments: Sequence[Any]) -> tuple[str, ...]:
        """The layers that a call takes; of all that it was given, no tensor and no parameter may be left over."""
        label, read = call.operation.label, {id(tensor) for tensor in (*call.inputs, *call.weights.values())}
        for tensor in call.inputs:
            if id(tensor) not in self._origins:
                what = "a parameter or buffer" if id(tensor) in self._given else "a tensor that no layer made,"
                raise EngineError(f"{label} takes {what} of shape {tuple(tensor.shape)} as its input")
        for value in _flat(arguments):
            learned = id(self._given.get(id(value))) in self._learned
            if (learned or id(value) in self._origins) and id(value) not in read:
                raise EngineError(f"{label} takes a tensor more, of shape {tuple(value.shape)}")
        return tuple(self._origins[id(tensor)] for tensor in call.inputs)

    def _name(self, path: str, running: Any, function: str, call: Call) -> str:
        """The module's where it is the module's own work, else the function's within it."""
        is_leaf = running is not None and not any(True for _ in running.children())
        is_own = is_leaf and (bool(call.weights) or not any(True for _ in running.parameters()))
        base = path if is_own and path else f"{path}.{function}".lstrip(".")
        taken = {INPUT, *(layer.name for layer in self.layers)}
        count = 1
        while (name := base if count == 1 else f"{base}@{count}") in taken:
            count += 1
        return name

    def _layer(self, name: str, call: Call, inputs: tuple[str, ...]) -> Layer:
        weights = {key: tensor for key, tensor in call.weights.items() if tensor is not None}
        for key, tensor in weights.items():
            if id(tensor) not in self._given:
                raise EngineError(f"{_OP}: layer {name!r}: its {key} is computed, not a parameter of the module")
        own = {key: self._given[id(tensor)] for key, tensor in weights.items()}
        constant = {key for key, value in own.items() if id(value) not in self._learned}
        uncounted = tuple(key for key, tensor in weights.items() if key in constant or id(tensor) in self._used)
        frozen = tuple(key for key, value in own.items() if not value.requires_grad)
        self._used |= {id(tensor) for tensor in weights.values()}
        return Layer(name, call.operation, inputs, frozen, uncounted)


def _flat(values: Sequence[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, tuple | list):
            yield from value
        else:
            yield value


@contextmanager
def _evaluating(module: Any) -> Iterator[None]:
    """In evaluation mode, and then as it was."""
    were = [(part, part.training) for part in module.modules()]
    module.eval()
    try:
        yield
    finally:
        for part, training in were:
            part.training = training


@contextmanager
def _scopes(module: Any, recorder: _Recorder) -> Iterator[None]:
    """Keeps `recorder` told which modules are running."""
    hooks = []
    for name, part in module.named_modules():
        hooks.append(part.register_forward_pre_hook(_entering(recorder, name)))
        hooks.append(part.register_forward_hook(_leaving(recorder)))
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()


def _entering(recorder: _Recorder, name: str) -> Any:
    def enter(part: Any, _inputs: Any) -> None:
        recorder.scopes.append((name, part))

    return enter


def _leaving(recorder: _Recorder) -> Any:
    def leave(*_: Any) -> None:
        recorder.scopes.pop()

    return leave
