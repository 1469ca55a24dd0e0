"""The description of a live training: what ``describe`` gives, and every other function takes."""

from __future__ import annotations

import html
import json
import os
from dataclasses import dataclass
from typing import Any

VERSION = "live/1"
_SHOWN = 4


@dataclass(frozen=True)
class Note:
    """What was noticed about a live training.

    Attributes:
        severity: ``error``, ``warning`` or ``note``.
        kind: a short name that does not change, such as ``parameters-of-another-model``.
        message: one sentence.
        parameters: the names it is about.
    """

    severity: str
    kind: str
    message: str
    parameters: tuple[str, ...] = ()

    def __str__(self) -> str:
        shown = ", ".join(self.parameters[:_SHOWN])
        more = len(self.parameters) - _SHOWN
        names = f": {shown}" + (f" and {more} more" if more > 0 else "") if shown else ""
        return f"{self.severity}: {self.message}{names} [{self.kind}]"


@dataclass(frozen=True)
class Description:
    """What a live optimizer does, as data.

    Attributes:
        data: the JSON document (schema: ``docs/schemas/live-1.json``).
        notes: what was noticed while describing.
    """

    data: dict[str, Any]
    notes: tuple[Note, ...] = ()

    @property
    def framework(self) -> str:
        """``pytorch`` or ``keras``."""
        return str(self.data["framework"])

    @property
    def parameters(self) -> list[dict[str, Any]]:
        """Every parameter: name, shape, role, group, whether it is trained."""
        return list(self.data["parameters"])

    def json(self) -> str:
        """The document as text."""
        return json.dumps(self.data, indent=1, ensure_ascii=False, allow_nan=False) + "\n"

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the document into a file.

        Args:
            path: the file; it is replaced if it exists.
        """
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.json())

    @property
    def name(self) -> str:
        """The optimizer's class."""
        optimizer = self.data["optimizer"]
        return str(optimizer.get("class_path") or optimizer.get("class_name")).rsplit(".", 1)[-1]

    def __str__(self) -> str:
        trained = sum(1 for p in self.parameters if p["trained"])
        lines = [f"{self.name}: {len(self.parameters)} parameters, {trained} trained"]
        return "\n".join([*lines, *map(str, self.notes)])

    def _repr_html_(self) -> str:
        cells = "".join(
            "<tr>" + "".join(f"<td>{html.escape(str(p.get(key, '')))}</td>" for key in _COLUMNS) + "</tr>"
            for p in self.parameters
        )
        head = "".join(f"<th>{key}</th>" for key in _COLUMNS)
        title = html.escape(str(self)).replace("\n", "<br>")
        return f"<p>{title}</p><table><thead><tr>{head}</tr></thead><tbody>{cells}</tbody></table>"


_COLUMNS = ("name", "shape", "role", "group", "trained")


def libraries(*names: str) -> dict[str, str]:
    """The versions of this package, Python, and libraries that are imported already.

    Args:
        names: the libraries' import names.

    Returns:
        Versions by name. Nothing is imported.
    """
    import platform
    import sys

    found = {"python": platform.python_version()}
    for name in names:
        version = getattr(sys.modules.get(name), "__version__", None)
        if version is not None:
            found[name] = str(version)
    return found
