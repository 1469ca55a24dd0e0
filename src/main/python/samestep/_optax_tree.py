"""Trees of parameters in JAX: what each leaf is called and is for, and what a mask says of each kind of parameter."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import Any, Callable

# What a recipe of Optax has, in the program: every parameter of a kind.
ROLES = ("kernel", "bias", "gamma", "beta")


@dataclass(frozen=True)
class Leaf:
    """A parameter.

    Attributes:
        name: its path in the tree.
        layer: the path without its own name.
        role: what it is for.
        shape: its shape.
        dtype: its number format.
    """

    name: str
    layer: str
    role: str
    shape: tuple[int, ...]
    dtype: str

    @property
    def is_described(self) -> bool:
        """Whether a recipe says what happens to such a parameter."""
        return self.role in ROLES

    def row(self) -> dict[str, Any]:
        """As a description has it."""
        return {
            "name": self.name,
            "shape": list(self.shape),
            "dtype": self.dtype,
            "role": self.role,
            "group": 0,
            "trained": True,
        }


def leaves(tree: Any) -> list[Leaf]:
    """The parameters of a tree, in its order."""
    jax: Any = sys.modules["jax"]
    found = [(_names(path), leaf) for path, leaf in jax.tree_util.tree_flatten_with_path(tree)[0]]
    layers: dict[tuple[str, ...], set[str]] = {}
    for names, _ in found:
        layers.setdefault(names[:-1], set()).add(names[-1] if names else "")
    made = []
    for names, leaf in found:
        shape = tuple(int(n) for n in getattr(leaf, "shape", ()))
        own = names[-1] if names else "parameter"
        role = _role(own, layers[names[:-1]], shape)
        made.append(
            Leaf("/".join(names) or own, "/".join(names[:-1]), role, shape, str(getattr(leaf, "dtype", "float")))
        )
    return made


def _names(path: Any) -> tuple[str, ...]:
    names = []
    for key in path:
        name = next((getattr(key, a) for a in ("key", "name", "idx") if hasattr(key, a)), key)
        # What a module of NNX has in a variable.
        if str(name) != "value":
            names.append(str(name))
    return tuple(names)


def _role(own: str, layer: set[str], shape: tuple[int, ...]) -> str:
    name = own.lower()
    if "embed" in name:
        return "embeddings"
    if name in ("scale", "gamma"):
        return "gamma"
    if name in ("beta", "offset") or (name == "bias" and layer & {"scale", "gamma"}):
        return "beta"
    if len(shape) > 1:
        return "kernel"
    return "bias" if re.fullmatch(r"b|bias|b\d+|bias\d+", name) else "parameter"


def of_roles(mask: Any, tree: Any, found: list[Leaf], kind: Callable[[Any], Any]) -> dict[str, Any]:
    """What a mask says of each kind of parameter.

    Args:
        mask: a tree, or the beginning of one.
        tree: the parameters.
        found: its leaves.
        kind: what the mask's values are.

    Returns:
        A value for each kind; of a kind that the tree does not have, that of the biases or kernels.

    Raises:
        ValueError: it says of one parameter what it does not say of another of its kind.
    """
    jax: Any = sys.modules["jax"]
    whole = jax.tree.map(lambda m, part: jax.tree.map(lambda _: m, part), mask, tree)
    said: dict[str, dict[Any, str]] = {}
    for leaf, value in zip(found, jax.tree.leaves(whole)):
        said.setdefault(leaf.role, {}).setdefault(kind(value), leaf.name)
    for role, values in said.items():
        if role in ROLES and len(values) > 1:
            names = " and ".join(values.values())
            raise ValueError(f"a mask or label differs between parameters of one kind ({role}): {names}")
    known = {role: next(iter(said[role])) for role in ROLES if role in said}
    if not known:
        raise ValueError("a mask or label is of no parameter that is known to be a kernel, bias, scale or offset")
    other = known.get("bias", known.get("kernel", next(iter(known.values()))))
    return {role: known.get(role, other) for role in ROLES}
