"""Runs descriptions of live objects on the problem of a recording, and says how far the weights are from the recorded ones."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from conftest import ROOT
from samestep._pipe import PROGRAM

GOLDENS = ROOT / "fixtures/goldens"
# The order in which PyTorch and the trainer add up differs.
TOLERANCE = 1e-12


def recordings(*folders: str) -> list[Path]:
    """The recordings in folders of fixtures/goldens."""
    return [file for folder in folders for file in sorted((GOLDENS / folder).glob("*.json"))]


def follows_the_schema(descriptions: Iterable[str]) -> None:
    """Holds descriptions against the published schema."""
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((ROOT / "docs/schemas/live-1.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for description in descriptions:
        validator.validate(json.loads(description))


def distances(descriptions: dict[Path, str], folder: Path) -> dict[str, float | str]:
    """Replays every recording with a description in place of its configuration.

    Args:
        descriptions: the document that stands for each recording's configuration.
        folder: where files may be written.

    Returns:
        For each recording's name the largest difference of a weight; or what the program said.
    """
    found: dict[str, float | str] = {}
    for file, description in descriptions.items():
        recording = json.loads(file.read_text())
        recording["native"] = json.loads(description)
        changed = folder / file.name
        changed.write_text(json.dumps(recording))
        answer = PROGRAM.call(["train", "--recorded", str(changed)])
        found[file.name] = answer.err if answer.code else _distance(recording, json.loads(answer.out))
    return found


def _distance(recording: dict, replayed: dict) -> float:
    recorded = {s["step"]: s for s in recording["snapshots"]}
    return max(
        abs(a - b)
        for snapshot in replayed["snapshots"]
        if snapshot["step"] in recorded
        for name, weights in recorded[snapshot["step"]].items()
        if name != "step"
        for a, b in zip(weights, snapshot[name], strict=True)
    )
