"""The commands as functions: one JVM answers them all."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Union

from samestep._describe import describe
from samestep._description import Description
from samestep._pipe import PROGRAM, Answer
from samestep._results import Check, Comparison, Difference, Explanation, Finding, Row, Trait, Translation

# A file's name, a description, or a live object that can be described without more.
Source = Union[str, "os.PathLike[str]", Description, Any]
_DEFECT = 70
_UNUSABLE = 2


class Files:
    """Names of files for the program; descriptions are written into a folder that is removed afterwards."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._names: dict[str, str] = {}

    def name(self, source: Source) -> str:
        """The name under which the program finds a source.

        Raises:
            FileNotFoundError: it is the name of no file.
        """
        if isinstance(source, (str, os.PathLike)):
            path = os.fspath(source)
            if not os.path.exists(path):
                raise FileNotFoundError(path)
            return path
        found = source if isinstance(source, Description) else describe(source)
        path = os.path.join(self._folder, f"{len(self._names)}.json")
        Path(path).write_text(found.json(), encoding="utf-8")
        self._names[path] = f"<live {found.name}>" if not self._names else f"<live {found.name} {len(self._names) + 1}>"
        return path

    def call(self, arguments: list[str], text: str = "") -> Answer:
        """Runs a command; descriptions have names that people know.

        Raises:
            RuntimeError: a defect of the program.
        """
        answer = PROGRAM.call(arguments, text)
        if answer.code == _DEFECT:
            raise RuntimeError(answer.err)
        return Answer(answer.code, self._shown(answer.out), self._shown(answer.err))

    def _shown(self, text: str) -> str:
        for path, name in self._names.items():
            text = text.replace(path, name)
        return text


@contextlib.contextmanager
def files() -> Iterator[Files]:
    """A folder for descriptions, while a call lasts."""
    with tempfile.TemporaryDirectory(prefix="samestep-") as folder:
        yield Files(folder)


def _options(given: Files, **options: Any) -> list[str]:
    arguments: list[str] = []
    for name, value in options.items():
        option = "--" + name.rstrip("_").replace("_", "-")
        if value is True:
            arguments.append(option)
        elif isinstance(value, Mapping):
            for source, target in value.items():
                arguments += [option, f"{source}={target}"]
        elif value is not None and value is not False:
            arguments += [option, given.name(value) if name.endswith("net") else str(value)]
    return arguments


def compare(
    source: Source,
    target: Source,
    *,
    net: Source | None = None,
    other_net: Source | None = None,
    layers: Mapping[str, str] | None = None,
    update_only: bool = False,
    dataset_size: int | None = None,
    updates_per_epoch: int | None = None,
) -> Comparison:
    """Says whether two configurations are the same training.

    Args:
        source: a file, a description, or a live optimizer.
        target: the other one.
        net: the net that the first, a Caffe solver, trains.
        other_net: the net that the second trains.
        layers: layers of the first, and what they are called in the second.
        update_only: the same is what has the same update, whatever the settings are.
        dataset_size: samples in an epoch.
        updates_per_epoch: updates in an epoch.

    Returns:
        The comparison; it is true where both are proven to be the same training.

    Raises:
        FileNotFoundError: a file is not there.
        TypeError: a source is nothing that can be described.
    """
    with files() as given:
        names = [given.name(source), given.name(target)]
        options = _options(
            given,
            net=net,
            other_net=other_net,
            map=layers,
            dataset_size=dataset_size,
            updates_per_epoch=updates_per_epoch,
        )
        answer = given.call(["compare", *names, *options, "--format", "json"])
        shown = [given._shown(name) for name in names]
    if answer.code == _UNUSABLE:
        return Comparison(shown[0], shown[1], False, False, "not compared", message=answer.err)
    return _comparison(json.loads(answer.out), answer.err, update_only)


