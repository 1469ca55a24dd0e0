"""What the functions give: the program's answers with types, which print as text and as tables in a notebook."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Finding:
    """Something that the program noticed.

    Attributes:
        code: its stable code, such as ``SS101``; ``samestep.explain("SS101")`` says more.
        severity: ``error``, ``warning`` or ``note``.
        message: one sentence.
        file: the file's name; empty where it is about none.
        line: from 1; 0 where there is none.
        column: from 1; 0 where there is none.
        details: further lines.
    """

    code: str
    severity: str
    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: " if self.file else ""
        return f"{place}{self.severity}: {self.message} [{self.code}]"


@dataclass(frozen=True)
class Row:
    """A value, or a setting, of both sides.

    Attributes:
        name: what it is.
        source: what the first side has, in words.
        target: what the second side has.
        same: whether they are the same; None where one side does not say.
        parameters: the parameters it is of; empty for all.
    """

    name: str
    source: str
    target: str
    same: bool | None
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trait:
    """Something in which two updates differ, found by testing.

    Attributes:
        name: such as ``momentum`` or ``decoupled decay``.
        source: what the first side has; ``-`` for nothing.
        target: what the second side has.
    """

    name: str
    source: str
    target: str

    def __str__(self) -> str:
        return f"{self.name} ({self.source} | {self.target})"


@dataclass(frozen=True)
class Difference:
    """Parameters whose updates are not the same, and why.

    Attributes:
        parameters: their names.
        traits: what differs; setting all of them on one side makes both the same.
        conditions: under what they are the same, such as a constant rate.
    """

    parameters: tuple[str, ...]
    traits: tuple[Trait, ...]
    conditions: tuple[str, ...] = ()

    def __str__(self) -> str:
        why = ", ".join(map(str, self.traits)) or "the update"
        return f"{', '.join(self.parameters[:4])}{' ...' if len(self.parameters) > 4 else ''}: {why}"


@dataclass(frozen=True)
class Comparison:
    """Whether two configurations are the same training.

    Attributes:
        source: the first configuration's name.
        target: the second's.
        same: whether update and settings are proven to be the same.
        proven: whether the updates are.
        kind: the verdict in words; ``not compared`` where one of them could not be read.
        rows: the values of both.
        settings: what is trained beside the update, on both sides.
        differences: the parameters whose updates differ, and why.
        alone: parameters that only the first has.
        alone_in_target: parameters that only the second has.
        findings: what was noticed while reading.
        message: what the program printed beside.
    """

    source: str
    target: str
    same: bool
    proven: bool
    kind: str
    rows: tuple[Row, ...] = ()
    settings: tuple[Row, ...] = ()
    differences: tuple[Difference, ...] = ()
    alone: tuple[str, ...] = ()
    alone_in_target: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    message: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return self.same

    def __str__(self) -> str:
        lines = [f"{self.source} | {self.target}: {'the same training' if self.same else self.kind}"]
        lines += [f"  {d}" for d in self.differences]
        lines += [_line(r) for r in (*self.rows, *self.settings) if r.same is False]
        for names, where in ((self.alone, self.source), (self.alone_in_target, self.target)):
            if names:
                lines.append(f"  only in {where}: {', '.join(names)}")
        lines += [f"  {f}" for f in self.findings if f.severity != "note"]
        if self.kind == "not compared":
            lines.append(self.message.rstrip())
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = [*self.rows, *self.settings]
        cells = [(r.name, r.source, r.target, "" if r.same is None else "=" if r.same else "differs") for r in rows]
        title = str(self).replace("\n", "<br>") if not rows else html.escape(str(self).split("\n", 1)[0])
        parts = [f"<p>{title}</p>", table(("", self.source, self.target, ""), cells)]
        parts += [f"<p>{html.escape(str(d))}</p>" for d in self.differences]
        return "".join(parts)


def _line(row: Row) -> str:
    of = f" of {', '.join(row.parameters[:3])}{' ...' if len(row.parameters) > 3 else ''}" if row.parameters else ""
    return f"  {row.name}{of}: {row.source} | {row.target}"


@dataclass(frozen=True)
class Translation:
    """A configuration for another framework.

    Attributes:
        text: the configuration; empty where none could be written.
        proven: whether it is proven to be the same.
        kind: the verdict in words.
        message: findings and the result, as the program prints them.
    """

    text: str
    proven: bool
    kind: str
    message: str = ""

    def __bool__(self) -> bool:
        return self.proven

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(self.text)}</pre><p>{html.escape(self.message)}</p>"


@dataclass(frozen=True)
class Explanation:
    """What a configuration means.

    Attributes:
        text: the update as equations with its numbers, the rates, every parameter.
        readable: whether it could be read.
        message: findings, as the program prints them.
    """

    text: str
    readable: bool
    message: str = ""

    def __bool__(self) -> bool:
        return self.readable

    def __str__(self) -> str:
        return self.text or self.message

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(str(self))}</pre>"


@dataclass(frozen=True)
class Check:
    """What the rules find in files.

    Attributes:
        files: how many configurations were read.
        findings: what was found.
        message: what the program printed beside.
    """

    files: int
    findings: tuple[Finding, ...]
    message: str = ""

    def __str__(self) -> str:
        return "\n".join([*map(str, self.findings), f"{self.files} files, {len(self.findings)} findings"])

    def _repr_html_(self) -> str:
        return table(
            ("", "code", "", "place"),
            [(f.severity, f.code, f.message, f"{f.file}:{f.line}" if f.file else "") for f in self.findings],
        )


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """An HTML table; everything in it is escaped."""
    first = "".join(f"<th>{html.escape(str(cell))}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(str(c))}</td>" for c in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{first}</tr></thead><tbody>{body}</tbody></table>"
