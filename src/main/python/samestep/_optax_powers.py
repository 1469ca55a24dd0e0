"""What the last digits of powers do to weights: XLA's powers are not correctly rounded, and corrections of means subtract them."""

from __future__ import annotations

import sys
from typing import Any, Callable

# Functions that stand in a traced function with a body of their own.
_CALLS = ("jit", "pjit", "closed_call", "core_call", "custom_jvp_call", "custom_vjp_call")


def powers_of_one(function: Callable[..., Any], *given: Any) -> int:
    """How many powers of one number by one number a function of JAX computes.

    Args:
        function: what is traced.
        given: its arguments.

    Returns:
        Their number; each has its place, in the order in which they are computed.
    """
    jax: Any = sys.modules["jax"]
    return _count(jax.make_jaxpr(function)(*given).jaxpr)


def with_power_off(function: Callable[..., Any], place: int, by: float) -> Callable[..., Any]:
    """The same function, one of whose powers is off.

    Args:
        function: what JAX can trace.
        place: the place of the power.
        by: the error, relative to the power.

    Returns:
        A function of the same arguments.
    """
    jax: Any = sys.modules["jax"]

    def changed(*given: Any) -> Any:
        traced, shape = jax.make_jaxpr(function, return_shape=True)(*given)
        result, _ = _run(traced.jaxpr, traced.consts, jax.tree.leaves(given), place, by)
        return jax.tree.unflatten(jax.tree.structure(shape), result)

    return changed


def _is_power(step: Any) -> bool:
    return bool(step.primitive.name == "pow" and step.outvars[0].aval.ndim == 0)


def _body(step: Any) -> Any:
    return step.params.get("jaxpr", step.params.get("call_jaxpr")) if step.primitive.name in _CALLS else None


def _count(traced: Any) -> int:
    bodies = [_body(step) for step in traced.eqns]
    inner = sum(_count(getattr(body, "jaxpr", body)) for body in bodies if body is not None)
    return inner + sum(map(_is_power, traced.eqns))


def _run(traced: Any, constants: Any, given: Any, place: int, by: float) -> tuple[list[Any], int]:
    """What it computes, and the place of the wanted power among those that are left."""
    known = {**dict(zip(traced.constvars, constants)), **dict(zip(traced.invars, given))}

    def value(variable: Any) -> Any:
        return variable.val if hasattr(variable, "val") else known[variable]

    for step in traced.eqns:
        values = [value(v) for v in step.invars]
        body = _body(step)
        if body is not None:
            made, place = _run(getattr(body, "jaxpr", body), getattr(body, "consts", ()), values, place, by)
        else:
            bound = step.primitive.get_bind_params(step.params)
            # JAX before 0.8 gives functions beside the parameters.
            functions, parameters = bound if isinstance(bound, tuple) else ((), bound)
            found = step.primitive.bind(*functions, *values, **parameters)
            made = list(found) if step.primitive.multiple_results else [found]
        if _is_power(step):
            made = [made[0] * (1 + by)] if place == 0 else made
            place -= 1
        known.update(zip(step.outvars, made))
    return [value(v) for v in traced.outvars], place