def _comparison(data: dict[str, Any], message: str, update_only: bool) -> Comparison:
    return Comparison(
        source=data["source"],
        target=data["target"],
        same=data["proven"] if update_only else data["same_training"],
        proven=data["proven"],
        kind=data["kind"],
        rows=tuple(
            Row(r["name"], r["source"]["words"], r["target"]["words"], r["same"], tuple(r["parameters"]))
            for r in data["values"]
        ),
        settings=tuple(_setting(r) for r in data["settings"]),
        differences=tuple(
            Difference(
                tuple(d["parameters"]),
                tuple(Trait(t["name"], t["source"], t["target"]) for t in d["traits"]),
                tuple(c["while"] for c in d["conditions"]),
            )
            for d in data["differences"]
        ),
        alone=tuple(data["only_in_source"]),
        alone_in_target=tuple(data["only_in_target"]),
        findings=tuple(_finding(f) for f in data["findings"]),
        message=message,
    )


def _setting(row: dict[str, Any]) -> Row:
    same = {"same": True, "equal": True, "different": False, "differs": False}.get(row["status"])
    sides = [str(row.get(side, {}).get("words", "-")) for side in ("source", "target")]
    return Row(row["name"], sides[0], sides[1], same, tuple(row["of"]))


def _finding(data: dict[str, Any]) -> Finding:
    return Finding(
        data["code"],
        data["severity"],
        data["message"],
        data.get("file") or "",
        int(data.get("line", 0)),
        int(data.get("column", 0)),
        tuple(data.get("details", ())),
    )


def translate(
    source: Source,
    to: str,
    *,
    as_: str | None = None,
    net: Source | None = None,
    keras_version: str | None = None,
) -> Translation:
    """Translates a configuration.

    Args:
        source: a file, a description, or a live optimizer.
        to: ``keras``, ``pytorch``, ``caffe`` or ``tensorflow``.
        as_: the style, such as ``json`` or ``python``; the framework's first by default.
        net: the net that a Caffe solver trains.
        keras_version: which Keras to write.

    Returns:
        The configuration; it is true where it is proven to be the same.

    Raises:
        FileNotFoundError: a file is not there.
        ValueError: there is no such framework, style or version.
    """
    with files() as given:
        options = _options(given, to=to, as_=as_, net=net, keras_version=keras_version)
        answer = given.call([given.name(source), *options])
    if answer.code == _UNUSABLE and answer.err.startswith("translate: --"):
        raise ValueError(answer.err.strip())
    result = [line for line in answer.err.splitlines() if line.startswith("result: ")]
    kind = result[-1][len("result: ") :] if result else "nothing written"
    return Translation(answer.out, answer.code == 0, kind, answer.err)


def explain(source: Source, *, net: Source | None = None, dataset_size: int | None = None) -> Explanation:
    """Says what a configuration means, or what a finding is about.

    Args:
        source: a file, a description, a live optimizer, or a finding's code such as ``SS101``.
        net: the net that a Caffe solver trains.
        dataset_size: samples in an epoch.

    Returns:
        The explanation.

    Raises:
        FileNotFoundError: a file is not there.
    """
    with files() as given:
        code = isinstance(source, str) and source.upper().startswith("SS") and source[2:].isdigit()
        name = str(source) if code else given.name(source)
        answer = given.call(["explain", name, *_options(given, net=net, dataset_size=dataset_size)])
    return Explanation(answer.out, answer.code == 0, answer.err)


def check(*paths: str | os.PathLike[str]) -> Check:
    """Looks for what is surely wrong in configurations.

    Args:
        paths: files and folders; the current folder by default.

    Returns:
        The findings.

    Raises:
        FileNotFoundError: a path is not there.
    """
    with files() as given:
        names = [given.name(path) for path in paths]
        answer = given.call(["check", *names, "--format", "json"])
    if answer.code == _UNUSABLE and not answer.out:
        return Check(0, (), answer.err)
    data = json.loads(answer.out)
    return Check(int(data["files"]), tuple(_finding(f) for f in data["findings"]), answer.err)


def assert_same_training(source: Source, target: Source, **options: Any) -> Comparison:
    """Fails a test where two configurations are not proven to be the same training.

    Args:
        source: a file, a description, or a live optimizer.
        target: the other one.
        options: those of :func:`compare`.

    Returns:
        The comparison.

    Raises:
        AssertionError: they are not; the message lists what differs.
    """
    __tracebackhide__ = True
    comparison = compare(source, target, **options)
    if not comparison.same:
        raise AssertionError(str(comparison))
    return comparison
