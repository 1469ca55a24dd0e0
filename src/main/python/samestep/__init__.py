"""The same training step in every framework.

Describes live optimizers, compares and translates training configurations, and verifies that two updates are the same.
No framework is imported that the caller has not imported. The program behind it is in Java; the wheel brings it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, List

if TYPE_CHECKING:
    from samestep._describe import describe as describe
    from samestep._description import Description as Description
    from samestep._description import Note as Note

# The command line imports this package first, and needs none of it.
_HOME = {
    "Description": "_description",
    "Note": "_description",
    "describe": "_describe",
}

__all__ = ["Description", "Note", "describe"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'samestep' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"samestep.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
