"""The same training step in every framework.

Describes live optimizers, compares and translates training configurations, and verifies that two updates are the same.
No framework is imported that the caller has not imported. The program behind it is in Java; the wheel brings it.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samestep._describe import describe as describe
    from samestep._description import Description as Description
    from samestep._description import Note as Note
    from samestep._functions import assert_same_training as assert_same_training
    from samestep._functions import check as check
    from samestep._functions import compare as compare
    from samestep._functions import explain as explain
    from samestep._functions import translate as translate
    from samestep._results import Check as Check
    from samestep._results import Comparison as Comparison
    from samestep._results import Difference as Difference
    from samestep._results import Explanation as Explanation
    from samestep._results import Finding as Finding
    from samestep._results import Row as Row
    from samestep._results import Trait as Trait
    from samestep._results import Translation as Translation
    from samestep._verify import First as First
    from samestep._verify import Verification as Verification
    from samestep._verify import same as same
    from samestep._verify import verify as verify

# The command line imports this package first, and needs none of it.
_HOME = {
    "Description": "_description",
    "Note": "_description",
    "describe": "_describe",
    **dict.fromkeys(("assert_same_training", "check", "compare", "explain", "translate"), "_functions"),
    **dict.fromkeys(
        ("Check", "Comparison", "Difference", "Explanation", "Finding", "Row", "Trait", "Translation"), "_results"
    ),
    **dict.fromkeys(("First", "Verification", "same", "verify"), "_verify"),
}

__all__ = [
    "Check",
    "Comparison",
    "Description",
    "Difference",
    "Explanation",
    "Finding",
    "First",
    "Note",
    "Row",
    "Trait",
    "Translation",
    "Verification",
    "assert_same_training",
    "check",
    "compare",
    "describe",
    "explain",
    "same",
    "translate",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'samestep' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"samestep.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
